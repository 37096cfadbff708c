import { createHash, randomBytes } from "node:crypto";

/** The API's `clientType`. */
export type ClientType = "JavaScript" | "NativeConfidential";
/** Which whitelist of a client is in effect: the API's `sharedMode`. */
export type SharedMode = "Origin" | "IpAddress";

/** A client as the account really holds it, whatever the switches make the API show. */
export interface Client {
  /** The client's GUID. */
  readonly id: string;
  /** The account's GUID. */
  readonly ownerId: string;
  /** The public key. */
  readonly apiKey: string;
  /** Made for every client; a JavaScript client's is normally never shown. */
  readonly apiSecret: string;
  /** Its name in the console. */
  name: string;
  /** Its type. */
  clientType: ClientType;
  /** Which of its whitelists is in effect. */
  sharedMode: SharedMode;
  /** In force where `sharedMode` is `"Origin"`. */
  allowedOrigins: string[];
  /** In force where `sharedMode` is `"IpAddress"`. */
  allowedIpAddresses: string[];
  /** Names of roles. */
  grantedRoles: string[];
  /** Whether its key works. */
  isActive: boolean;
  /** Fields beside those that are known, see the switch `extraFields`. */
  extra: Record<string, unknown>;
}

/** What may differ from the default when a client is made from outside the API. */
export type ClientInput = Partial<Omit<Client, "ownerId">> & Pick<Client, "name">;

export interface Account {
  readonly id: string;
  name: string;
  email: string;
  /** The client that a provider is meant to authenticate as; remembered even when it has been deleted. */
  readonly operator: { readonly id: string; readonly clientId: string; readonly clientSecret: string };
  roles: Role[];
  readonly clients: Map<string, Client>;
  /** Transactions by client and day. */
  readonly usage: Map<string, Map<string, number>>;
}

/** A role that an account has. */
export interface Role {
  /** The role's GUID. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** When the role ends, ISO text; null for never. Evaluation ends after 60 days. */
  readonly expiration: string | null;
}

/** What is needed to make a role: its name, or its name and when it ends. */
export type RoleInput = string | (Pick<Role, "name"> & Partial<Pick<Role, "expiration">>);

/** A client by its GUID, or else the first with this name. */
export const findClient = ({ clients }: Account, idOrName: string): Client | undefined =>
  clients.get(idOrName) ?? [...clients.values()].find(({ name }) => name === idOrName);

const vendorBase64 = (bytes: Buffer): string =>
  bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "~");

/** A public key in the vendor's shape: 32 bytes, 44 characters, `~` in place of `=`. */
export const newApiKey = (): string => vendorBase64(randomBytes(32));

/** A secret in the vendor's shape: 40 bytes, 56 characters that end in `~~`. */
export const newApiSecret = (): string => vendorBase64(randomBytes(40));

/** The same GUID for the same name in every emulator, for what the live service shares between accounts. */
export function fixedGuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

const evaluationDays = 60;

/** The roles that open the map services. "User" opens the account and its clients instead. */
export const serviceRoles: readonly string[] = ["Evaluator", "Subscriber"];

export function makeRole(input: RoleInput, now: number): Role {
  const name = typeof input === "string" ? input : input.name;
  const standard = name === "Evaluator" ? new Date(now + evaluationDays * 86_400_000).toISOString() : null;
  const expiration = typeof input === "string" ? standard : (input.expiration ?? null);
  return { id: fixedGuid(`role ${name}`), name, expiration };
}

export const isExpired = (role: Role, now: number): boolean =>
  role.expiration !== null && Date.parse(role.expiration) <= now;

/** What a client's roles become when its account's do: who held one that is gone takes up those that are new. */
export function carryRoles(
  held: readonly string[],
  before: readonly Role[],
  after: readonly Role[],
): string[] {
  const kept = held.filter((name) => after.some((role) => role.name === name));
  if (kept.length === held.length) return kept;
  const added = after
    .filter((role) => !before.some((old) => old.name === role.name))
    .map((role) => role.name);
  return [...kept, ...added];
}
