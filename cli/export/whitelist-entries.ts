import {
  addressKey,
  distinct,
  originKey,
  parseAddress,
  readAddresses,
  sameAddresses,
  sameOrigins,
} from "../../provider/whitelist";
import { compareText } from "../text";

/** The list to declare for the addresses that an account has, in an order of its own; undefined restricts nothing. */
export function declareAddresses(live: readonly string[]): readonly string[] | undefined {
  if (sameAddresses([], live)) return undefined;
  const entries = distinctEntries(
    live.map((entry) => acceptedAddress(entry.trim())),
    addressKey,
  );
  return entries.toSorted(
    (left, right) => firstAddress(left) - firstAddress(right) || compareText(left, right),
  );
}

/** The list to declare for the origins that an account has. */
export function declareOrigins(live: readonly string[]): readonly string[] | undefined {
  if (sameOrigins([], live)) return undefined;
  const entries = distinctEntries(
    live.map((entry) => entry.trim()),
    originKey,
  );
  return entries.toSorted((left, right) => compareText(originKey([left]), originKey([right])));
}

/** The same addresses in a form that a program may have; what has none is returned as it is, to be refused. */
function acceptedAddress(entry: string): string {
  if (entry === "" || parseAddress(entry).ok) return entry;
  const [range] = readAddresses([entry]).ranges;
  if (range === undefined || readAddresses([entry]).unread.length > 0) return entry;
  // One entry is always one block.
  const prefix = 32 - Math.log2(range.last - range.first + 1);
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(range.first / 2 ** shift) % 256);
  return `${parts.join(".")}/${prefix}`;
}

/** Which of several spellings is kept must not depend on the account's order. */
const distinctEntries = (
  entries: readonly string[],
  meaning: (entries: readonly string[]) => string,
): string[] =>
  distinct(entries.filter((entry) => entry !== "").toSorted(compareText), (entry) => meaning([entry]));

const firstAddress = (entry: string): number => readAddresses([entry]).ranges[0]?.first ?? Infinity;
