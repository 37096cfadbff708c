import { Refusal, type Call } from "./call";
import type { Account, Client, ClientType, SharedMode } from "./entities";
import { failure, invalid, refuse } from "./envelope";
import { FieldReader } from "./field-reader";
import { isRecord, parsedJson } from "./json";
import type { Switches } from "./switches";
import { isAddressEntry, isOriginEntry, normaliseEntries } from "./whitelist";

/** What a request body may set, the vendor's ClientResource. */
type ClientFields = Pick<
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

/** Throws a refusal where names are unique and another client of the account has this one. */
export function refuseTakenName(call: Call, account: Account, name: string, self?: Client): void {
  const { uniqueNames, conflictStatus } = call.cloud.switches;
  if (!uniqueNames) return;
  const isTaken = [...account.clients.values()].some((other) => other.name === name && other.id !== self?.id);
  if (!isTaken) return;
  const message = "A client with this name already exists.";
  throw conflictStatus === 400 ? new Refusal(invalid(call, { name: [message] })) : refuse(call, 409, message);
}

const jsonTypes = /^(?:application\/json|application\/[\w.-]+\+json|text\/json)\s*(?:;|$)/i;

function readBody(call: Call): Record<string, unknown> {
  if (!jsonTypes.test(call.headers["content-type"] ?? "")) {
    throw new Refusal(failure(call, 415, "The body must be JSON: send Content-Type application/json."));
  }
  const body = parsedJson(call.body);
  if (!isRecord(body)) throw new Refusal(invalid(call, { clientModel: ["The body is not a JSON object."] }));
  return body;
}

function readName(reader: FieldReader, switches: Switches, base: Client | undefined): string {
  const name = kept(reader.text("name") ?? base?.name ?? "", switches);
  if (name.trim() === "" && reader.problems["name"] === undefined) reader.problem("name", "is required");
  if (switches.nameLimit > 0 && name.length > switches.nameLimit) {
    reader.problem("name", `must not be longer than ${switches.nameLimit} characters`);
  }
  return name;
}

function kept(name: string, { nameForm, nameLimit }: Switches): string {
  switch (nameForm) {
    case "kept":
      return name;
    case "shortened":
      return nameLimit > 0 ? name.slice(0, nameLimit) : name;
    case "lower":
      return name.toLowerCase();
    case "normalised":
      return name.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
    case "escaped":
      return name.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }
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
