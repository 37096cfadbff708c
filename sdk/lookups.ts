import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../provider/client/connection";
import type { AccountInfo, AccountRole, ClientInfo, RoleInfo } from "../provider/client/lookup-results";
import { findAccount, findClient, findClients, findRoles } from "../provider/client/lookups";
import { isDebugging, UserError } from "../provider/troubleshooting";
import { declaredSettings, type Account, type Settings } from "./account";
import { currentRun, warnAboutPlainSecret } from "./register";

export type { AccountInfo, AccountRole, ClientInfo, RoleInfo };

/** Where to look. */
export interface LookupOptions {
  /** The account. @default the one of the stack's configuration */
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
  /** Only clients of this type. @default of both */
  type?: "JavaScript" | "NativeConfidential";
  /** Only clients whose key works, or only those whose key does not. @default both */
  active?: boolean;
  /** Only clients whose name matches. @default all */
  nameMatches?: RegExp;
}

/** The same with its secret, which is marked as one. */
export interface ClientInfoWithSecret extends ClientInfo {
  /** Undefined where ThinkGeo does not give it, as of a JavaScript client. */
  clientSecret: pulumi.Output<string> | undefined;
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
    throw new UserError("client-not-found", "getClient needs an id or a name, and not both.");
  return lookingUp(account, async (connection) => {
    const warn = withSecret ? (message: string): void => void pulumi.log.warn(message) : undefined;
    const { clientSecret, ...info } = await findClient(connection, { id, name }, warn);
    if (!withSecret) return info;
    return { ...info, clientSecret: clientSecret === undefined ? undefined : pulumi.secret(clientSecret) };
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
  return lookingUp(account, (connection) => findClients(connection, args));
}

/** {@link getClients} as an output. */
export const getClientsOutput = (
  args: GetClientsArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ClientInfo[]> => outputOf(opts, pulumi.output(undefined), () => getClients(args, opts));

/** The roles that clients of the account can have. */
export async function getRoles({ account }: LookupOptions = {}): Promise<RoleInfo[]> {
  return lookingUp(account, (connection) => findRoles(connection));
}

/** {@link getRoles} as an output. */
export const getRolesOutput = (opts?: LookupOptions): pulumi.Output<RoleInfo[]> =>
  outputOf(opts, pulumi.output(undefined), () => getRoles(opts));

/** Whose credentials are used, and which roles that account has. */
export async function getAccount({ account }: LookupOptions = {}): Promise<AccountInfo> {
  return lookingUp(account, (connection) => findAccount(connection));
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

/** The connections of each run: one token, and one list of an account, however many look-ups there are. */
const connectionsOf = new WeakMap<object, Map<Account | undefined, Promise<Connection>>>();

/** The connection to an account; without one, to that of the stack's configuration and the environment. */
function connectionTo(account: Account | undefined): Promise<Connection> {
  const run = currentRun();
  const connections = connectionsOf.get(run) ?? new Map<Account | undefined, Promise<Connection>>();
  connectionsOf.set(run, connections);
  const connection = connections.get(account) ?? open(account);
  connections.set(account, connection);
  return connection;
}

/**
 * Looks up in an account. It fails in a sentence: Pulumi prints of an error that a program does not catch
 * its stack and all its members.
 */
async function lookingUp<T>(
  account: Account | undefined,
  find: (connection: Connection) => Promise<T>,
): Promise<T> {
  try {
    return await find(await connectionTo(account));
  } catch (error) {
    // What was not written for users is a defect, and its frames say more than its message.
    if (!(error instanceof UserError)) throw error;
    const plain = new Error(error.message);
    plain.stack = `Error: ${error.message}\n(THINKGEO_LOG=debug shows more)`;
    if (isDebugging(process.env)) plain.stack = error.stack ?? plain.stack;
    throw plain;
  }
}

/* What talks to ThinkGeo is loaded when the first look-up needs it: most programs make none. */
/* eslint-disable @typescript-eslint/no-require-imports */
async function open(account: Account | undefined): Promise<Connection> {
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
  const configuration = readConfiguration(lookup, process.env, given);
  return connect(configuration, { log: isDebugging(process.env) ? log : undefined });
}
/* eslint-enable @typescript-eslint/no-require-imports */

async function knownSettings(account: Account): Promise<Settings> {
  const settings = declaredSettings(account);
  // An output that is not known at preview never calls back, and the program would end without a word.
  const { isKnown } = settings as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown))
    throw new UserError(
      "account-object",
      "The account's credentials are not known before up, so nothing can be looked up in it at preview. Use the Output form, such as getClientOutput.",
    );
  return new Promise((resolve) => settings.apply(resolve));
}
