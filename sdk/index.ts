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
