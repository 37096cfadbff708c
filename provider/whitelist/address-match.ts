import type { CallerAddress } from "./caller";
import { isEverything, parseAddress, readStoredAddress, type AddressRange } from "./addresses";
import type { Match } from "./near-miss";
import { inWords } from "./entry";

/** How the API itself was seen to write "no restriction". */
const EVERY_ADDRESS = "*.*.*.*";
const PARTS = ["first", "second", "third", "fourth"] as const;

/** What one entry of `allowedIpAddresses` makes of a caller. */
export function matchAddress(entry: string, caller: CallerAddress): Match {
  const none: Match = { entry, covers: "no", misses: [] };
  if (entry === EVERY_ADDRESS && caller.value !== undefined) return { ...none, covers: "yes" };
  const parsed = parseAddress(entry);
  if (!parsed.ok) {
    const range = readStoredAddress(entry);
    const may =
      range === undefined ? entry.toLowerCase() === caller.text.toLowerCase() : holds(range, caller.value);
    const why = `It ${inWords(parsed)}. No such form is documented.`;
    return { entry, covers: may ? "maybe" : "no", misses: [{ kind: "unreadable", why }] };
  }
  if (caller.value === undefined) return none;
  if (holds(parsed.value, caller.value)) return { ...none, covers: "yes" };
  const why = onePartOff(parsed.value, caller.value, caller.text);
  return why === undefined ? none : { ...none, misses: [{ kind: "one-part-off", why }] };
}

const holds = (range: AddressRange, address: number | undefined): boolean =>
  address === undefined ? isEverything([range]) : range.first <= address && address <= range.last;

/** Says so where another number in one part of the address would be let in. */
function onePartOff({ first, last }: AddressRange, address: number, text: string): string | undefined {
  for (const [index, part] of PARTS.entries()) {
    const unit = 256 ** (3 - index);
    const given = Math.floor(address / unit) % 256;
    const base = address - given * unit;
    const least = Math.max(0, Math.ceil((first - base) / unit));
    const most = Math.min(255, Math.floor((last - base) / unit));
    if (least > most) continue;
    const wanted = least === most ? String(least) : `${least} to ${most}`;
    const covered = first === last ? "" : ` It covers ${dotted(first)} to ${dotted(last)}.`;
    return `The ${part} part of ${text} is ${given}, and it wants ${wanted}.${covered}`;
  }
  return undefined;
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
