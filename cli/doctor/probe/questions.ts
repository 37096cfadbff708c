/** An open question, and the answers that it may have besides "not settled". */
interface Question<Answer extends string = string> {
  readonly ask: string;
  readonly answers: readonly Answer[];
  /** The emulator's switches whose values the answer gives. */
  readonly switches: readonly string[];
  /** The answer may also be names of a client's fields: `apiKey, ownerId`. */
  readonly orFields?: true;
}

const ask = <const Answer extends string>(
  question: string,
  answers: readonly Answer[],
  ...switches: readonly string[]
): Question<Answer> => ({ ask: question, answers, switches });

const askFields = (question: string, name: string): Question<"none"> & { readonly orFields: true } => ({
  ...ask(question, ["none"], name),
  orFields: true,
});

const SECRET = ["shown", "masked", "null", "absent"] as const;
const ENTRY = ["kept", "changed", "refused"] as const;
const ORDER = ["kept", "sorted", "changed", "refused"] as const;
const DUPLICATES = ["kept", "removed", "refused"] as const;
const ABSENT_ROLES = ["kept", "all", "none", "other", "refused"] as const;
const ABSENT_ADDRESSES = ["kept", "emptied", "other", "refused"] as const;
const MATTERS = ["does not matter", "matters"] as const;
const LATER = ["at once", "later"] as const;
const DELETE_UNKNOWN = ["404", "400", "other refusal", "accepted"] as const;

const ENVELOPES = {
  createStatus: ask("HTTP status of a create", ["200", "201", "other"], "createStatus"),
  updateStatus: ask("HTTP status of an update", ["200", "201", "204", "other"], "updateStatus"),
  updateAnswer: ask("an update returns", ["what is stored", "something else", "nothing"], "updateAnswer"),
  refusalStatus: ask("HTTP status for an empty name", ["400", "422", "other", "accepted"]),
  refusalForm: ask("a refusal's reasons are in", ["data", "error", "both", "elsewhere"]),
  envelopeStatus: ask("the envelope's status", ["success", "another word", "absent"], "successStatus"),
  envelopeLink: ask("the envelope's link", ["object", "array", "links", "absent"], "link"),
  nullMembers: ask("members that are null", ["written", "none seen"], "nullMembers"),
  enumCasing: ask(
    "casing of clientType and sharedMode",
    ["declared", "camelCase", "lower case", "upper case", "other"],
    "enumCasing",
  ),
  rateLimitHeaders: ask("headers that tell of a rate limit", ["present", "absent"]),
};

const READINGS = {
  listItems: ask("items of the list", ["in envelopes", "plain", "mixed"], "listItems"),
  listOrder: ask("order of the list", ["oldest first", "newest first", "by name", "other"], "listOrder"),
  listCount: ask("totalCount of the list", ["true", "larger", "absent"]),
  listOmits: askFields("fields that the list leaves out", "listOmits"),
  getOmits: askFields("fields left out when one client is read", "getOmits"),
  visible: ask("a new client can be read", LATER, "slowApply", "getLag"),
  visibleInList: ask("a new client is in the list", LATER, "slowApply", "listLag"),
  visibleUpdate: ask("an update can be read", LATER, "getLag"),
  etag: ask("ETag on one client", ["absent", "strong", "weak"], "etag"),
  staleEtag: ask("If-Match with an old ETag", ["refused", "applied", "no strong ETag"]),
};

const SECRETS = {
  secretOnCreate: ask("apiSecret in the response to create", SECRET, "createSecret"),
  secretOnGet: ask("apiSecret when one client is read", SECRET, "laterSecret"),
  secretInList: ask("apiSecret in the list", SECRET, "laterSecret"),
  secretOfJavaScript: ask("apiSecret of a JavaScript client", SECRET, "javaScriptSecret"),
};

const WRITES = {
  updateMode: ask("an update without some fields", ["replaces", "merges", "does both"], "updateMode"),
  activeOnCreate: ask("isActive left out of a create", ["true", "false"], "activeWhenAbsent"),
  activeAbsent: ask(
    "isActive left out of an update",
    ["kept", "true", "false", "refused"],
    "activeWhenAbsent",
  ),
  activeChange: ask("isActive in an update", ["applied", "ignored", "refused"]),
  typeChange: ask("another clientType in an update", ["applied", "ignored", "refused"], "typeChange"),
  unknownFields: ask("fields that nobody knows", ["dropped", "kept", "lost later", "refused"], "extraFields"),
  idempotencyKeys: ask(
    "a create twice, with one Idempotency-Key",
    ["one client", "two clients", "refused"],
    "idempotencyKeys",
  ),
  sameName: ask("a second client of the same name", ["accepted", "refused"], "uniqueNames"),
  sameNameStatus: ask(
    "HTTP status of that refusal",
    ["409", "400", "422", "other", "none"],
    "conflictStatus",
  ),
  nameForm: ask(
    "a name with capitals, blanks, accents and signs",
    ["kept", "cut off", "in lower case", "normalised", "escaped", "changed", "refused"],
    "nameForm",
  ),
};

const ROLES = {
  rolesForm: ask("grantedRoles are returned as", ["names", "ids", "objects"], "grantedRolesForm"),
  rolesOtherForm: ask("grantedRoles sent in the other form", ["accepted", "ignored", "refused"]),
  rolesOnCreate: ask("grantedRoles left out of a create", ["all", "none", "some"], "rolesWhenAbsent"),
  rolesAbsent: ask("grantedRoles left out of an update", ABSENT_ROLES),
  rolesNull: ask("grantedRoles: null", ABSENT_ROLES),
  rolesEmpty: ask("grantedRoles: []", ABSENT_ROLES, "emptyRoles"),
};

