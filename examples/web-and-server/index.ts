import * as pulumi from "@pulumi/pulumi";
import * as thinkgeo from "pulumi-thinkgeo";

// One program for every stage; what differs between stages is in the stack's configuration.
const config = new pulumi.Config();
const stage = pulumi.getStack();
const live = stage === "production";

// Both keys only call map services, so neither needs the role "User". An account that pays has "Subscriber" instead.
const grantedRoles = [config.get("serviceRole") ?? "Evaluator"];

// The key of the web page: everybody can read it there, so it is tied to the sites that serve the page.
const page = new thinkgeo.Client(
  "page",
  {
    name: `Acme Maps page (${stage})`,
    type: "JavaScript",
    grantedRoles,
    allowedOrigins: config.requireObject<string[]>("siteHosts"),
  },
  { protect: live },
);

// The key of the server: an id and a secret, tied to the addresses that the server calls from.
const server = new thinkgeo.Client(
  "server",
  {
    name: `Acme Maps server (${stage})`,
    type: "NativeConfidential",
    grantedRoles,
    allowedIpAddresses: config.requireObject<string[]>("serverAddresses"),
    // A live key is only deactivated, so that a mistake can be undone in ThinkGeo's console.
    deletionPolicy: live ? "deactivate" : "delete",
    replaceWhenChanged: { renewed: config.get("serverKeyRenewed") ?? "never" },
  },
  { protect: live },
);

// The page's settings may be shown; they end up in its source.
export const pageSettings = pulumi.jsonStringify({ thinkgeoApiKey: page.apiKey });

// What the server reads at its start. It holds the secret, so the whole text is one, and stays so wherever it goes:
// hand it on to a secret store's resource in this program, or read it with "pulumi stack output --show-secrets".
export const serverEnvironment = pulumi.interpolate`THINKGEO_CLIENT_ID=${server.clientId}
THINKGEO_CLIENT_SECRET=${server.clientSecret}
`;
