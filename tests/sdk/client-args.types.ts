import type { ClientArgs } from "../../sdk";

/** Compiled by client-args.test.ts: each line that is marked must not compile, and every other must. */
export const programs: ClientArgs[] = [
  { type: "JavaScript" },
  { type: "JavaScript", allowedOrigins: ["acme.com"], grantedRoles: ["User", "Evaluator", "another"] },
  { type: "JavaScript", allowedIpAddresses: ["203.0.113.7"], replaceWhenChanged: { n: 1 } },
  { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"], deletionPolicy: "retain" },
  { type: "NativeConfidential", name: "Server", adopt: "guid", active: false },
  // @ts-expect-error a NativeConfidential client has no origins
  { type: "NativeConfidential", allowedOrigins: ["acme.com"] },
  // @ts-expect-error one kind of whitelist a client
  { type: "JavaScript", allowedOrigins: ["acme.com"], allowedIpAddresses: ["203.0.113.7"] },
  // @ts-expect-error there is no such type
  { type: "Javascript" },
  // @ts-expect-error the type must be given
  { name: "web" },
  // @ts-expect-error a property that does not exist
  { type: "JavaScript", allowedOrigin: ["acme.com"] },
  // @ts-expect-error a policy that does not exist
  { type: "JavaScript", deletionPolicy: "remove" },
];
