import { isCount, isFlag, isOneOf, isRecord, isText, isTextList, parsedJson, type Check } from "./json";

/** One switch: its default, and what else it takes. */
interface Switch<T> {
  readonly standard: T;
  readonly accepts: string;
  readonly check: Check;
}

const oneOf = <T extends string | number>(standard: T, ...others: readonly T[]): Switch<T> => ({
  standard,
  accepts: [standard, ...others].map((value) => JSON.stringify(value)).join(" or "),
  check: isOneOf(standard, ...others),
});
const flag = (standard: boolean): Switch<boolean> => ({ standard, accepts: "true or false", check: isFlag });
const number = (standard: number): Switch<number> => ({
  standard,
  accepts: "a number that is not negative",
  check: isCount,
});
const text = (standard: string): Switch<string> => ({ standard, accepts: "text", check: isText });
const fieldNames: Switch<readonly string[]> = {
  standard: [],
  accepts: "a list of field names",
  check: isTextList,
};
const claim: Switch<number | string | null> = {
  standard: null,
  accepts: "a number, a text or null",
  check: (value) => value === null || typeof value === "number" || isText(value),
};

/**
 * What public material does not say of the live service, as named switches; every default is the most plausible reading.
 * docs/reference/emulator.md lists them in short, and docs/thinkgeo-api.md the questions that they stand for.
 */
const SWITCHES = {
  /** Form in which `grantedRoles` is answered: ids, names, or objects of both. Ids and names are always accepted, objects never. @default "ids" */
  grantedRolesForm: oneOf("ids", "names", "objects"),
  /** What `grantedRoles: []` grants. @default "none" */
  emptyRoles: oneOf("none", "all"),
  /** What a create without `grantedRoles` grants, and an update in mode "replace". @default "all" */
  rolesWhenAbsent: oneOf("all", "none"),
  /** What an update does with absent fields: reset them, or keep them. @default "replace" */
  updateMode: oneOf("replace", "merge"),
  /** The value of an absent `isActive` on create, and on update in mode "replace". @default true */
  activeWhenAbsent: flag(true),
  /** A different `clientType` on update: HTTP 400, dropped in silence, or done. @default "refused" */
  typeChange: oneOf("refused", "ignored", "applied"),
  /** `apiSecret` of a NativeConfidential client in the answer of create. @default "shown" */
  createSecret: oneOf("shown", "masked", "absent"),
  /** `apiSecret` of a NativeConfidential client in every later answer. @default "shown" */
  laterSecret: oneOf("shown", "masked", "absent"),
  /** What a masked `apiSecret` looks like. @default "********" */
  mask: text("********"),
  /** `apiSecret` of a JavaScript client, which needs none; `nullMembers` says what becomes of null. @default "null" */
  javaScriptSecret: oneOf("null", "absent", "shown"),
  /** Delete sets `isActive` to false and the client stays. @default false */
  softDelete: flag(false),
  /** Deleting an unknown id: HTTP 404, or nothing. @default "error" */
  deleteUnknown: oneOf("error", "ignore"),
  /** With an unknown id among several: none is deleted, or all that are known. @default "all-or-nothing" */
  batchDelete: oneOf("all-or-nothing", "partial"),
  /** Which of several ids a delete obeys; it says success in any case. @default "all" */
  repeatedIds: oneOf("all", "first", "last"),
  /** HTTP status for a client that is deleted; others that do not exist are 404. @default 404 */
  goneStatus: oneOf(404, 410),
  /** A client deletes itself: done, or HTTP 400. @default "allowed" */
  selfDelete: oneOf("allowed", "refused"),
  /** Two clients of an account cannot have one name. @default false */
  uniqueNames: flag(false),
  /** Longest name in characters, 0 for no limit. @default 0 */
  nameLimit: number(0),
  /**
   * What is kept of a name: all of it, as much as `nameLimit` allows (instead of HTTP 400), lower case, NFC with single
   * blanks, or HTML entities for markup. @default "kept"
   */
  nameForm: oneOf("kept", "shortened", "lower", "normalised", "escaped"),
  /** Most entries in one whitelist, 0 for no limit. @default 0 */
  whitelistLimit: number(0),
  /** Order of the list of clients. @default "created" */
  listOrder: oneOf("created", "reversed", "name"),
  /** The list answers at most this many of `totalCount`, 0 for all. @default 0 */
  listCap: number(0),
  /** Fields that the items of the list leave out. @default [] */
  listOmits: fieldNames,
  /** Fields that answers of one client leave out, that of its create aside. @default [] */
  getOmits: fieldNames,
  /** Which clients list and get show: the account's, or only the one that asks. @default "all" */
  visibleClients: oneOf("all", "own"),
  /** HTTP status of a successful create. @default 200 */
  createStatus: oneOf(200, 201),
  /** HTTP status of a successful update; 204 has no body. @default 200 */
  updateStatus: oneOf(200, 201, 202, 204),
  /** HTTP status of a successful delete; 204 has no body. @default 200 */
  deleteStatus: oneOf(200, 202, 204),
  /** What the answer of a delete has: the envelope, or no body whatever the status. @default "envelope" */
  deleteAnswer: oneOf("envelope", "empty"),
  /** HTTP status of a name taken under `uniqueNames`. @default 409 */
  conflictStatus: oneOf(409, 400),
  /** One client carries an ETag. HTTP 412 for an If-Match that is stale, and for every weak one. @default "off" */
  etag: oneOf("off", "strong", "weak"),
  /** A repeated Idempotency-Key on create answers what the first one answered. @default false */
  idempotencyKeys: flag(false),
  /** "server": lower case, no trailing dot, `a.b.c.*` as CIDR, sorted, no duplicates. @default "none" */
  normalise: oneOf("none", "server"),
  /** Roles and whitelists are answered in another order than they were sent. @default false */
  reorder: flag(false),
  /** How an empty address list that is in effect is answered. @default "*.*.*.*" */
  unrestricted: oneOf("*.*.*.*", "[]"),
  /** The whitelist that is not in effect when both are sent. @default "dropped" */
  otherList: oneOf("dropped", "kept", "refused"),
  /** HTTP 400 for whitelist entries in a form that the vendor does not document. @default true */
  validateEntries: flag(true),
  /** `*.acme.com` also allows `acme.com`. @default false */
  wildcardCoversBare: flag(false),
  /** What of a caller's origin is compared: its host, the port too, or all of it with https. @default "host" */
  originMatch: oneOf("host", "host-and-port", "exact"),
  /** Which header is compared with the allowed origins. @default "Origin" */
  originHeader: oneOf("Origin", "Referer", "either"),
  /** Roles and addresses of a bearer: from the client as it is now, or as it was when the token was made. @default "live" */
  rights: oneOf("live", "token"),
  /** A new client cannot be seen by this many reads. @default 0 */
  slowApply: number(0),
  /** The list shows the account as it was so many milliseconds ago. @default 0 */
  listLag: number(0),
  /** GET of one client shows it as it was so many milliseconds ago. @default 0 */
  getLag: number(0),
  /**
   * What the answer of an update shows: the client after it, or before it; only the envelope; or no body whatever the
   * status. @default "new"
   */
  updateAnswer: oneOf("new", "old", "no-data", "empty"),
  /** Milliseconds until a changed whitelist counts for an API key. @default 0 */
  whitelistDelay: number(0),
  /** HTTP status for a client without the role User on a management path. @default 403 */
  userRoleRefusal: oneOf(403, 401),
  /** HTTP status for a client without a role that opens the map services. @default 403 */
  serviceRoleRefusal: oneOf(403, 401, 400),
  /** HTTP status for a caller outside the whitelist. @default 403 */
  whitelistRefusal: oneOf(403, 401, 400),
  /** Whether a JavaScript `apikey` opens management paths. @default "refused" */
  apiKeyOnManagement: oneOf("refused", "accepted"),
  /** Requests to /api/ that are answered before 429, 0 for no quota; setting it starts the count anew. @default 0 */
  quota: number(0),
  /** Retry-After of the quota's 429: seconds or a date, "" for none. @default "" */
  quotaRetryAfter: text(""),
  /** Items of the lists of clients and of the account's roles: envelopes of their own, or plain, or in turns. @default "wrapped" */
  listItems: oneOf("wrapped", "plain", "mixed"),
  /** Members that are null, `error` of a success among them: left out, or written. @default "omitted" */
  nullMembers: oneOf("omitted", "null"),
  /** Casing of `clientType` and `sharedMode` in answers; in requests any is read. @default "declared" */
  enumCasing: oneOf("declared", "camel", "lower", "upper"),
  /** The envelope's `link`: an object, a list, a list called `links`, or none. @default "object" */
  link: oneOf("object", "array", "links", "none"),
  /** The envelope's `status` for success. @default "success" */
  successStatus: text("success"),
  /** Fields that the 2018 client does not know; what becomes of them when an update leaves them out. @default "none" */
  extraFields: oneOf("none", "kept", "lost"),
  /** Fields of a client that are accepted and not applied. @default [] */
  ignoreFields: fieldNames,
  /** Life of a token in seconds. @default 3600 */
  tokenLifetime: number(3600),
  /** What `expires_in` claims in place of the truth; null for the truth. @default null */
  expiresIn: claim,
  /** The token answer carries `scope`, as newer token endpoints do. @default false */
  tokenScope: flag(false),
  /** The token endpoint already refuses a caller outside the address whitelist. @default false */
  tokenAddressCheck: flag(false),
  /** The token endpoint publishes its discovery document and its public key. @default true */
  wellKnown: flag(true),
  /** Longest request target in characters (HTTP 414), 0 for no limit. @default 8192 */
  urlLimit: number(8192),
  /** Milliseconds that every request takes. @default 0 */
  latency: number(0),
  /** The address of callers that state none by `x-emulator-client-address`; "" for the socket's. @default "" */
  clientAddress: text(""),
};

