export { Client } from "./client";
export type {
  AddressWhitelist,
  ClientArgs,
  CommonClientArgs,
  JavaScriptClientArgs,
  NativeConfidentialClientArgs,
  OriginWhitelist,
  RoleName,
} from "./client-args";
export { RotatingClient } from "./rotating-client";
export type { PreviousMember, RotatingClientMember } from "./rotating-client";
export type { RotatingClientArgs, RotationArgs } from "./rotating-client-args";
export { whitelistAllows } from "./whitelist-allows";
export type { Caller, Whitelist, WhitelistAnswer } from "./whitelist-allows";
