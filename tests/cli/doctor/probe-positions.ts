import type { QuestionName } from "../../../cli/doctor/probe/questions";
import type { Switches } from "../../../emulator";

/** What the probe says of the emulator as it is by default: all that it asks. */
export const DEFAULTS: Readonly<Record<QuestionName, string>> = {
  createStatus: "200",
  updateStatus: "200",
  updateAnswer: "what is stored",
  refusalStatus: "400",
  refusalForm: "data",
  envelopeStatus: "success",
  envelopeLink: "object",
  nullMembers: "none seen",
  enumCasing: "declared",
  rateLimitHeaders: "absent",
  listItems: "in envelopes",
  listOrder: "oldest first",
  listCount: "true",
  listOmits: "none",
  getOmits: "none",
  visible: "at once",
  visibleInList: "at once",
  visibleUpdate: "at once",
  etag: "absent",
  staleEtag: "no strong ETag",
  secretOnCreate: "shown",
  secretOnGet: "shown",
  secretInList: "shown",
  secretOfJavaScript: "absent",
  updateMode: "replaces",
  activeOnCreate: "true",
  activeAbsent: "true",
  activeChange: "applied",
  typeChange: "refused",
  unknownFields: "dropped",
  idempotencyKeys: "two clients",
  sameName: "accepted",
  sameNameStatus: "none",
  nameForm: "kept",
  rolesForm: "ids",
  rolesOtherForm: "accepted",
  rolesOnCreate: "all",
  rolesAbsent: "all",
  rolesNull: "all",
  rolesEmpty: "none",
  addressesAbsent: "emptied",
  addressesNull: "emptied",
  addressesEmpty: "*.*.*.*",
  addressOrder: "kept",
  addressDuplicates: "kept",
  addressWildcard: "kept",
  addressHostBits: "kept",
  addressIpv6: "refused",
  originOrder: "kept",
  originDuplicates: "kept",
  originCase: "kept",
  originDot: "kept",
  originPort: "refused",
  originScheme: "refused",
  originLocalhost: "kept",
  bothLists: "first only",
  keyElsewhere: "403",
  keyNoHeader: "refused",
  keyHeader: "Origin",
  keyPort: "does not matter",
  keyScheme: "does not matter",
  keyBareDomain: "refused",
  keyDelay: "at once",
  keyOnManagement: "refused",
  deleteStatus: "200",
  deleteUnknown: "404",
  deletePartly: "nothing deleted",
  deleteTwice: "404",
  deleteKind: "removes",
  getDeleted: "404 of the API",
};

type Position = readonly [switches: Partial<Switches>, expected: Partial<Record<QuestionName, string>>];

const answers: readonly Position[] = [
  [{ createStatus: 201 }, { createStatus: "201" }],
  [{ updateStatus: 201 }, { updateStatus: "201" }],
  [{ updateStatus: 204 }, { updateStatus: "204", updateAnswer: "nothing", updateMode: "replaces" }],
  ...(["no-data", "empty"] as const).map((updateAnswer): Position => [
    { updateAnswer },
    { updateStatus: "200", updateAnswer: "nothing" },
  ]),
  [
    { updateAnswer: "old" },
    { updateAnswer: "something else", updateMode: "replaces", typeChange: "refused" },
  ],
  [{ successStatus: "ok" }, { envelopeStatus: "another word" }],
  [{ link: "array" }, { envelopeLink: "array" }],
  [{ link: "links" }, { envelopeLink: "links" }],
  [{ link: "none" }, { envelopeLink: "absent" }],
  [{ nullMembers: "null" }, { nullMembers: "written", secretOfJavaScript: "null" }],
  [
    { enumCasing: "camel", typeChange: "applied" },
    { enumCasing: "camelCase", typeChange: "applied" },
  ],
  [{ enumCasing: "lower" }, { enumCasing: "lower case", keyHeader: "Origin" }],
  [
    { enumCasing: "upper", typeChange: "ignored" },
    { enumCasing: "upper case", typeChange: "ignored" },
  ],
];