const WHITELISTS = {
  addressesAbsent: ask("allowedIpAddresses left out", ABSENT_ADDRESSES),
  addressesNull: ask("allowedIpAddresses: null", ABSENT_ADDRESSES),
  addressesEmpty: ask(
    "allowedIpAddresses: []",
    ["[]", "*.*.*.*", "kept", "other", "refused"],
    "unrestricted",
  ),
  addressOrder: ask("order of addresses", ORDER, "normalise", "reorder"),
  addressDuplicates: ask("an address twice", DUPLICATES, "normalise"),
  addressWildcard: ask("192.0.2.*", ["kept", "as CIDR", "changed", "refused"], "normalise"),
  addressHostBits: ask("192.0.2.1/24", ["kept", "cleared", "changed", "refused"]),
  addressIpv6: ask("an IPv6 address", ENTRY, "validateEntries"),
  originOrder: ask("order of origins", ORDER, "normalise", "reorder"),
  originDuplicates: ask("an origin twice", DUPLICATES, "normalise"),
  originCase: ask("an origin in capitals", ["kept", "lowered", "changed", "refused"], "normalise"),
  originDot: ask("an origin with a dot at its end", ["kept", "removed", "changed", "refused"], "normalise"),
  originPort: ask("an origin with a port", ENTRY, "validateEntries"),
  originScheme: ask("an origin with https://", ENTRY, "validateEntries"),
  originLocalhost: ask("localhost as an origin", ENTRY),
  bothLists: ask("both whitelists at once", ["first only", "both", "other", "refused"], "otherList"),
};

const KEYS = {
  keyElsewhere: ask(
    "HTTP status for a page that is not allowed",
    ["403", "401", "400", "accepted"],
    "whitelistRefusal",
  ),
  keyNoHeader: ask("a caller that says nothing of its page", ["refused", "accepted"]),
  keyHeader: ask(
    "header that is compared with allowedOrigins",
    ["Origin", "Referer", "either", "both together"],
    "originHeader",
  ),
  keyPort: ask("the page's port", MATTERS, "originMatch"),
  keyScheme: ask("http:// instead of https://", MATTERS, "originMatch"),
  keyBareDomain: ask("acme.com under *.acme.com", ["allowed", "refused"], "wildcardCoversBare"),
  keyDelay: ask(
    "a changed whitelist is in effect",
    ["at once", "after 1 s", "after 2 s", "after 3 s", "after 5 s", "after 10 s", "after more than 10 s"],
    "whitelistDelay",
  ),
  keyOnManagement: ask(
    "a key instead of a token for this API",
    ["refused", "accepted"],
    "apiKeyOnManagement",
  ),
};

const DELETES = {
  deleteStatus: ask("HTTP status of a delete", ["200", "202", "204", "other"], "deleteStatus"),
  deleteUnknown: ask("delete of an unknown id", DELETE_UNKNOWN, "deleteUnknown"),
  deletePartly: ask(
    "delete of a client and an unknown id",
    ["nothing deleted", "the client deleted"],
    "batchDelete",
  ),
  deleteSeveral: ask(
    "delete of two clients in one request",
    ["both deleted", "only the first", "only the last", "neither"],
    "repeatedIds",
  ),
  deleteTwice: ask("delete of a deleted id", DELETE_UNKNOWN, "deleteUnknown"),
  deleteKind: ask("a delete", ["removes", "deactivates"], "softDelete"),
  getDeleted: ask(
    "a deleted client, read by its id",
    ["404 of the API", "404 of another kind", "410", "inactive", "other"],
    "goneStatus",
  ),
};

/** What public material does not say about client management, and experiments with throw-away clients can find out. */
export const QUESTIONS = {
  ...ENVELOPES,
  ...READINGS,
  ...SECRETS,
  ...WRITES,
  ...ROLES,
  ...WHITELISTS,
  ...KEYS,
  ...DELETES,
};

/** The same questions by topic. */
export const TOPICS: Readonly<Record<string, Readonly<Record<string, Question>>>> = {
  "answers and their envelopes": ENVELOPES,
  "lists and readings": READINGS,
  "the secret": SECRETS,
  "creates, updates and names": WRITES,
  "granted roles": ROLES,
  "whitelists as they are stored": WHITELISTS,
  "a web page's key in use": KEYS,
  deletes: DELETES,
};

export type QuestionName = keyof typeof QUESTIONS;
export type AnswerTo<Name extends QuestionName> =
  | (typeof QUESTIONS)[Name]["answers"][number]
  | ((typeof QUESTIONS)[Name] extends { readonly orFields: true } ? string : never);
export const QUESTION_NAMES = Object.keys(QUESTIONS) as readonly QuestionName[];

/** Open questions that are not asked: they would take hours, reach the account's limits, or need another client's credentials. */
export const NOT_ASKED: readonly { readonly what: string; readonly switches: readonly string[] }[] = [
  {
    what: "limits of names, whitelists, lists and addresses",
    switches: ["nameLimit", "whitelistLimit", "listCap", "urlLimit"],
  },
  { what: "quotas, and whether these calls use them up", switches: ["quota", "quotaRetryAfter"] },
  { what: "when changed roles and addresses count for a token", switches: ["rights"] },
  {
    what: "the status for a client without the role that it needs",
    switches: ["userRoleRefusal", "serviceRoleRefusal"],
  },
  { what: "whether the token endpoint checks IP addresses", switches: ["tokenAddressCheck"] },
  { what: "whether a client may delete itself", switches: ["selfDelete"] },
  { what: "whether some clients see only themselves", switches: ["visibleClients"] },
];
