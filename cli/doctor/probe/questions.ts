/** One open question, and every answer that it may have besides "not settled". */
interface Question {
  readonly ask: string;
  readonly answers: readonly string[];
}

const SECRET = ["shown", "masked", "null", "absent"] as const;
const ENTRY = ["kept", "changed", "refused"] as const;
const ORDER = ["kept", "sorted", "changed", "refused"] as const;
const DUPLICATES = ["kept", "removed", "refused"] as const;
const ABSENT_ROLES = ["kept", "all", "none", "other", "refused"] as const;

/** What public material does not say of client management, and a throw-away client can. */
export const QUESTIONS = {
  createStatus: { ask: "HTTP status of a create", answers: ["200", "201", "other"] },
  updateStatus: { ask: "HTTP status of an update", answers: ["200", "204", "other"] },
  updateAnswer: { ask: "an update answers", answers: ["what is stored", "something else", "nothing"] },
  envelopeStatus: { ask: "the envelope's status", answers: ["success", "another word", "absent"] },
  envelopeLink: { ask: "the envelope's link", answers: ["object", "array", "links", "absent"] },
  refusalStatus: { ask: "HTTP status for an empty name", answers: ["400", "422", "other", "accepted"] },
  refusalForm: { ask: "a refusal's reasons are in", answers: ["data", "error", "both", "elsewhere"] },
  visible: { ask: "a new client can be read", answers: ["at once", "later"] },
  secretOnCreate: { ask: "apiSecret in the answer of create", answers: SECRET },
  secretOnGet: { ask: "apiSecret when one client is read", answers: SECRET },
  secretInList: { ask: "apiSecret in the list", answers: SECRET },
  secretOfJavaScript: { ask: "apiSecret of a JavaScript client", answers: SECRET },
  updateMode: { ask: "an update without some fields", answers: ["replaces", "merges", "does both"] },
  activeOnCreate: { ask: "isActive left out of a create", answers: ["true", "false"] },
  activeAbsent: { ask: "isActive left out of an update", answers: ["kept", "true", "false", "refused"] },
  activeChange: { ask: "isActive in an update", answers: ["applied", "ignored", "refused"] },
  rolesForm: { ask: "grantedRoles are answered as", answers: ["names", "ids", "objects"] },
  rolesOtherForm: {
    ask: "grantedRoles sent in the other form",
    answers: ["accepted", "ignored", "refused"],
  },
  rolesOnCreate: { ask: "grantedRoles left out of a create", answers: ["all", "none", "some"] },
  rolesAbsent: { ask: "grantedRoles left out of an update", answers: ABSENT_ROLES },
  rolesNull: { ask: "grantedRoles: null", answers: ABSENT_ROLES },
  rolesEmpty: { ask: "grantedRoles: []", answers: ABSENT_ROLES },
  addressesAbsent: { ask: "allowedIpAddresses left out", answers: ["kept", "emptied", "other", "refused"] },
  addressesNull: { ask: "allowedIpAddresses: null", answers: ["kept", "emptied", "other", "refused"] },
  addressesEmpty: { ask: "allowedIpAddresses: []", answers: ["[]", "*.*.*.*", "kept", "other", "refused"] },
  addressOrder: { ask: "order of addresses", answers: ORDER },
  addressDuplicates: { ask: "an address twice", answers: DUPLICATES },
  addressWildcard: { ask: "192.0.2.*", answers: ["kept", "as CIDR", "changed", "refused"] },
  addressHostBits: { ask: "192.0.2.1/24", answers: ["kept", "cleared", "changed", "refused"] },
  addressIpv6: { ask: "an IPv6 address", answers: ENTRY },
  originOrder: { ask: "order of origins", answers: ORDER },
  originDuplicates: { ask: "an origin twice", answers: DUPLICATES },
  originCase: { ask: "an origin in capitals", answers: ["kept", "lowered", "changed", "refused"] },
  originDot: { ask: "an origin with a dot at its end", answers: ["kept", "removed", "changed", "refused"] },
  originPort: { ask: "an origin with a port", answers: ENTRY },
  originScheme: { ask: "an origin with https://", answers: ENTRY },
  originLocalhost: { ask: "localhost as an origin", answers: ENTRY },
  bothLists: { ask: "both whitelists at once", answers: ["first only", "both", "other", "refused"] },
  typeChange: { ask: "another clientType in an update", answers: ["applied", "ignored", "refused"] },
  unknownFields: { ask: "fields that nobody knows", answers: ["dropped", "kept", "lost later", "refused"] },
  sameName: { ask: "a second client of the same name", answers: ["accepted", "refused"] },
  sameNameStatus: { ask: "HTTP status of that refusal", answers: ["409", "400", "422", "other", "none"] },
  listOrder: { ask: "order of the list", answers: ["oldest first", "newest first", "by name", "other"] },
  listCount: { ask: "totalCount of the list", answers: ["true", "larger", "absent"] },
  etag: { ask: "ETag on one client", answers: ["present", "absent"] },
  staleEtag: { ask: "If-Match with an old ETag", answers: ["refused", "applied", "no ETag"] },
  rateLimitHeaders: { ask: "headers that tell of a rate limit", answers: ["present", "absent"] },
  deleteStatus: { ask: "HTTP status of a delete", answers: ["200", "202", "204", "other"] },
  deleteUnknown: { ask: "delete of an unknown id", answers: ["404", "400", "other refusal", "accepted"] },
  deletePartly: {
    ask: "delete of a client and an unknown id",
    answers: ["nothing deleted", "the client deleted"],
  },
  deleteTwice: { ask: "delete of a deleted id", answers: ["404", "400", "other refusal", "accepted"] },
  deleteKind: { ask: "a delete", answers: ["removes", "deactivates"] },
  getDeleted: {
    ask: "a deleted client, read by its id",
    answers: ["404 of the API", "404 of another kind", "410", "inactive", "other"],
  },
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof QUESTIONS;
export type AnswerTo<Name extends QuestionName> = (typeof QUESTIONS)[Name]["answers"][number];
export const QUESTION_NAMES = Object.keys(QUESTIONS) as readonly QuestionName[];
