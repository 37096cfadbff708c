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

const NOBODY: Access = { everything: false, entries: [], addresses: 0 };
const EVERYBODY: Access = { everything: true, entries: [], addresses: 0 };

/** Which callers one whitelist allows that the other does not, and the other way round. */
export function accessChange(
  property: keyof Whitelists,
  declared: Whitelists,
  actual: Whitelists,
): { readonly opens: Access; readonly closes: Access } {
  if (isUnrestricted(actual)) return { opens: EVERYBODY, closes: NOBODY };
  const [before, now] = [declared[property], actual[property]];
  if (isUnrestricted(declared)) {
    const closes = now.restrictsNobody ? NOBODY : { ...allowedOnlyBy(now), everything: true };
    return { opens: NOBODY, closes };
  }
  return { opens: allowedOnlyBy(now, before), closes: allowedOnlyBy(before, now) };
}

type List = OriginList | AddressList;

/** The callers that one list allows and the other does not. A list that restricts nobody has no part in it. */
function allowedOnlyBy(list: List, other?: List): Access {
  if (list.restrictsNobody) return NOBODY;
  const taken = other?.restrictsNobody === false ? other : undefined;
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
