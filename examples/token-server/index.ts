import * as pulumi from "@pulumi/pulumi";
import * as thinkgeo from "pulumi-thinkgeo";

const config = new pulumi.Config();

// The server asks for tokens from its own address; what is not documented is whether the address of whoever uses a
// token counts too. So the addresses of the callers belong into the list, or there can be no list.
const whitelist = [config.require("serverAddress"), ...(config.getObject<string[]>("callerAddresses") ?? [])];

const key = new thinkgeo.Client("token-server", {
  name: `Token server (${pulumi.getStack()})`,
  type: "NativeConfidential",
  // Every token carries the roles of its client into the browser. With "User" a visitor could manage the account.
  grantedRoles: [config.get("serviceRole") ?? "Evaluator"],
  ...(config.getBoolean("callersAnywhere") === true ? {} : { allowedIpAddresses: whitelist }),
  replaceWhenChanged: { renewed: config.get("keyRenewed") ?? "never" },
});

export const clientId = key.clientId;
export const clientSecret = key.clientSecret; // always a secret; the server alone needs it
