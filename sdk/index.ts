export { Account } from "./account";
export type { AccountArgs } from "./account";
export type {
  ClientArgs,
  ClientType,
  JavaScriptClientArgs,
  NativeConfidentialClientArgs,
  RoleName,
} from "./client-args";
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
export type { RotatingClientArgs, RotationArgs } from "./rotating-client-args";
export { whitelistAllows } from "./whitelist-allows";
export type { Caller, Whitelist, WhitelistAnswer } from "./whitelist-allows";
