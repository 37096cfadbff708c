import { readAddresses, type AddressRange } from "../provider/whitelist";
import type { ClientRule } from "./client-rule";
import type { DeclaredList } from "./declared-client";

/** A range that is wide holds strangers. Ranges that touch count as one: two halves are the whole. */
export const addressRange: ClientRule<{ readonly widestPrefix: number }> = {
  name: "thinkgeo-address-range",
  description: "No range of an address whitelist is wider than the widest that is allowed.",
  level: "mandatory",
  settings: {
    widestPrefix: {
      type: "integer",
      minimum: 1,
      maximum: 32,
      default: 16,
      description: "The prefix length of the widest range that is allowed.",
    },
  },
  findProblems: ({ allowedIpAddresses = [] }, { widestPrefix }) => {
    const most = 2 ** (32 - widestPrefix);
    return wholeRanges(allowedIpAddresses)
      .filter((range) => sizeOf(range) > most)
      .map((range) => {
        const places = placesIn(allowedIpAddresses, range);
        return `lets in an unbroken range of ${amount(sizeOf(range))} addresses by ${places}: at most ${amount(most)} (/${widestPrefix}) are allowed, so list narrower ranges.`;
      });
  },
};

/** None where nothing is listed, which is no range but no restriction. */
function wholeRanges(list: DeclaredList): readonly AddressRange[] {
  const known = list.filter((entry) => entry !== undefined && entry.trim() !== "");
  return known.length === 0 ? [] : readAddresses(known.map(String)).ranges;
}

const sizeOf = ({ first, last }: AddressRange): number => last - first + 1;

const amount = (value: number): string => value.toLocaleString("en-US");

/** Places and no addresses, because a program may keep them secret, and a policy is not told. */
function placesIn(list: DeclaredList, { first, last }: AddressRange): string {
  const places = [...list.keys()].filter((index) =>
    wholeRanges([list[index]]).some((range) => first <= range.first && range.last <= last),
  );
  return places.map((index) => `allowedIpAddresses[${index}]`).join(", ");
}
