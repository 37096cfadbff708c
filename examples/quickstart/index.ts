import * as thinkgeo from "pulumi-thinkgeo";

// A key for browsers: it goes into the page, so it works for these sites only.
const web = new thinkgeo.Client("web", {
  type: "JavaScript",
  allowedOrigins: ["acme.com", "*.acme.com"],
});

// A key for a server: an id and a secret, for these addresses only.
const tiles = new thinkgeo.Client("tiles", {
  name: "Tile renderer",
  type: "NativeConfidential",
  grantedRoles: ["Evaluator"],
  allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7"],
});

export const apiKey = web.apiKey;
export const clientId = tiles.clientId;
export const clientSecret = tiles.clientSecret;
