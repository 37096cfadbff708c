import type { Policies } from "@pulumi/policy";
import { addressRange } from "./address-range";
import { clientCount } from "./client-count";
import { clientName } from "./client-name";
import { clientPolicy } from "./client-rule";
import { javascriptOrigins } from "./javascript-origins";
import { keyAge } from "./key-age";
import { nativeAddresses } from "./native-addresses";
import { noRetain } from "./no-retain";
import { noUserRole } from "./no-user-role";
import { rolesDeclared } from "./roles-declared";

/**
 * Rules for the clients of a stack, for a policy pack of your own. Each has a level and settings of its own, which
 * `--policy-pack-config` sets: docs/policy.md lists them.
 *
 * ```ts
 * import { PolicyPack } from "@pulumi/policy";
 * import { clientPolicies } from "pulumi-thinkgeo/policy";
 *
 * new PolicyPack("acme", { policies: clientPolicies });
 * ```
 */
export const clientPolicies: Policies = [
  clientPolicy(javascriptOrigins),
  clientPolicy(nativeAddresses),
  clientPolicy(addressRange),
  clientPolicy(noUserRole),
  clientPolicy(rolesDeclared),
  clientPolicy(clientName),
  clientCount,
  clientPolicy(noRetain),
  clientPolicy(keyAge),
];
