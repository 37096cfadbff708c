import { Refusal, type Call } from "./call";
import { readName } from "./client-name";
import { failure, invalid } from "./envelope";
import { FieldReader } from "./field-reader";
import { isRecord } from "./json";
import type { Account, Client, ClientType, SharedMode } from "./store";
import type { Switches } from "./switches";
import { isAddressEntry, isOriginEntry, normaliseEntries } from "./whitelist";

/** What a request body may set. */
export type ClientFields = Pick<
  Client,
  | "name"
  | "clientType"
  | "sharedMode"
  | "allowedOrigins"
  | "allowedIpAddresses"
  | "grantedRoles"
  | "isActive"
  | "extra"
>;

const clientTypes: readonly ClientType[] = ["JavaScript", "NativeConfidential"];
const sharedModes: readonly SharedMode[] = ["Origin", "IpAddress"];
const knownFields = new Set([
  ...["id", "ownerId", "apiKey", "apiSecret", "name", "clientType", "sharedMode"],
  ...["allowedOrigins", "allowedIpAddresses", "grantedRoles", "isActive"],
]);

/** The fields that a body asks for, with the vendor's rules and the switches applied; throws a refusal. */
export function readClientFields(call: Call, account: Account, existing?: Client): ClientFields {
  const reader = new FieldReader(readBody(call));
  const { switches } = call.cloud;
  const allRoles = account.roles.map((role) => role.name);
  const standard: ClientFields = {
    name: "",
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: [],
    allowedIpAddresses: [],
    grantedRoles: switches.rolesWhenAbsent === "all" ? allRoles : [],
    isActive: switches.activeWhenAbsent,
    extra: {},
  };
  const kept = switches.updateMode === "merge" ? existing : undefined;
  const base = kept ?? standard;
  const clientType = readType(reader, base, switches, existing);
  const lists = {
    allowedOrigins: reader.list("allowedOrigins") ?? base.allowedOrigins,
    allowedIpAddresses: reader.list("allowedIpAddresses") ?? base.allowedIpAddresses,
  };
  const sharedMode = readMode(reader, kept, clientType, lists);
  const fields: ClientFields = {
    name: readName(reader, switches, kept),
    clientType,
    sharedMode,
    ...checkLists(reader, switches, clientType, sharedMode, lists),
    grantedRoles: readRoles(reader, account, switches, kept?.grantedRoles) ?? base.grantedRoles,
    isActive: reader.flag("isActive") ?? base.isActive,
    extra: readExtra(reader, switches, existing, call.cloud.store.now()),
  };
  if (Object.keys(reader.problems).length > 0) throw new Refusal(invalid(call, reader.problems));
  return withIgnored(fields, existing ?? standard, switches.ignoreFields);
}

const jsonTypes = /^(?:application\/json|application\/[\w.-]+\+json|text\/json)\s*(?:;|$)/i;

function readBody(call: Call): Record<string, unknown> {
  if (!jsonTypes.test(call.headers["content-type"] ?? "")) {
    throw new Refusal(failure(call, 415, "The body must be JSON: send Content-Type application/json."));
  }
  try {
    const body: unknown = JSON.parse(call.body);
    if (isRecord(body)) return body;
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal(invalid(call, { clientModel: ["The body is not a JSON object."] }));
}

function readType(
  reader: FieldReader,
  base: ClientFields,
  switches: Switches,
  existing: Client | undefined,
): ClientType {
  const wanted = reader.choice("clientType", clientTypes) ?? base.clientType;
  if (existing === undefined || existing.clientType === wanted || switches.typeChange === "applied")
    return wanted;
  if (switches.typeChange === "refused") reader.problem("clientType", "cannot be changed");
  return existing.clientType;
}

type Lists = Pick<Client, "allowedOrigins" | "allowedIpAddresses">;

function readMode(
  reader: FieldReader,
  base: Client | undefined,
  clientType: ClientType,
  lists: Lists,
): SharedMode {
  const stated = reader.choice("sharedMode", sharedModes);
  if (clientType === "NativeConfidential") {
    if (stated === "Origin")
      reader.problem("sharedMode", "must be IpAddress for a NativeConfidential client");
    return "IpAddress";
  }
  if (stated !== undefined) return stated;
  if (base?.clientType === "JavaScript") return base.sharedMode;
  return lists.allowedOrigins.length === 0 && lists.allowedIpAddresses.length > 0 ? "IpAddress" : "Origin";
}

function checkLists(
  reader: FieldReader,
  switches: Switches,
  clientType: ClientType,
  sharedMode: SharedMode,
  lists: Lists,
): Lists {
  if (
    clientType === "NativeConfidential" &&
    lists.allowedOrigins.length > 0 &&
    reader.has("allowedOrigins")
  ) {
    reader.problem("allowedOrigins", "can be set for a JavaScript client only");
  }
  const other = sharedMode === "Origin" ? "allowedIpAddresses" : "allowedOrigins";
  if (switches.otherList === "refused" && lists[other].length > 0) {
    reader.problem(other, `must be empty when sharedMode is ${sharedMode}`);
  }
  for (const [field, isEntry] of [
    ["allowedOrigins", isOriginEntry],
    ["allowedIpAddresses", isAddressEntry],
  ] as const) {
    const wrong = switches.validateEntries ? lists[field].filter((entry) => !isEntry(entry)) : [];
    for (const entry of wrong)
      reader.problem(field, `has an entry that is not valid: ${JSON.stringify(entry)}`);
    if (switches.whitelistLimit > 0 && lists[field].length > switches.whitelistLimit) {
      reader.problem(field, `must not have more than ${switches.whitelistLimit} entries`);
    }
  }
  const kept = switches.otherList === "kept" ? lists : { ...lists, [other]: [] };
  if (switches.normalise === "none") return kept;
  return {
    allowedOrigins: normaliseEntries(kept.allowedOrigins),
    allowedIpAddresses: normaliseEntries(kept.allowedIpAddresses),
  };
}

function readRoles(
  reader: FieldReader,
  account: Account,
  switches: Switches,
  kept: string[] | undefined,
): string[] | undefined {
  const sent = reader.list("grantedRoles");
  if (sent === undefined) return undefined;
  if (sent.length === 0 && switches.emptyRoles === "all")
    return kept ?? account.roles.map((role) => role.name);
  const names = sent.flatMap((text) => {
    const role = account.roles.find(({ id, name }) => name === text || id === text.toLowerCase());
    if (role === undefined)
      reader.problem("grantedRoles", `has a role that the account lacks: ${JSON.stringify(text)}`);
    return role === undefined ? [] : [role.name];
  });
  return [...new Set(names)];
}

function readExtra(
  reader: FieldReader,
  switches: Switches,
  existing: Client | undefined,
  now: number,
): Record<string, unknown> {
  const sent = Object.fromEntries(Object.entries(reader.body).filter(([field]) => !knownFields.has(field)));
  if (switches.extraFields === "none") return existing?.extra ?? {};
  if (existing === undefined) return { description: "", createdDate: new Date(now).toISOString(), ...sent };
  return switches.extraFields === "kept" || switches.updateMode === "merge"
    ? { ...existing.extra, ...sent }
    : sent;
}

function withIgnored(fields: ClientFields, before: ClientFields, ignored: readonly string[]): ClientFields {
  const old = Object.entries(before).filter(([field]) => ignored.includes(field) && field in fields);
  return { ...fields, ...Object.fromEntries(old) };
}
