import type { FaultEffect, FaultRule } from "./faults";
import { isRecord } from "./json";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isCount: Check = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;
const oneOf =
  (...known: readonly string[]): Check =>
  (value) =>
    known.some((name) => name === value);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

/** The fields of each kind; those that end in "!" are required. */
const effects: { readonly [K in FaultEffect["kind"]]: Readonly<Record<string, Check>> } = {
  drop: {},
  reset: {},
  status: {
    "status!": isCount,
    retryAfter: either(isCount, isText),
    body: oneOf("json", "html", "empty"),
    message: isText,
  },
  truncate: { ending: oneOf("drop", "reset", "clean") },
  garbage: {},
  empty: {},
  html: {},
  "content-type": { "contentType!": isText },
  bom: {},
  "error-envelope": { message: isText },
  "stall-headers": {},
  "stall-body": {},
  trickle: { ms: isCount },
  delay: { "ms!": isCount },
  hold: {},
  redirect: { "location!": isText, status: isCount },
  oversized: { "bytes!": isCount },
  "garbage-http": {},
  "huge-header": { bytes: isCount },
  "other-client": { "client!": isText },
  "broken-client": { "client!": isText, field: isText, value: () => true },
  reply: {
    status: isCount,
    text: isText,
    headers: (value) => isRecord(value) && Object.values(value).every(isText),
  },
};

const scope: Readonly<Record<string, Check>> = {
  method: isText,
  path: isText,
  times: isCount,
  at: either(isCount, (value) => Array.isArray(value) && value.every(isCount)),
  probability: isCount,
  seed: isCount,
  when: oneOf("before", "after"),
};

/** Every kind of fault. */
export const faultKinds: readonly string[] = Object.keys(effects);

/** Checks a rule that comes from outside; throws a sentence about what is wrong with it. */
export function checkFaultRule(input: unknown): FaultRule {
  const kind = isRecord(input) ? input["kind"] : undefined;
  if (!isRecord(input) || typeof kind !== "string" || !Object.hasOwn(effects, kind)) {
    throw new Error(`A fault needs a kind, one of ${faultKinds.join(", ")}.`);
  }
  const fields = { ...scope, ...effects[kind as FaultEffect["kind"]] };
  for (const name of Object.keys(fields).filter((field) => field.endsWith("!"))) {
    if (!Object.hasOwn(input, name.slice(0, -1)))
      throw new Error(`A fault of kind ${kind} needs ${name.slice(0, -1)}.`);
  }
  for (const [name, value] of Object.entries(input)) {
    if (name === "kind") continue;
    const check = fields[name] ?? fields[`${name}!`];
    if (check === undefined) throw new Error(`A fault of kind ${kind} has no field ${name}.`);
    if (!check(value)) throw new Error(`The fault's field ${name} cannot be ${JSON.stringify(value)}.`);
  }
  return input as unknown as FaultRule;
}
