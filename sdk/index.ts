/**
 * What a program imports: client keys as resources, accounts beside that of the stack, look-ups, and a check of
 * whitelists for unit tests.
 *
 * @module pulumi-thinkgeo
 */
export { Account } from "./account";
export type { AccountArgs } from "./account";
export type {
  ClientArgs,
  ClientType,
  JavaScriptClientArgs,
  NativeConfidentialClientArgs,
  RoleName,
} from "./args";
export {
  getAccount,
  getAccountOutput,
  getClient,
  getClientOutput,
  getClients,
  getClientsOutput,
  getRoles,
  getRolesOutput,
} from "./lookups";
export type {
  AccountInfo,
  AccountRole,
  ClientInfo,
  ClientInfoWithSecret,
  GetClientArgs,
  GetClientsArgs,
  LookupOptions,
  RoleInfo,
} from "./lookups";
export { Client, RotatingClient } from "./resource-classes";
export type { PreviousMember, RotatingClientMember } from "./rotating-client";
export type { RotatingClientArgs, RotationArgs } from "./args";
export { whitelistAllows } from "./whitelist";
export type {
  Caller,
  CallerText,
  NearMiss,
  NearMissKind,
  Verdict,
  Whitelist,
  WhitelistAnswer,
} from "./whitelist";
