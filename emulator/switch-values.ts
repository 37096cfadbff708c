import { isRecord, isTextList } from "./json";
import type { Switches } from "./switches";

interface Spec<T> {
  readonly standard: T;
  readonly accepts: string;
  readonly check: (value: unknown) => boolean;
}

const oneOf = <T extends string | number>(standard: T, ...others: readonly T[]): Spec<T> => ({
  standard,
  accepts: [standard, ...others].map((value) => JSON.stringify(value)).join(" or "),
  check: (value) => [standard, ...others].some((known) => known === value),
});
const flag = (standard: boolean): Spec<boolean> => ({
  standard,
  accepts: "true or false",
  check: (value) => typeof value === "boolean",
});
const count = (standard: number): Spec<number> => ({
  standard,
  accepts: "a number that is not negative",
  check: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
});
const text = (standard: string): Spec<string> => ({
  standard,
  accepts: "text",
  check: (value) => typeof value === "string",
});

const fieldNames: Spec<readonly string[]> = {
  standard: [],
  accepts: "a list of field names",
  check: isTextList,
};

const specs: { readonly [K in keyof Switches]: Spec<Switches[K]> } = {
  grantedRolesForm: oneOf("ids", "names"),
  emptyRoles: oneOf("none", "all"),
  rolesWhenAbsent: oneOf("all", "none"),
  updateMode: oneOf("replace", "merge"),
  activeWhenAbsent: flag(true),
  typeChange: oneOf("refused", "ignored", "applied"),
  createSecret: oneOf("shown", "masked", "absent"),
  laterSecret: oneOf("shown", "masked", "absent"),
  mask: text("********"),
  javaScriptSecret: oneOf("null", "absent", "shown"),
  softDelete: flag(false),
  deleteUnknown: oneOf("error", "ignore"),
  batchDelete: oneOf("all-or-nothing", "partial"),
  goneStatus: oneOf(404, 410),
  selfDelete: oneOf("allowed", "refused"),
  uniqueNames: flag(false),
  nameLimit: count(0),
  nameForm: oneOf("kept", "shortened", "lower", "normalised", "escaped"),
  whitelistLimit: count(0),
  listOrder: oneOf("created", "reversed", "name"),
  listCap: count(0),
  listOmits: fieldNames,
  getOmits: fieldNames,
  visibleClients: oneOf("all", "own"),
  createStatus: oneOf(200, 201),
  updateStatus: oneOf(200, 201, 202, 204),
  deleteStatus: oneOf(200, 202, 204),
  deleteAnswer: oneOf("envelope", "empty"),
  conflictStatus: oneOf(409, 400),
  etag: oneOf("off", "strong", "weak"),
  idempotencyKeys: flag(false),
  normalise: oneOf("none", "server"),
  reorder: flag(false),
  unrestricted: oneOf("*.*.*.*", "[]"),
  otherList: oneOf("dropped", "kept", "refused"),
  validateEntries: flag(true),
  wildcardCoversBare: flag(false),
  originMatch: oneOf("host", "host-and-port", "exact"),
  originHeader: oneOf("Origin", "Referer", "either"),
  rights: oneOf("live", "token"),
  slowApply: count(0),
  listLag: count(0),
  getLag: count(0),
  updateAnswer: oneOf("new", "old", "no-data", "empty"),
  whitelistDelay: count(0),
  userRoleRefusal: oneOf(403, 401),
  serviceRoleRefusal: oneOf(403, 401, 400),
  whitelistRefusal: oneOf(403, 401, 400),
  apiKeyOnManagement: oneOf("refused", "accepted"),
  quota: count(0),
  quotaRetryAfter: text(""),
  listItems: oneOf("wrapped", "plain", "mixed"),
  nullMembers: oneOf("omitted", "null"),
  enumCasing: oneOf("declared", "camel", "lower", "upper"),
  link: oneOf("object", "array", "links", "none"),
  successStatus: text("success"),
  extraFields: oneOf("none", "kept", "lost"),
  ignoreFields: fieldNames,
  tokenLifetime: count(3600),
  expiresIn: {
    standard: null,
    accepts: "a number, a text or null",
    check: (value) => value === null || typeof value === "number" || typeof value === "string",
  },
  tokenScope: flag(false),
  tokenAddressCheck: flag(false),
  wellKnown: flag(true),
  urlLimit: count(8192),
  latency: count(0),
  clientAddress: text(""),
};

/** All switches in their default position. */
export const defaultSwitches = Object.fromEntries(
  Object.entries(specs).map(([name, spec]) => [name, spec.standard]),
) as unknown as Readonly<Switches>;

/** What a switch accepts, in words, by name; for help texts. */
export const switchValues: ReadonlyMap<string, string> = new Map(
  Object.entries(specs).map(([name, spec]) => [name, spec.accepts]),
);

/** Checks switches that come from outside; throws a sentence about the first that is wrong. */
export function checkSwitches(input: unknown): Partial<Switches> {
  if (!isRecord(input)) throw new Error("Switches must be an object of names and values.");
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(specs, name)) throw new Error(`There is no switch called "${name}".`);
    const spec = specs[name as keyof Switches];
    if (!spec.check(value)) {
      throw new Error(`The switch "${name}" takes ${spec.accepts}, not ${JSON.stringify(value)}.`);
    }
  }
  return input;
}

/** Reads `name=value` from a command line; lists are separated by commas. */
export function parseSwitch(argument: string): Partial<Switches> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(argument) ?? [];
  if (name === undefined || value === undefined)
    throw new Error(`A switch is written name=value, not "${argument}".`);
  const standard: unknown = Object.hasOwn(specs, name) ? specs[name as keyof Switches].standard : value;
  if (Array.isArray(standard))
    return checkSwitches({ [name]: value.split(",").filter((field) => field !== "") });
  if (typeof standard === "string") return checkSwitches({ [name]: value });
  return checkSwitches({ [name]: jsonOrText(value) });
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
