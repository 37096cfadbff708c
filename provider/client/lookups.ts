import { oneOf } from "../model/rules";
import { believedSecret } from "../model/secret";
import { CLIENT_TYPES, type RemoteClient } from "../model/wire";
import { UserError } from "../troubleshooting";
import type { Roster } from "./roster";
import type { Connection } from "./connection";
import type { AccountInfo, ClientInfo, RoleInfo } from "./lookup-results";
import { NO_SECRET } from "./warnings";

/** Where a look-up reads: one account as this run sees it, with one token and one list, however many look-ups there are. */
export type LookupSource = Pick<Connection, "account" | "cloud" | "budget">;

/**
 * The one client that has an id or a name.
 *
 * @param warn given where the secret is wanted, too: says that ThinkGeo does not give it
 */
export async function findClient(
  source: LookupSource,
  { id, name }: { readonly id?: string | undefined; readonly name?: string | undefined },
  warn?: (message: string) => void,
): Promise<ClientInfo & { readonly clientSecret: string | undefined }> {
  if ((id === undefined) === (name === undefined))
    throw new UserError("client-not-found", "getClient needs an id or a name, and not both.");
  const found =
    id === undefined ? await byName(source, name ?? "") : await source.account.lookUp(id, source.budget());
  const client = await source.account.inFull(found, source.budget());
  const clientSecret = warn && (await secretOf(source, client, warn));
  return { ...(await infoOf(source, client)), clientSecret };
}

/** A list may leave secrets out, or show a mask in their place. */
async function secretOf(
  { cloud, budget }: LookupSource,
  client: RemoteClient,
  warn: (message: string) => void,
): Promise<string | undefined> {
  const title = `client ${JSON.stringify(client.name)} (${client.id})`;
  if (client.clientType === "JavaScript") {
    warn(`${title} has no secret: it is a JavaScript client. The clientSecret that was looked up is empty.`);
    return undefined;
  }
  const shown = ({ raw }: RemoteClient): string | undefined =>
    believedSecret(raw["apiSecret"], undefined).secret;
  const secret = shown(client) ?? shown(await cloud.getClient(client.id, budget()));
  if (secret === undefined)
    warn(`${title}: ${NO_SECRET} Give it to the program from elsewhere, such as a secret setting.`);
  return secret;
}

async function byName({ account, budget }: LookupSource, name: string): Promise<RemoteClient> {
  const named = (roster: Roster): readonly RemoteClient[] => {
    roster.requireComplete(`look up client ${JSON.stringify(name)}`);
    return roster.all.filter((one) => one.name === name);
  };
  const listed = named(await account.namedRoster(budget()));
  // It may have been made in this run, after the list was read.
  if (listed.length === 0) await account.freshRoster(budget());
  const [client, ...more] = listed.length > 0 ? listed : named(await account.namedRoster(budget()));
  if (client === undefined)
    throw new UserError("client-not-found", `The account has no client named ${JSON.stringify(name)}.`);
  if (more.length === 0) return client;
  const ids = [client, ...more].map(({ id, isActive }) => (isActive ? id : `${id} (deactivated)`));
  throw new UserError(
    "client-not-found",
    `The account has ${ids.length} clients named ${JSON.stringify(name)}: look one up by its id, ${ids.join(" or ")}.`,
  );
}

/** All clients that fit, ordered by name. */
export async function findClients(
  source: LookupSource,
  wanted: {
    readonly type?: string | undefined;
    readonly active?: boolean | undefined;
    readonly nameMatches?: RegExp | undefined;
  },
): Promise<ClientInfo[]> {
  const problem = wanted.type === undefined ? undefined : oneOf(CLIENT_TYPES)(wanted.type);
  if (problem !== undefined)
    throw new UserError("client-not-found", `The type of getClients ${problem.reason}${problem.after ?? ""}`);
  const roster = await source.account.fullRoster(source.budget());
  roster.requireComplete("look up clients");
  const all = await Promise.all(roster.all.map((client) => infoOf(source, client)));
  return all
    .filter(
      ({ type, active, name }) =>
        (wanted.type ?? type) === type &&
        (wanted.active ?? active) === active &&
        // Unlike test(), search() does not go on where it was the last time (flag g).
        (wanted.nameMatches === undefined || name.search(wanted.nameMatches) !== -1),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function infoOf({ account, budget }: LookupSource, listed: RemoteClient): Promise<ClientInfo> {
  const client = await account.inFull(listed, budget());
  account.warnOfOmitted(client, client.name);
  const live = await account.describe(client, {}, budget());
  return {
    id: client.id,
    name: live.name,
    type: client.clientType,
    active: live.active,
    allowedOrigins: [...(live.allowedOrigins?.entries ?? [])],
    allowedIpAddresses: [...(live.allowedIpAddresses?.entries ?? [])],
    grantedRoles: live.grantedRoles,
    clientId: client.apiKey,
    apiKey: client.clientType === "JavaScript" ? client.apiKey : undefined,
    ownerId: client.ownerId,
  };
}

/** The roles that clients of the account can have. */
export const findRoles = async ({ cloud, budget }: LookupSource): Promise<RoleInfo[]> =>
  (await cloud.listRoles(budget())).map(({ id, name }) => ({ id, name }));

/** Whose credentials are used, and which roles that account has. */
export async function findAccount({ cloud, budget }: LookupSource): Promise<AccountInfo> {
  const { id, name } = await cloud.currentAccount(budget());
  const roles = await cloud.listAccountRoles(budget());
  return { id, name, roles: roles.map((role) => ({ name: role.name, expiration: role.expiration })) };
}
