export {
  EVERY_ADDRESS,
  isEverything,
  parseAddress,
  rangeText,
  sizeOf,
  union,
  type AddressRange,
} from "./addresses";
export { declareAddresses, declareOrigins } from "./declare";
export { isTextOfOutput, TEXT_OF_OUTPUT, type Parsed } from "./entry";
export {
  AddressList,
  distinct,
  EntryList,
  isUnrestricted,
  OriginList,
  whitelistsInForce,
  type Whitelists,
} from "./lists";
export { parseOrigin } from "./origins";
