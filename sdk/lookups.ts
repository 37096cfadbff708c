import * as pulumi from "@pulumi/pulumi";
import type { Roster } from "../provider/client/account";
import type { Connection } from "../provider/client/connection";
import type { RemoteClient } from "../provider/model/wire";
import { declaredSettings, type Account, type Settings } from "./account";
import { warnAboutPlainSecret } from "./register";

/** Where to look. */
export interface LookupOptions {
  /** @default the account of the stack's configuration */
  account?: Account;
}

/** Which client: exactly one of the two. */
export interface GetClientArgs {
  /** The client's GUID. */
  id?: string;
  /** Its name in ThinkGeo's console, which only one client may have. */
  name?: string;
  /** Whether to give the secret, too. @default false */
  withSecret?: boolean;
}

/** Which clients: those that fit all that is given. */
export interface GetClientsArgs {
  type?: "JavaScript" | "NativeConfidential";
  active?: boolean;
  /** A client's name must match. */
  nameMatches?: RegExp;
}

/** A client as the account has it. */
export interface ClientInfo {
  /** The client's GUID. */
  id: string;
  name: string;
  type: string | undefined;
  active: boolean;
  allowedOrigins: string[];
  allowedIpAddresses: string[];
  /** Names, where the API tells them. */
  grantedRoles: string[];
  /** The public key. */
  clientId: string | undefined;
  /** The same, of a JavaScript client: what goes into the URL. */
  apiKey: string | undefined;
  /** The GUID of the account. */
  ownerId: string | undefined;
}

/** The same with its secret, which is marked as one. */
export interface ClientInfoWithSecret extends ClientInfo {
  /** Undefined where ThinkGeo does not give it, as of a JavaScript client. */
  clientSecret: pulumi.Output<string> | undefined;
}

/** A role that clients of the account can have. */
export interface RoleInfo {
  id: string;
  name: string;
}

/** The account, and what it may do. */
export interface AccountInfo {
  id: string;
  name: string;
  /** Its own roles; an evaluation's ends. ISO 8601, as ThinkGeo wrote it. */
  roles: { name: string; expiration: string | undefined }[];
}

/**
 * Looks one client up, at preview already. Fails if there is none, or more than one of that name. All look-ups of a run
 * share one token, one list of the account and one of its roles.
 */
export function getClient(
  args: GetClientArgs & { withSecret: true },
  opts?: LookupOptions,
): Promise<ClientInfoWithSecret>;
export function getClient(args: GetClientArgs, opts?: LookupOptions): Promise<ClientInfo>;
export async function getClient(
  { id, name, withSecret = false }: GetClientArgs,
  { account }: LookupOptions = {},
): Promise<ClientInfo | ClientInfoWithSecret> {
  // Here the frames help: they show which call it was.
  if ((id === undefined) === (name === undefined))
    throw new Error("getClient needs an id or a name, and not both.");
  return lookingUp(async () => {
    const session = await sessionOf(account);
    const client =
      id === undefined
        ? await byName(session, name ?? "")
        : await session.account.lookUp(id, session.budget());
    const info = await infoOf(session, client);
    if (!withSecret) return info;
    const { apiSecret } = client;
    return { ...info, clientSecret: apiSecret === undefined ? undefined : pulumi.secret(apiSecret) };
  });
}

/** {@link getClient} for values that are not known before `up`. With a secret in it, the whole output is secret. */
export const getClientOutput = (
  args: pulumi.Input<{ id?: pulumi.Input<string>; name?: pulumi.Input<string>; withSecret?: boolean }>,
  opts?: LookupOptions,
): pulumi.Output<pulumi.Unwrap<ClientInfoWithSecret>> =>
  outputOf(opts, pulumi.output(args), async (known) => {
    const info = await getClient(known, opts);
    return { clientSecret: undefined, ...info };
  });

/** Looks up all clients that fit, ordered by name. */
export async function getClients(
  args: GetClientsArgs = {},
  { account }: LookupOptions = {},
): Promise<ClientInfo[]> {
  return lookingUp(async () => {
    const session = await sessionOf(account);
    const roster = await session.account.roster(session.budget());
    roster.requireComplete("look up clients");
    const all = await Promise.all(roster.all.map((client) => infoOf(session, client)));
    return all
      .filter(
        ({ type, active, name }) =>
          (args.type ?? type) === type &&
          (args.active ?? active) === active &&
          // Unlike test(), search() does not go on where it was the last time (flag g).
          (args.nameMatches === undefined || name.search(args.nameMatches) !== -1),
      )
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  });
}

