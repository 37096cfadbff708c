import { AddressList, OriginList } from "../../provider/whitelist";

type Entries = readonly string[];

export const sameAddresses = (left: Entries, right: Entries): boolean =>
  new AddressList(left).equals(new AddressList(right));

export const sameOrigins = (left: Entries, right: Entries): boolean =>
  new OriginList(left).equals(new OriginList(right));

export const coversAddresses = (wide: Entries, narrow: Entries): boolean =>
  new AddressList(wide).covers(new AddressList(narrow));
