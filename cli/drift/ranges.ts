import type { AddressRange } from "../../provider/whitelist";

/** What is in the first list and not in the second; both sorted and without overlap. */
export function subtract(from: readonly AddressRange[], taken: readonly AddressRange[]): AddressRange[] {
  const left: AddressRange[] = [];
  let next = 0;
  for (const range of from) {
    let { first } = range;
    while ((taken[next]?.last ?? Infinity) < first) next++;
    for (let index = next; first <= range.last; index++) {
      const cut = taken[index];
      if (cut === undefined || cut.first > range.last) {
        left.push({ first, last: range.last });
        break;
      }
      if (cut.first > first) left.push({ first, last: cut.first - 1 });
      first = Math.max(first, cut.last + 1);
    }
  }
  return left;
}

export const sizeOf = ({ first, last }: AddressRange): number => last - first + 1;

/** One address, a block in CIDR notation, or both ends. */
export function rangeText(range: AddressRange): string {
  const size = sizeOf(range);
  const bits = Math.log2(size);
  if (size === 1) return dotted(range.first);
  return Number.isInteger(bits) && range.first % size === 0
    ? `${dotted(range.first)}/${32 - bits}`
    : `${dotted(range.first)}-${dotted(range.last)}`;
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