/**
 * The position of every switch.
 *
 * @interface
 */
export type Switches = {
  [K in keyof typeof SWITCHES]: (typeof SWITCHES)[K] extends Switch<infer T> ? T : never;
};

/** All switches in their default position. */
export const defaultSwitches = Object.fromEntries(
  Object.entries(SWITCHES).map(([name, spec]) => [name, spec.standard]),
) as unknown as Readonly<Switches>;

/** What a switch accepts, in words, by name; for help texts. */
export const switchValues: ReadonlyMap<string, string> = new Map(
  Object.entries(SWITCHES).map(([name, spec]) => [name, spec.accepts]),
);

/** Checks switches that come from outside; throws a sentence about the first that is wrong. */
export function checkSwitches(input: unknown): Partial<Switches> {
  if (!isRecord(input)) throw new Error("Switches must be an object of names and values.");
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(SWITCHES, name)) throw new Error(`There is no switch called "${name}".`);
    const spec = SWITCHES[name as keyof Switches];
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
  const standard: unknown = Object.hasOwn(SWITCHES, name) ? SWITCHES[name as keyof Switches].standard : value;
  if (Array.isArray(standard))
    return checkSwitches({ [name]: value.split(",").filter((field) => field !== "") });
  if (typeof standard === "string") return checkSwitches({ [name]: value });
  const parsed = parsedJson(value);
  return checkSwitches({ [name]: parsed === undefined ? value : parsed });
}
