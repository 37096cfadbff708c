import * as z from "zod";
import { canonicalOrigin, parseAddress, parseOrigin, type Parsed } from "../whitelist";
import { closest } from "./closest";
import { nameProblem } from "./name-problem";
import { printable } from "./printable";
import { isRoleId, KNOWN_ROLES } from "./roles";
import { setOf, type Judgement } from "./set-of";
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

/** One thing that is wrong with what a program declared. */
export interface Problem {
  /** Where, as the program's author would write it: `allowedIpAddresses[2]`. */
  readonly path: string;
  readonly reason: string;
}

type Check = (text: string) => string | undefined;

/** A string that a rule may object to. Values that are not known before `up` pass. */
const text = (objection: Check) =>
  z.string({ error: "must be a string" }).superRefine((value, context) => {
    const message = value === UNKNOWN ? undefined : objection(value);
    if (message !== undefined) context.addIssue({ code: "custom", message: printable(message) });
  });

const choice = (options: readonly string[]): string => options.map((option) => `"${option}"`).join(" or ");

const oneOf =
  (options: readonly string[]): Check =>
  (value) => {
    if (options.includes(value)) return undefined;
    const near = closest(value, options);
    return `must be ${choice(options)}, not "${value.slice(0, 40)}"${near === undefined ? "" : `; did you mean "${near}"?`}`;
  };

const role: Check = (value) => {
  if (value.trim() === "") return "must not be empty";
  if (isRoleId(value)) return "is a role's id: name the role, as ThinkGeo's console does";
  const near = KNOWN_ROLES.includes(value) ? undefined : closest(value, KNOWN_ROLES);
  return near === undefined ? undefined : `is "${value}", which is no role; did you mean "${near}"?`;
};

const judgeRole = (value: string): Judgement => {
  const objection = role(value);
  return objection === undefined ? { meaning: value.toLowerCase() } : { objection };
};

const judgeBy =
  <T>(parse: (value: string) => Parsed<T>, meaningOf: (parsed: T) => string) =>
  (value: string): Judgement => {
    const parsed = parse(value);
    return parsed.ok
      ? { meaning: meaningOf(parsed.value) }
      : { objection: `"${value.slice(0, 80)}" ${parsed.reason}` };
  };

const guid: Check = (value) =>
  /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)
    ? undefined
    : "must be the client's GUID (the API's id, not its key)";

const shape = z.strictObject({
  type: text(oneOf(CLIENT_TYPES)).optional(),
  name: text(nameProblem).optional(),
  grantedRoles: setOf(judgeRole).optional(),
  allowedOrigins: setOf(judgeBy(parseOrigin, canonicalOrigin)).optional(),
  allowedIpAddresses: setOf(judgeBy(parseAddress, ({ first, last }) => `${first}-${last}`)).optional(),
  active: z.boolean({ error: "must be true or false" }).optional(),
  adopt: text(guid).optional(),
  deletionPolicy: text(oneOf(DELETION_POLICIES)).optional(),
  replaceWhenChanged: z.record(z.string(), z.unknown(), { error: "must be a map" }).optional(),
  autoName: z.string().optional(),
  replaceOnChanges: z.array(z.string()).optional(),
});

/** What the SDK adds to what a program declares. */
const INTERNAL = ["autoName", "replaceOnChanges"];
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
  const problems = (parsed.error?.issues ?? []).flatMap((issue) => problemsOf(issue, kind));
  if (declared["type"] === undefined)
    problems.unshift({ path: "type", reason: `must be given: ${choice(CLIENT_TYPES)}` });
  return [...problems, ...findConflicts(known)];
}

function problemsOf(issue: z.core.$ZodIssue, kind: Kind): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const near = closest(key, [...PUBLIC_PROPERTIES, ...kind.properties]);
      return {
        path: printable(key.slice(0, 80)),
        reason: `is no property of a ${kind.name}${near === undefined ? "" : `; did you mean "${near}"?`}`,
      };
    });
  }
  const path = issue.path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("");
  return [{ path: path.replace(/^\./, ""), reason: issue.message }];
}

/** Properties that are right by themselves and wrong together. */
function findConflicts(known: Readonly<Record<string, unknown>>): Problem[] {
  const origins = known["allowedOrigins"];
  const addresses = known["allowedIpAddresses"];
  const filled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
  if (filled(origins) && known["type"] === "NativeConfidential") {
    const reason =
      "cannot be used with type NativeConfidential: such clients run where no browser sends an origin, so ThinkGeo restricts them by address only; use allowedIpAddresses, or type JavaScript";
    return [{ path: "allowedOrigins", reason }];
  }
  if (!filled(origins) || !filled(addresses)) return [];
  const reason =
    "cannot be used together with allowedOrigins: ThinkGeo keeps one kind of whitelist a client; leave one of the two out";
  return [{ path: "allowedIpAddresses", reason }];
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
