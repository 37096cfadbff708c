import * as z from "zod";
import { isEverything, parseAddress, parseOrigin, union, type AddressRange, type Parsed } from "../whitelist";
import { closest } from "./closest";
import { listOf, type Judgement } from "./list-of";
import { nameProblem } from "./name-problem";
import { problemsOf, type Finding, type Objection, type Problem } from "./problems";
import { printable } from "./printable";
import { isGuid, isRoleId, KNOWN_ROLES } from "./roles";
import { UNKNOWN } from "./unknown";

/** The kinds of client that ThinkGeo has. */
export const CLIENT_TYPES = ["JavaScript", "NativeConfidential"] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** The type that a text names in whatever casing; nothing is concluded from a type that is not known. */
export const knownType = (text: unknown): ClientType | undefined =>
  CLIENT_TYPES.find((type) => typeof text === "string" && type.toLowerCase() === text.toLowerCase());

/** What becomes of the client when its resource is deleted. */
export const DELETION_POLICIES = ["delete", "deactivate", "retain"] as const;
export type DeletionPolicy = (typeof DELETION_POLICIES)[number];

type Check = (text: string) => Objection | undefined;

/** A string that a rule may object to. Values that are not known before `up` pass. */
const text = (check: Check) =>
  z.string({ error: "must be a string" }).superRefine((value, context) => {
    const objection = value === UNKNOWN ? undefined : check(value);
    if (objection === undefined) return;
    const { reason, ...params } = objection;
    context.addIssue({ code: "custom", message: reason, params });
  });

const choice = (options: readonly string[]): string => options.map((option) => `"${option}"`).join(" or ");

const perhaps = (near: string | undefined): string => (near === undefined ? "" : `; did you mean "${near}"?`);

const oneOf =
  (options: readonly string[]): Check =>
  (value) =>
    options.includes(value)
      ? undefined
      : {
          reason: `must be ${choice(options)}`,
          after: `, not "${value.slice(0, 40)}"${perhaps(closest(value, options))}`,
        };

const role: Check = (value) => {
  if (value.trim() === "") return { reason: "must not be empty" };
  if (isRoleId(value)) return { reason: "is a role's id: name the role, as ThinkGeo's console does" };
  const near = KNOWN_ROLES.includes(value) ? undefined : closest(value, KNOWN_ROLES);
  return near === undefined
    ? undefined
    : { before: `"${value}" `, reason: "is no role", after: perhaps(near) };
};

const judgeRole = (value: string): Judgement<string> => {
  const objection = role(value);
  return objection === undefined ? { value } : { objection };
};

const judgeBy =
  <T>(parse: (value: string) => Parsed<T>) =>
  (value: string): Judgement<T> => {
    const parsed = parse(value);
    if (parsed.ok) return { value: parsed.value };
    const after = parsed.advice === undefined ? "" : `; ${parsed.advice}`;
    return { objection: { before: `"${value.slice(0, 80)}" `, reason: parsed.reason, after } };
  };

const guid: Check = (value) =>
  isGuid(value) ? undefined : { reason: "must be the client's GUID (the API's id, not its key)" };

const LEAVE_OUT = "leave the list out to restrict nothing";
const isEmpty = (_: readonly unknown[], list: readonly unknown[]): string | undefined =>
  list.length === 0 ? `is empty: ${LEAVE_OUT}` : undefined;

/** A client that everybody may use is no accident: only a list that is left out makes one. */
const opens = (ranges: readonly AddressRange[], list: readonly unknown[]): string | undefined =>
  isEverything(union(ranges))
    ? `lets in every address, all of its entries together: ${LEAVE_OUT}`
    : isEmpty(ranges, list);

const shape = z.strictObject({
  type: text(oneOf(CLIENT_TYPES)).optional(),
  name: text(nameProblem).optional(),
  grantedRoles: listOf(judgeRole, () => undefined).optional(),
  allowedOrigins: listOf(judgeBy(parseOrigin), isEmpty).optional(),
  allowedIpAddresses: listOf(judgeBy(parseAddress), opens).optional(),
  active: z.boolean({ error: "must be true or false" }).optional(),
  adopt: text(guid).optional(),
  deletionPolicy: text(oneOf(DELETION_POLICIES)).optional(),
  replaceWhenChanged: z.record(z.string(), z.unknown(), { error: "must be a map" }).optional(),
  autoName: z.string().optional(),
  replaceOnChanges: z.array(z.string()).optional(),
  secretInputs: z.array(z.string()).optional().catch(undefined),
});