const readings: readonly Position[] = [
  [{ listItems: "plain" }, { listItems: "plain" }],
  [{ listItems: "mixed" }, { listItems: "mixed" }],
  [{ listOrder: "reversed" }, { listOrder: "newest first" }],
  [{ listOrder: "name" }, { listOrder: "by name" }],
  [{ listOrder: "name", uniqueNames: true }, { listOrder: "by name" }],
  [{ listOmits: ["sharedMode", "ownerId"] }, { listOmits: "sharedMode, ownerId", getOmits: "none" }],
  [{ getOmits: ["apiKey", "apiSecret"] }, { getOmits: "apiKey, apiSecret", keyHeader: "Origin" }],
  [
    { getOmits: ["grantedRoles"] },
    { getOmits: "grantedRoles", rolesOnCreate: "all", rolesEmpty: "not settled" },
  ],
  [{ getOmits: ["isActive"] }, { activeChange: "not settled", activeAbsent: "not settled" }],
  [
    { getOmits: ["clientType", "name"], typeChange: "applied" },
    { getOmits: "name, clientType", typeChange: "not settled", nameForm: "not settled" },
  ],
  [{ slowApply: 1 }, { visible: "later", visibleInList: "at once", secretOnGet: "shown" }],
  [{ slowApply: 2 }, { visible: "later", visibleInList: "later" }],
  [
    { listLag: 3000 },
    { visible: "at once", visibleInList: "later", secretInList: "shown", listOrder: "oldest first" },
  ],
  [
    { getLag: 3000 },
    {
      ...{
        visible: "later",
        visibleInList: "at once",
        visibleUpdate: "later",
        updateAnswer: "what is stored",
      },
      ...{ updateMode: "replaces", deletePartly: "nothing deleted", deleteKind: "removes" },
    },
  ],
  [
    { getLag: 1000, listLag: 1000, updateStatus: 204 },
    {
      ...{ visible: "later", visibleInList: "later", visibleUpdate: "later", updateAnswer: "nothing" },
      ...{
        updateMode: "replaces",
        activeAbsent: "true",
        typeChange: "refused",
        deletePartly: "nothing deleted",
      },
    },
  ],
  [{ etag: "strong" }, { etag: "strong", staleEtag: "refused" }],
  [{ etag: "weak" }, { etag: "weak", staleEtag: "no strong ETag" }],
  [{ createSecret: "masked" }, { secretOnCreate: "masked", secretOnGet: "shown", secretInList: "shown" }],
  [{ createSecret: "absent" }, { secretOnCreate: "absent", getOmits: "none" }],
  [{ createSecret: "masked", laterSecret: "masked", mask: "[hidden]" }, { secretOnCreate: "masked" }],
  [{ laterSecret: "masked" }, { secretOnCreate: "shown", secretOnGet: "masked", secretInList: "masked" }],
  [
    { laterSecret: "absent" },
    { secretOnCreate: "shown", secretOnGet: "absent", secretInList: "absent", listOmits: "apiSecret" },
  ],
  [{ javaScriptSecret: "absent" }, { secretOfJavaScript: "absent" }],
  [{ javaScriptSecret: "shown" }, { secretOfJavaScript: "shown" }],
];

const writes: readonly Position[] = [
  [
    { updateMode: "merge" },
    {
      ...{ updateMode: "merges", rolesAbsent: "kept", rolesNull: "kept", activeAbsent: "kept" },
      ...{ addressesAbsent: "kept", addressesNull: "kept" },
    },
  ],
  [
    { updateMode: "merge", emptyRoles: "all" },
    { rolesEmpty: "kept", updateMode: "merges" },
  ],
  [{ activeWhenAbsent: false }, { activeAbsent: "false", activeOnCreate: "false", updateMode: "replaces" }],
  [{ ignoreFields: ["isActive"] }, { activeChange: "ignored", activeAbsent: "not settled" }],
  [{ typeChange: "ignored" }, { typeChange: "ignored" }],
  [{ typeChange: "applied" }, { typeChange: "applied", deleteKind: "removes" }],
  [{ extraFields: "kept" }, { unknownFields: "kept" }],
  [{ extraFields: "lost" }, { unknownFields: "lost later" }],
  [{ idempotencyKeys: true }, { idempotencyKeys: "one client", sameName: "accepted" }],
  [{ uniqueNames: true }, { sameName: "refused", sameNameStatus: "409" }],
  [
    { uniqueNames: true, conflictStatus: 400 },
    { sameName: "refused", sameNameStatus: "400" },
  ],
  [{ nameForm: "shortened", nameLimit: 40 }, { nameForm: "cut off" }],
  [
    { nameForm: "shortened", nameLimit: 20 },
    { nameForm: "cut off", updateAnswer: "what is stored" },
  ],
  [{ nameForm: "lower" }, { nameForm: "in lower case" }],
  [{ nameForm: "normalised" }, { nameForm: "normalised" }],
  [{ nameForm: "escaped" }, { nameForm: "escaped" }],
  [{ nameLimit: 40 }, { nameForm: "refused" }],
  [{ grantedRolesForm: "names" }, { rolesForm: "names", rolesOtherForm: "accepted", rolesOnCreate: "all" }],
  [{ grantedRolesForm: "objects" }, { rolesForm: "objects", rolesOtherForm: "accepted", rolesAbsent: "all" }],
  [{ emptyRoles: "all" }, { rolesEmpty: "all" }],
  [
    { rolesWhenAbsent: "none" },
    { rolesOnCreate: "none", rolesForm: "ids", rolesAbsent: "none", keyHeader: "Origin" },
  ],
  [
    { rolesWhenAbsent: "none", grantedRolesForm: "names" },
    { rolesForm: "names", rolesOtherForm: "accepted" },
  ],
  [
    { normalise: "server" },
    {
      ...{ addressOrder: "sorted", addressDuplicates: "removed", addressWildcard: "as CIDR" },
      ...{ originOrder: "sorted", originDuplicates: "removed", originCase: "lowered", originDot: "removed" },
    },
  ],
  [{ reorder: true }, { addressOrder: "changed", originOrder: "changed", addressDuplicates: "kept" }],
  [{ unrestricted: "[]" }, { addressesEmpty: "[]" }],
  [{ otherList: "kept" }, { bothLists: "both" }],
  [{ otherList: "refused" }, { bothLists: "refused" }],
  [{ validateEntries: false }, { addressIpv6: "kept", originPort: "kept", originScheme: "kept" }],
];

