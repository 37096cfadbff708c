import { AddressList, OriginList } from "./lists";

export { isEverything, parseAddress, rangeText, sizeOf, union, type AddressRange } from "./addresses";
export { isTextOfOutput, TEXT_OF_OUTPUT, type Parsed } from "./entry";
export {
  AddressList,
  distinct,
  isUnrestricted,
  OriginList,
  whitelistsInForce,
  type Whitelists,
} from "./lists";
export { parseOrigin } from "./origins";

// For the command line and the policies, until they hold lists as values.
export const sameAddresses = (a: readonly string[], b: readonly string[]): boolean =>
  new AddressList(a).equals(new AddressList(b));
export const sameOrigins = (a: readonly string[], b: readonly string[]): boolean =>
  new OriginList(a).equals(new OriginList(b));
export const readAddresses = (entries: readonly string[]): AddressList => new AddressList(entries);
export const readOrigins = (entries: readonly string[]): readonly string[] => new OriginList(entries).hosts;
export const opensToEveryOrigin = (entries: readonly string[]): boolean =>
  new OriginList(entries).restrictsNobody;
export const opensToEveryAddress = (entries: readonly string[]): boolean =>
  new AddressList(entries).restrictsNobody;
export const addressKey = (entries: readonly string[]): string =>
  JSON.stringify([
    new AddressList(entries).ranges.map(({ first, last }) => [first, last]),
    new AddressList(entries).unread,
  ]);
export const originKey = (entries: readonly string[]): string =>
  JSON.stringify(new OriginList(entries).hosts);
export const coversAddresses = (a: readonly string[], b: readonly string[]): boolean =>
  new AddressList(a).covers(new AddressList(b));
