import { amount } from "../text";
import type { Access, Change } from "./report";

const MOST_ENTRIES = 8;

/** One change as a line for people: what it opens and closes, where it is a whitelist. */
export function changeText(change: Change): string {
  const { property, secret } = change;
  return `${property}: ${secret ? "differs (its values are secret)" : textOf(change)}`;
}

function textOf({ property, declared, actual, opens, closes }: Change): string {
  if (opens !== null && closes !== null) return accessText(opens, closes, actual);
  if (property === "grantedRoles") {
    const [wanted, has] = [textsOf(declared), textsOf(actual)];
    return words(
      [
        ["adds", without(has, wanted)],
        ["drops", without(wanted, has)],
      ].map(([verb, roles]) => (roles?.length === 0 ? "" : `${String(verb)} ${limited(textsOf(roles))}`)),
    );
  }
  return `declared ${JSON.stringify(declared)}, is ${JSON.stringify(actual)}`;
}

function accessText(opens: Access, closes: Access, actual: unknown): string {
  const opened = opens.everything ? "opens to every caller" : deed("opens", opens);
  const closed = closes.everything ? `closes to all but ${entriesText(closes)}` : deed("closes", closes);
  const text = words([opened, closed]);
  // The same callers in other entries: an entry that another one covers.
  return text === "" ? `opens and closes nothing, is ${limited(textsOf(actual))}` : text;
}

const deed = (verb: string, access: Access): string =>
  access.entries.length === 0 ? "" : `${verb} ${entriesText(access)}`;

function entriesText({ entries, addresses }: Access): string {
  if (addresses <= 1 || addresses === entries.length) return limited(entries);
  return `${amount(addresses)} addresses (${limited(entries)})`;
}

const words = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(", ");

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

function without(list: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((role) => role.toLowerCase()));
  return list.filter((role) => !known.has(role.toLowerCase()));
}

function limited(list: readonly string[]): string {
  const more = list.length - MOST_ENTRIES;
  return list.slice(0, MOST_ENTRIES).join(", ") + (more > 0 ? ` and ${amount(more)} more` : "");
}
