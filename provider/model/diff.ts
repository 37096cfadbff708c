import { isDeepStrictEqual } from "node:util";
import { sameAddresses, sameOrigins } from "../whitelist";
import { knownType } from "./args";
import { sameRoles } from "./roles";
import { hasUnknown } from "./unknown";

/** The side that is: state's outputs, or the account. */
export interface Existing {
  readonly name: string;
  readonly type: string;
  readonly active: boolean;
  readonly deletionPolicy?: string | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly allowedIpAddresses?: readonly string[] | undefined;
  readonly grantedRoles?: readonly string[] | undefined;
  readonly adopted?: string | undefined;
  readonly replaceWhenChanged?: Readonly<Record<string, unknown>> | undefined;
}

/** The side that should be: checked inputs, in which any value may still be unknown. */
export type Wanted = Readonly<Record<string, unknown>>;

export interface Difference {
  /** Properties that the account must be changed in. */
  readonly changed: readonly string[];
  /** Properties whose change only state needs to learn. */
  readonly local: readonly string[];
  /** Those that cannot change while the client lives. */
  readonly replaces: readonly string[];
}

const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

/** Pulumi's option `replaceOnChanges` has no effect on a dynamic resource, so the SDK hands it on: paths, or `*`. */
export const isToReplace = (key: string, option: unknown): boolean =>
  list(option).some((path) => path === "*" || path.replace(/[.[].*$/s, "") === key);

/** A type in state that is not known, such as one of a newer service, is no reason to make another key. */
const isSameType = (declared: unknown, existing: string): boolean =>
  declared === (knownType(existing) ?? declared);

/** A line that has been carried out, or was left over when the client was replaced, asks for nothing more. */
const isAdoptedOrNone = (guid: unknown, ...done: readonly (string | undefined)[]): boolean =>
  typeof guid !== "string" || done.some((known) => known?.toLowerCase() === guid.toLowerCase());

/** The one comparison of what is with what should be: lists are sets of meaning, and what is not declared is not compared. */
export function diffClient(id: string, existing: Existing, wanted: Wanted): Difference {
  const differs = (key: string, same: (value: unknown) => boolean): boolean =>
    hasUnknown(wanted[key]) || !same(wanted[key]);
  const changed = [
    differs("name", (name) => name === undefined || name === existing.name) && "name",
    differs("active", (active) => (active ?? true) === existing.active) && "active",
    differs("allowedOrigins", (origins) => sameOrigins(list(origins), existing.allowedOrigins ?? [])) &&
      "allowedOrigins",
    differs("allowedIpAddresses", (addresses) =>
      sameAddresses(list(addresses), existing.allowedIpAddresses ?? []),
    ) && "allowedIpAddresses",
    differs(
      "grantedRoles",
      (roles) => roles === undefined || sameRoles(list(roles), existing.grantedRoles ?? []),
    ) && "grantedRoles",
  ].filter((key) => key !== false);
  const trigger = wanted["replaceWhenChanged"];
  const replaces = [
    differs("type", (type) => isSameType(type, existing.type)) && "type",
    differs(
      "replaceWhenChanged",
      (map) => map === undefined || isDeepStrictEqual(map, existing.replaceWhenChanged),
    ) && "replaceWhenChanged",
    differs("adopt", (guid) => isAdoptedOrNone(guid, id, existing.adopted)) && "adopt",
    ...changed.filter((key) => isToReplace(key, wanted["replaceOnChanges"])),
  ].filter((key) => key !== false);
  const local = [
    differs("deletionPolicy", (policy) => (policy ?? "delete") === (existing.deletionPolicy ?? "delete")) &&
      "deletionPolicy",
    trigger === undefined && existing.replaceWhenChanged !== undefined && "replaceWhenChanged",
  ].filter((key) => key !== false);
  return { changed, local, replaces };
}