/** {@link getClients} as an output. */
export const getClientsOutput = (
  args: GetClientsArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ClientInfo[]> => outputOf(opts, pulumi.output(undefined), () => getClients(args, opts));

/** The roles that clients of the account can have. */
export async function getRoles({ account }: LookupOptions = {}): Promise<RoleInfo[]> {
  return lookingUp(async () => {
    const { cloud, budget } = await sessionOf(account);
    return (await cloud.listRoles(budget())).map(({ id, name }) => ({ id, name }));
  });
}

/** {@link getRoles} as an output. */
export const getRolesOutput = (opts?: LookupOptions): pulumi.Output<RoleInfo[]> =>
  outputOf(opts, pulumi.output(undefined), () => getRoles(opts));

/** Whose credentials are used, and which roles that account has. */
export async function getAccount({ account }: LookupOptions = {}): Promise<AccountInfo> {
  return lookingUp(async () => {
    const { cloud, budget } = await sessionOf(account);
    const { id, name } = await cloud.currentAccount(budget());
    const roles = await cloud.listAccountRoles(budget());
    return { id, name, roles: roles.map((role) => ({ name: role.name, expiration: role.expiration })) };
  });
}

/** {@link getAccount} as an output. */
export const getAccountOutput = (opts?: LookupOptions): pulumi.Output<AccountInfo> =>
  outputOf(opts, pulumi.output(undefined), () => getAccount(opts));

/** An output of what a look-up finds, once its arguments and its account are known. */
function outputOf<A, T>(
  opts: LookupOptions | undefined,
  args: pulumi.Output<A>,
  find: (args: A) => Promise<T>,
): pulumi.Output<pulumi.Unwrap<T>> {
  const account = opts?.account;
  // The credentials are secret, and what they find is not.
  const ready = account === undefined ? true : pulumi.unsecret(declaredSettings(account)).apply(() => true);
  return pulumi.all([args, ready]).apply(([known]) => pulumi.output(find(known as A)));
}

async function byName({ account, budget }: Session, name: string): Promise<RemoteClient> {
  const named = (roster: Roster): readonly RemoteClient[] => {
    roster.requireComplete(`look up client ${JSON.stringify(name)}`);
    return roster.all.filter((one) => one.name === name);
  };
  const listed = named(await account.roster(budget()));
  // It may have been made in this run, after the list was read.
  const [client, ...more] = listed.length > 0 ? listed : named(await account.freshRoster(budget()));
  if (client === undefined) throw new Error(`The account has no client named ${JSON.stringify(name)}.`);
  if (more.length === 0) return client;
  const ids = [client, ...more].map(({ id, isActive }) => (isActive ? id : `${id} (inactive)`));
  throw new Error(
    `The account has ${ids.length} clients named ${JSON.stringify(name)}: look one up by its id, ${ids.join(" or ")}.`,
  );
}

/** Only the whitelist in force counts. */
async function infoOf({ account, budget }: Session, client: RemoteClient): Promise<ClientInfo> {
  return {
    id: client.id,
    name: client.name,
    type: client.clientType,
    active: client.isActive,
    allowedOrigins: client.sharedMode === "IpAddress" ? [] : [...client.allowedOrigins],
    allowedIpAddresses: client.sharedMode === "Origin" ? [] : [...client.allowedIpAddresses],
    grantedRoles: await account.roleNames(client.grantedRoles, budget()),
    clientId: client.apiKey,
    apiKey: client.clientType === "JavaScript" ? client.apiKey : undefined,
    ownerId: client.ownerId,
  };
}

/** One account as this run of the program sees it: one token, and one list, however many look-ups there are. */
type Session = Connection;

/** One process may run the programs of several stacks, one after the other or at once (the Automation API). */
const sessionsOf = new WeakMap<object, Map<Account | undefined, Promise<Session>>>();
const NO_STACK = {};

/** The session of an account; without one, that of the stack's configuration and the environment. */
function sessionOf(account: Account | undefined): Promise<Session> {
  const run = pulumi.runtime.getStackResource() ?? NO_STACK;
  const sessions = sessionsOf.get(run) ?? new Map<Account | undefined, Promise<Session>>();
  sessionsOf.set(run, sessions);
  const known = sessions.get(account);
  if (known !== undefined) return known;
  const opening = open(account);
  sessions.set(account, opening);
  return opening;
}

/** Whose message says all there is to say; of anything else, a defect perhaps, the frames tell more. */
const IN_WORDS = ["ThinkGeoError", "ConfigurationError", "Error"];

/** Lets a look-up fail in a sentence: Pulumi prints of an error that a program does not catch its stack and all its members. */
async function lookingUp<T>(find: () => Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof Error) || !IN_WORDS.includes(error.name)) throw error;
    const plain = new Error(error.message);
    plain.stack = `Error: ${error.message}\n(THINKGEO_LOG=debug shows more)`;
    if (process.env["THINKGEO_LOG"] === "debug") plain.stack = error.stack ?? plain.stack;
    throw plain;
  }
}

/* What talks to ThinkGeo is loaded when the first look-up needs it: most programs make none. */
/* eslint-disable @typescript-eslint/no-require-imports */
async function open(account: Account | undefined): Promise<Session> {
  require("../provider/require-node");
  const settings = account && (await knownSettings(account));
  if (account === undefined) warnAboutPlainSecret();
  const { connect } =
    require("../provider/client/connection") as typeof import("../provider/client/connection");
  const { readConfiguration } =
    require("../provider/configuration") as typeof import("../provider/configuration");
  const lookup = (key: string): string | undefined =>
    settings === undefined ? pulumi.runtime.getConfig(key) : settings[key.replace("thinkgeo:", "")];
  const keys = Object.keys(settings ?? pulumi.runtime.allConfig());
  const given = {
    keys: settings === undefined ? keys : keys.map((key) => `thinkgeo:${key}`),
    project: pulumi.getProject(),
  };
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const debugging = process.env["THINKGEO_LOG"] === "debug";
  return connect(readConfiguration(lookup, process.env, given), { log: debugging ? log : undefined });
}
/* eslint-enable @typescript-eslint/no-require-imports */

async function knownSettings(account: Account): Promise<Settings> {
  const settings = declaredSettings(account);
  // An output that is not known at preview never calls back, and the program would end without a word.
  const { isKnown } = settings as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown))
    throw new Error(
      "The account's credentials are not known before up, so nothing can be looked up in it at preview. Use the Output form, such as getClientOutput.",
    );
  return new Promise((resolve) => settings.apply(resolve));
}