const keys: readonly Position[] = [
  [{ originMatch: "host-and-port" }, { keyPort: "matters", keyScheme: "does not matter" }],
  [{ originMatch: "exact" }, { keyPort: "matters", keyScheme: "matters" }],
  [{ originHeader: "Referer" }, { keyHeader: "Referer" }],
  [{ originHeader: "either" }, { keyHeader: "either" }],
  [{ wildcardCoversBare: true }, { keyBareDomain: "allowed" }],
  [{ whitelistRefusal: 401 }, { keyElsewhere: "401", keyHeader: "Origin", keyDelay: "at once" }],
  [{ whitelistRefusal: 400 }, { keyElsewhere: "400", keyHeader: "Origin", keyDelay: "at once" }],
  [{ whitelistDelay: 900 }, { keyDelay: "after 1 s", keyBareDomain: "refused" }],
  [{ whitelistDelay: 1900 }, { keyDelay: "after 2 s" }],
  [
    { whitelistDelay: 2900, wildcardCoversBare: true },
    { keyDelay: "after 3 s", keyBareDomain: "allowed" },
  ],
  [{ whitelistDelay: 2500, getLag: 1000, updateAnswer: "old" }, { keyDelay: "after 3 s" }],
  [{ whitelistDelay: 4900 }, { keyDelay: "after 5 s" }],
  [{ whitelistDelay: 9900 }, { keyDelay: "after 10 s" }],
  [{ whitelistDelay: 20_000 }, { keyDelay: "after more than 10 s", keyBareDomain: "not settled" }],
  [{ apiKeyOnManagement: "accepted" }, { keyOnManagement: "accepted" }],
  // What costs the most requests.
  [
    {
      ...{ getLag: 1000, listLag: 1000, updateStatus: 204, whitelistDelay: 9000, updateMode: "merge" },
      ...{ typeChange: "applied", extraFields: "lost", rolesWhenAbsent: "none", activeWhenAbsent: false },
      validateEntries: false,
    },
    {
      ...{ visibleUpdate: "later", updateStatus: "204", keyDelay: "after 10 s", updateMode: "merges" },
      ...{ typeChange: "applied", rolesOnCreate: "none", activeOnCreate: "false", originPort: "kept" },
    },
  ],
];

const deletes: readonly Position[] = [
  [{ deleteStatus: 204 }, { deleteStatus: "204", deleteUnknown: "404" }],
  [{ deleteStatus: 202 }, { deleteStatus: "202", deleteUnknown: "404" }],
  [{ deleteAnswer: "empty" }, { deleteStatus: "200", deleteTwice: "404" }],
  [{ deleteUnknown: "ignore" }, { deleteUnknown: "accepted", deleteTwice: "accepted" }],
  [{ batchDelete: "partial" }, { deletePartly: "the client deleted" }],
  [{ goneStatus: 410 }, { getDeleted: "410", deleteTwice: "other refusal" }],
  [{ selfDelete: "refused" }, { deleteKind: "removes" }],
  [{ rights: "token" }, { updateMode: "replaces" }],
];

/** For positions of the emulator's switches, what the probe must say; the defaults are above. */
export const POSITIONS: readonly Position[] = [...answers, ...readings, ...writes, ...keys, ...deletes];
