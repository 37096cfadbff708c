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
export type { Caller, Whitelist, WhitelistAnswer } from "./whitelist";
