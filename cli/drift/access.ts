import {
  AddressList,
  isUnrestricted,
  OriginList,
  rangeText,
  sizeOf,
  type AddressRange,
  type Whitelists,
} from "../../provider/whitelist";
import type { Access } from "./report";

/** Who can use a key, and who cannot any more. */
export interface AccessChange {
  readonly opens: Access;
  readonly closes: Access;
}

const NOBODY: Access = { everything: false, entries: [], addresses: 0 };
const EVERYBODY: Access = { everything: true, entries: [], addresses: 0 };

/** What one whitelist lets in that another did not, and the other way round. */
export function accessChange(
  property: keyof Whitelists,
  declared: Whitelists,
  actual: Whitelists,
): AccessChange {
  if (isUnrestricted(actual)) return { opens: EVERYBODY, closes: NOBODY };
  const now = difference(actual[property], undefined);
  if (isUnrestricted(declared))
    return { opens: NOBODY, closes: now === NOBODY ? NOBODY : { ...now, everything: true } };
  return {
    opens: difference(actual[property], declared[property]),
    closes: difference(declared[property], actual[property]),
  };
}

/** Those that a list in force lets in and the other, where there is one in force, does not. */
function difference(list: OriginList | AddressList, other: OriginList | AddressList | undefined): Access {
  if (list.restrictsNobody) return NOBODY;
  const taken = other === undefined || other.restrictsNobody ? undefined : other;
  if (list instanceof OriginList)
    return accessOf(taken instanceof OriginList ? list.without(taken) : list.hosts, []);
  const { ranges, unread } = taken instanceof AddressList ? list.without(taken) : list;
  return accessOf(unread, ranges);
}

const accessOf = (texts: readonly string[], ranges: readonly AddressRange[]): Access => ({
  everything: false,
  entries: [...ranges.map(rangeText), ...texts],
  addresses: ranges.reduce((sum, range) => sum + sizeOf(range), 0),
});
