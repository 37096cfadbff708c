/**
 * Rules for policy packs.
 *
 * @module pulumi-thinkgeo/policy
 */
import type { Policies } from "@pulumi/policy";
import { clientPolicy } from "./rule";
import {
  addressRange,
  clientCount,
  clientName,
  javascriptOrigins,
  keyAge,
  nativeAddresses,
  noRetain,
  noUserRole,
  rolesDeclared,
} from "./rules";

/**
 * Rules for the clients of a stack, for a policy pack of your own. Each has a level and settings of its own, which
 * `--policy-pack-config` sets: docs/reference/policy-rules.md in this package lists them.
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
