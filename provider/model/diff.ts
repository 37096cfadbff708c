import { isDeepStrictEqual } from "node:util";
import { PROPERTIES, type ClientPlan, type Existing, type PropertyName } from "./client";
import { sameId } from "./ids";
import { namesProperty, UNKNOWN } from "./values";

/** The properties in which what there is differs from what is wanted, by what their change asks for. */
export interface Difference {
  /** Properties that the account must be changed in. */
  readonly changed: readonly PropertyName[];
  /** Properties whose change only state needs to learn. */
  readonly stateOnly: readonly PropertyName[];
  /** Those that cannot change while the client lives. */
  readonly replaces: readonly PropertyName[];
}

/** Pulumi's option `replaceOnChanges` has no effect on a dynamic resource, so the SDK hands it on: paths, or `*`. */
export const isToReplace = (key: string, option: ClientPlan["replaceOnChanges"]): boolean =>
  Array.isArray(option) && namesProperty(option, key);

/** An adopt line that has been carried out, or was left over when the client was replaced, asks for nothing more. */
const isAdopted = (guid: string, id: string, adopted: string | undefined): boolean =>
  sameId(guid, id) || sameId(guid, adopted);

/** The one comparison of what is with what should be: lists are sets of meaning, and what is not declared is not compared. */
export function diffClient(id: string, existing: Existing, wanted: ClientPlan): Difference {
  const differing = COMPARED.filter((name) => differs(name, id, existing, wanted));
  const asking = (change: string): PropertyName[] =>
    differing.filter((name) => PROPERTIES[name].change === change);
  const changed = asking("update");
  const isDropped = wanted.replaceWhenChanged === undefined && existing.replaceWhenChanged !== undefined;
  return {
    changed,
    stateOnly: [...asking("state"), ...(isDropped ? (["replaceWhenChanged"] as const) : [])],
    replaces: [...asking("replace"), ...changed.filter((name) => isToReplace(name, wanted.replaceOnChanges))],
  };
}

const COMPARED = Object.entries(PROPERTIES).flatMap(([name, { change }]) =>
  change === undefined ? [] : [name as PropertyName],
);

function differs(name: PropertyName, id: string, existing: Existing, wanted: ClientPlan): boolean {
  const value = wanted[name];
  if (value === UNKNOWN) return true;
  if (name === "adopt") return typeof value === "string" && !isAdopted(value, id, existing.adopted);
  const property = PROPERTIES[name];
  return property.same === undefined
    ? !isDeepStrictEqual(value, existing[name])
    : !property.same(value, existing[name]);
}
