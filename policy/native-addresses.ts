import type { ClientRule } from "./client-rule";
import { restrictsAddresses } from "./restriction";

/** With an address whitelist, a secret that has leaked is of little use elsewhere. */
export const nativeAddresses: ClientRule<object> = {
  name: "thinkgeo-native-addresses",
  description: "NativeConfidential clients have an address whitelist.",
  level: "mandatory",
  settings: {},
  findProblems: ({ type, allowedIpAddresses }) => {
    if (type !== "NativeConfidential" || restrictsAddresses(allowedIpAddresses)) return [];
    const what =
      (allowedIpAddresses ?? []).length === 0
        ? "has no allowedIpAddresses"
        : "has allowedIpAddresses that hold every address";
    return [
      `${what}, so its secret works from everywhere: list the servers that use it, as in allowedIpAddresses: ["203.0.113.0/24"].`,
    ];
  },
};
