import * as pulumi from "@pulumi/pulumi";
import * as thinkgeo from "pulumi-thinkgeo";

const config = new pulumi.Config();

// At most two clients exist: the current one, and for a while the one before it.
const tiles = new thinkgeo.RotatingClient("tiles", {
  type: "NativeConfidential",
  allowedIpAddresses: config.requireObject<string[]>("serverAddresses"),
  rotateAfterDays: 90,
  overlapDays: 7,
  rotateWhenChanged: { renewed: config.get("renewed") ?? "never" },
  emergency: config.getBoolean("leaked") ?? false,
  now: config.get("now") || undefined,
});

// What the server reads, and reads again when it changes. It holds the secret, so all of it is one.
export const credentials = pulumi.jsonStringify({
  clientId: tiles.clientId,
  clientSecret: tiles.clientSecret,
});

// For a calendar, or an alert: when an up will do what.
export const rotatedAt = tiles.rotatedAt;
export const nextAction = tiles.nextAction;
export const nextActionAt = tiles.nextActionAt;
