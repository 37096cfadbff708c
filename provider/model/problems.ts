import { printable } from "../text";

/** What is wrong with one value. */
export interface Objection {
  /** The value, in front of the reason. */
  readonly before?: string | undefined;
  /** Nothing of the value is in it: it can be said of a secret, and equal mistakes have equal reasons. */
  readonly reason: string;
  /** What to write instead. */
  readonly after?: string | undefined;
}

/** An objection, and where it stands: the property, and the steps within it. */
export interface LocatedObjection extends Objection {
  readonly path: readonly PropertyKey[];
  /** State has the very same: the program only says what is there. */
  readonly isHeld?: boolean;
}

/** One thing that is wrong with what a program declared. */
export interface Problem {
  /** Where, as the program's author would write it: `allowedIpAddresses[2]`. */
  readonly path: string;
  readonly reason: string;
  /** Whether the value must not be shown. */
  readonly isSecret?: true;
  /** What the client has already is no failure. */
  readonly isHeld?: true;
}

/** As many equal problems of one list are told one by one. */
const MOST_ALIKE = 5;

/** Objections in words. Of a secret it says the place only; many that are alike in one list are one sentence. */
export function problemsOf(objections: readonly LocatedObjection[], secrets: readonly string[]): Problem[] {
  const alike = new Map<string, LocatedObjection[]>();
  for (const objection of objections) {
    const [property, index] = objection.path;
    const key = JSON.stringify([
      typeof index === "number" ? String(property) : objection.path.map(String),
      objection.reason,
      objection.isHeld === true,
    ]);
    alike.set(key, [...(alike.get(key) ?? []), objection]);
  }
  return [...alike.values()].flatMap((group) => {
    const property = String(group[0]?.path[0] ?? "");
    const isSecret = secrets.includes(property);
    const shown = isSecret ? group.map(({ path, reason }) => ({ path, reason })) : group;
    const problems = shown.length > MOST_ALIKE ? [summaryOf(property, shown)] : shown.map(problemOf);
    const marks = {
      ...(isSecret && { isSecret }),
      ...(group[0]?.isHeld === true && { isHeld: true as const }),
    };
    return problems.map((problem) => ({ ...problem, ...marks }));
  });
}

const problemOf = ({ path, before = "", reason, after = "" }: LocatedObjection): Problem => ({
  path: pathText(path),
  reason: printable(before + reason + after),
});

function summaryOf(property: string, group: readonly LocatedObjection[]): Problem {
  const [first] = group;
  const shown = group.slice(0, MOST_ALIKE).map(({ path, before = "", after = "" }) => {
    const remedy = after.replace(/^\W+/, "");
    return `${pathText(path.slice(1))} ${before}${remedy === "" ? "" : `(${remedy})`}`.trim();
  });
  const more = group.length - shown.length;
  const reason = `has ${group.length} entries of which each ${first?.reason ?? ""}. The first are ${shown.join(", ")}; there are ${more} more`;
  return { path: property, reason: printable(reason) };
}

/** A problem as Pulumi takes it. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

const PRINTABLE =
  /^(?:type|name|active|adopt|deletionPolicy|rotateAfterDays|overlapDays|retire$|emergency|now)|\[\d+\]$/;

/** The engine prints the value of the property that it is given: no help for some, and it may be a secret. */
export const failureOf = ({ path, reason, isSecret }: Problem): Failure =>
  path === "" || (PRINTABLE.test(path) && isSecret !== true)
    ? { property: path, reason }
    : { property: "", reason: `${path} ${reason}` };

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`,
    )
    .join("");
