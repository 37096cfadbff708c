/**
 * What nobody outside ThinkGeo knows about the live service, as named switches. "Question n" is the point of
 * section 7 of thinkgeo-cloud-api.md that the switch stands for; docs/emulator.md has the same list in short. Every default is the most plausible reading.
 */
export interface Switches {
  /** Form in which `grantedRoles` is answered; both forms are always accepted. Question 4. @default "ids" */
  grantedRolesForm: "ids" | "names";
  /** What `grantedRoles: []` grants. Question 4. @default "none" */
  emptyRoles: "none" | "all";
  /** What a create without `grantedRoles` grants, and an update in mode "replace". Question 4. @default "all" */
  rolesWhenAbsent: "all" | "none";
  /** What an update does with absent fields: reset them, or keep them. Question 2. @default "replace" */
  updateMode: "replace" | "merge";
  /** The value of an absent `isActive` on create, and on update in mode "replace". Question 2. @default true */
  activeWhenAbsent: boolean;
  /** A different `clientType` on update: HTTP 400, dropped in silence, or done. Question 3. @default "refused" */
  typeChange: "refused" | "ignored" | "applied";
  /** `apiSecret` of a NativeConfidential client in the answer of create. Question 5. @default "shown" */
  createSecret: "shown" | "masked" | "absent";
  /** `apiSecret` of a NativeConfidential client in every later answer. Question 5. @default "shown" */
  laterSecret: "shown" | "masked" | "absent";
  /** What a masked `apiSecret` looks like. Question 5. @default "********" */
  mask: string;
  /** `apiSecret` of a JavaScript client, which needs none; `nullMembers` says what becomes of null. Question 5. @default "null" */
  javaScriptSecret: "null" | "absent" | "shown";
  /** Delete sets `isActive` to false and the client stays. Question 6. @default false */
  softDelete: boolean;
  /** Deleting an unknown id: HTTP 404, or nothing. Question 6. @default "error" */
  deleteUnknown: "error" | "ignore";
  /** With an unknown id among several: none is deleted, or all that are known. Question 6. @default "all-or-nothing" */
  batchDelete: "all-or-nothing" | "partial";
  /** HTTP status for a client that is deleted; others that do not exist are 404. Question 6. @default 404 */
  goneStatus: 404 | 410;
  /** A client deletes itself: done, or HTTP 400. Question 6. @default "allowed" */
  selfDelete: "allowed" | "refused";
  /** Two clients of an account cannot have one name. Question 7. @default false */
  uniqueNames: boolean;
  /** Longest name in characters, 0 for no limit. Question 7. @default 0 */
  nameLimit: number;
  /**
   * What is kept of a name: all of it, as much as `nameLimit` allows (instead of HTTP 400), lower case, NFC with single
   * blanks, or HTML entities for markup. Question 7. @default "kept"
   */
  nameForm: "kept" | "shortened" | "lower" | "normalised" | "escaped";
  /** Most entries in one whitelist, 0 for no limit. Question 7. @default 0 */
  whitelistLimit: number;
  /** Order of the list of clients. Question 7. @default "created" */
  listOrder: "created" | "reversed" | "name";
  /** The list answers at most this many of `totalCount`, 0 for all. Question 7. @default 0 */
  listCap: number;
  /** Fields that the items of the list leave out. Question 7. @default [] */
  listOmits: readonly string[];
  /** Fields that answers of one client leave out, that of its create aside. Question 7. @default [] */
  getOmits: readonly string[];
  /** Which clients list and get show: the account's, or only the one that asks. Question 13. @default "all" */
  visibleClients: "all" | "own";
  /** HTTP status of a successful create. Question 8. @default 200 */
  createStatus: 200 | 201;
  /** HTTP status of a successful update; 204 has no body. Question 8. @default 200 */
  updateStatus: 200 | 201 | 202 | 204;
  /** HTTP status of a successful delete; 204 has no body. Question 8. @default 200 */
  deleteStatus: 200 | 202 | 204;
  /** What the answer of a delete has: the envelope, or no body whatever the status. Question 8. @default "envelope" */
  deleteAnswer: "envelope" | "empty";
  /** HTTP status of a name taken under `uniqueNames`. Question 8. @default 409 */
  conflictStatus: 400 | 409;
  /** One client carries an ETag. HTTP 412 for an If-Match that is stale, and for every weak one. Question 9. @default "off" */
  etag: "off" | "strong" | "weak";
  /** A repeated Idempotency-Key on create answers what the first one answered. Question 9. @default false */
  idempotencyKeys: boolean;
  /** "server": lower case, no trailing dot, `a.b.c.*` as CIDR, sorted, no duplicates. Question 10. @default "none" */
  normalise: "none" | "server";
  /** Roles and whitelists are answered in another order than they were sent. Question 10. @default false */
  reorder: boolean;
  /** How an empty address list that is in force is answered. Question 10. @default "*.*.*.*" */
  unrestricted: "*.*.*.*" | "[]";
  /** The whitelist that is not in force when both are sent. Question 10. @default "dropped" */
  otherList: "dropped" | "kept" | "refused";
  /** HTTP 400 for whitelist entries in a form that the vendor does not document. Question 11. @default true */
  validateEntries: boolean;
  /** `*.acme.com` also allows `acme.com`. Question 11. @default false */
  wildcardCoversBare: boolean;
  /** What of a caller's origin is compared: its host, the port too, or all of it with https. Question 11. @default "host" */
  originMatch: "host" | "host-and-port" | "exact";
  /** Which header is compared with the allowed origins. Question 11. @default "Origin" */
  originHeader: "Origin" | "Referer" | "either";
  /** Roles and addresses of a bearer: from the client as it is now, or as it was when the token was made. Question 12. @default "live" */
  rights: "live" | "token";
  /** A new client cannot be seen by this many reads. Question 12. @default 0 */
  slowApply: number;
  /** The list shows the account as it was so many milliseconds ago. Question 12. @default 0 */
  listLag: number;
  /** GET of one client shows it as it was so many milliseconds ago. Question 12. @default 0 */
  getLag: number;
  /**
   * What the answer of an update shows: the client after it, or before it; only the envelope; or no body whatever the
   * status. Question 12. @default "new"
   */
  updateAnswer: "new" | "old" | "no-data" | "empty";
  /** Milliseconds until a changed whitelist counts for an API key. Question 12. @default 0 */
  whitelistDelay: number;
  /** HTTP status for a client without the role User on a management path. Question 13. @default 403 */
  userRoleRefusal: 401 | 403;
  /** HTTP status for a client without a role that opens the map services. Question 13. @default 403 */
  serviceRoleRefusal: 400 | 401 | 403;
  /** HTTP status for a caller outside the whitelist. Question 13. @default 403 */
  whitelistRefusal: 400 | 401 | 403;
  /** Whether a JavaScript `apikey` opens management paths. Question 14. @default "refused" */
  apiKeyOnManagement: "refused" | "accepted";
  /** Requests to /api/ that are answered before 429, 0 for no quota; setting it starts the count anew. Question 15. @default 0 */
  quota: number;
  /** Retry-After of the quota's 429: seconds or a date, "" for none. Question 15. @default "" */
  quotaRetryAfter: string;
  /** Items of the lists of clients and of the account's roles: envelopes of their own, or plain, or in turns. Question 1. @default "wrapped" */
  listItems: "wrapped" | "plain" | "mixed";
  /** Members that are null, `error` of a success among them: left out, or written. Question 16. @default "omitted" */
  nullMembers: "omitted" | "null";
  /** Casing of `clientType` and `sharedMode` in answers; in requests any is read. Question 1. @default "declared" */
  enumCasing: "declared" | "camel" | "lower" | "upper";
  /** The envelope's `link`: an object, a list, a list called `links`, or none. Question 16. @default "object" */
  link: "object" | "array" | "links" | "none";
  /** The envelope's `status` for success. Question 16. @default "success" */
  successStatus: string;
  /** Fields that the 2018 client does not know; what becomes of them when an update leaves them out. Question 1. @default "none" */
  extraFields: "none" | "kept" | "lost";
  /** Fields of a client that are accepted and not applied. @default [] */
  ignoreFields: readonly string[];
  /** Life of a token in seconds. @default 3600 */
  tokenLifetime: number;
  /** What `expires_in` claims in place of the truth; null for the truth. @default null */
  expiresIn: number | string | null;
  /** The token answer carries `scope`, as newer identity servers do. @default false */
  tokenScope: boolean;
  /** The token endpoint already refuses a caller outside the address whitelist. @default false */
  tokenAddressCheck: boolean;
  /** The identity server publishes its discovery document and its public key. @default true */
  wellKnown: boolean;
  /** Longest request target in characters (HTTP 414), 0 for no limit. @default 8192 */
  urlLimit: number;
  /** Milliseconds that every request takes. @default 0 */
  latency: number;
  /** The address of callers that state none by `x-emulator-client-address`; "" for the socket's. @default "" */
  clientAddress: string;
}