/** What the SDK adds to what a program declares. */
const INTERNAL = ["autoName", "replaceOnChanges", "secretInputs"];
const PUBLIC_PROPERTIES = Object.keys(shape.shape).filter((key) => !INTERNAL.includes(key));

/** What is declared, in words, and which properties it has beside a client's. */
export interface Kind {
  readonly name: string;
  readonly properties: readonly string[];
}

/** Everything that is wrong with the declared properties, at once. */
export function findProblems(
  declared: Readonly<Record<string, unknown>>,
  kind: Kind = { name: "Client", properties: [] },
): Problem[] {
  const known = Object.fromEntries(Object.entries(declared).filter(([, value]) => value !== UNKNOWN));
  const parsed = shape.safeParse(known);
  const findings = (parsed.error?.issues ?? []).flatMap((issue) => findingsIn(issue, kind));
  if (declared["type"] === undefined)
    findings.unshift({ path: ["type"], reason: `must be given: ${choice(CLIENT_TYPES)}` });
  return problemsOf([...findings, ...findConflicts(known)], secretsIn(declared));
}

/** The properties whose values the program has made secret. */
export const secretsIn = (inputs: Readonly<Record<string, unknown>>): readonly string[] =>
  shape.shape.secretInputs.parse(inputs["secretInputs"]) ?? [];

function findingsIn(issue: z.core.$ZodIssue, kind: Kind): Finding[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [printable(key.slice(0, 80))],
      reason: `is no property of a ${kind.name}`,
      after: perhaps(closest(key, [...PUBLIC_PROPERTIES, ...kind.properties])),
    }));
  }
  return [{ path: issue.path, reason: issue.message, ...wordsIn(issue) }];
}

const words = z.object({ before: z.string().optional(), after: z.string().optional() });

const wordsIn = (issue: z.core.$ZodIssue): Omit<Objection, "reason"> =>
  "params" in issue ? words.parse(issue.params) : {};

/** Properties that are right by themselves and wrong together. */
function findConflicts(known: Readonly<Record<string, unknown>>): Finding[] {
  const origins = known["allowedOrigins"];
  const addresses = known["allowedIpAddresses"];
  const filled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
  if (filled(origins) && known["type"] === "NativeConfidential") {
    const reason =
      "cannot be used with type NativeConfidential: such clients run where no browser sends an origin, so ThinkGeo restricts them by address only; use allowedIpAddresses, or type JavaScript";
    return [{ path: ["allowedOrigins"], reason }];
  }
  if (!filled(origins) || !filled(addresses)) return [];
  const reason =
    "cannot be used together with allowedOrigins: ThinkGeo keeps one kind of whitelist a client; leave one of the two out";
  return [{ path: ["allowedIpAddresses"], reason }];
}

/** The properties of one client, complete and valid. */
export interface ClientArgs {
  readonly type: ClientType;
  readonly name: string;
  readonly active: boolean;
  readonly deletionPolicy: DeletionPolicy;
  readonly grantedRoles?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly allowedIpAddresses?: readonly string[];
  readonly adopt?: string;
  readonly replaceWhenChanged?: Readonly<Record<string, unknown>>;
  /** The properties that the program has made secret: messages must not show their values. */
  readonly secretInputs?: readonly string[];
  /** Given when the program left the name to us. */
  readonly autoName?: string;
}

// Check has looked at every element: to look again at each turn of create or update would only take time.
const checkedList = z.array(z.string()).optional();

const complete = shape.extend({
  grantedRoles: checkedList,
  allowedOrigins: checkedList,
  allowedIpAddresses: checkedList,
  type: z.enum(CLIENT_TYPES),
  name: z.string(),
  active: z.boolean().default(true),
  deletionPolicy: z.enum(DELETION_POLICIES).default("delete"),
});

/** Reads inputs that `check` has passed. */
export function parseArgs(inputs: Readonly<Record<string, unknown>>): ClientArgs {
  const declared = Object.entries(inputs).filter(([key]) => key !== "__provider");
  return withoutUndefined(complete.parse(Object.fromEntries(declared)));
}

/** With exact optional properties, "absent" and "undefined" are two things, and the engine refuses the second. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
