import { hasRole } from "../../model/roles";
import type { Properties } from "../../model/values";
import { AddressList, OriginList } from "../../whitelist";

/** How a property, or an element of a list, differs. */
type Change = "add" | "delete" | "update";

/** What a preview shows of one difference. */
export interface Detail {
  readonly change: Change;
  readonly replaces: boolean;
}

type Texts = readonly string[];

/** Lists that are sets: the positions of elements that the other list has no equal of. */
const MISSING: Readonly<Record<string, (list: Texts, other: Texts) => number[]>> = {
  allowedOrigins: (list, other) => new OriginList(list).missingFrom(new OriginList(other)),
  allowedIpAddresses: (list, other) => new AddressList(list).missingFrom(new AddressList(other)),
  grantedRoles: (list, other) => list.flatMap((role, index) => (hasRole(other, role) ? [] : [index])),
};

/**
 * What differs, by the path that a preview shows it under. Lists differ by elements: one that is only moved, or spelled in
 * another way, is no difference.
 *
 * @param differing the declared properties that differ
 */
export function detailsOf(
  differing: Texts,
  replaces: Texts,
  olds: Properties,
  news: Properties,
): Map<string, Detail> {
  return new Map(
    differing.flatMap((name) =>
      changesOf(name, olds[name], news[name]).map(([path, change]) => [
        path,
        { change, replaces: replaces.includes(name) },
      ]),
    ),
  );
}

function changesOf(name: string, before: unknown, after: unknown): (readonly [path: string, Change])[] {
  const missing = MISSING[name];
  if (missing !== undefined && isFilled(before) && isFilled(after)) {
    const gone = missing(before, after);
    const added = missing(after, before);
    const paths = [
      ...added.map((index) => [`${name}[${index}]`, gone.includes(index) ? "update" : "add"] as const),
      ...gone
        .filter((index) => !added.includes(index))
        .map((index) => [`${name}[${index}]`, "delete"] as const),
    ];
    if (paths.length > 0) return paths;
  }
  return [[name, before === undefined ? "add" : after === undefined ? "delete" : "update"]];
}

const isFilled = (value: unknown): value is Texts =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === "string");
