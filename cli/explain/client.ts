import { isPropertyOmitted } from "../../provider/model/client";
import { isIP } from "node:net";
import * as z from "zod";
import { CLIENT_TYPES, type ClientType } from "../../provider/model/wire";
import { closest } from "../../provider/text";
import { EVERY_ADDRESS } from "../../provider/whitelist";
import type { RecordedConnection } from "../account/sign-in";
import { UsageError } from "../command";
import { selectedStack } from "../stacks/pulumi";
import { exportStack, readStackFile } from "../stacks/read";
import type { ManagedClient, Stack } from "../stacks/state";
import type { Terminal } from "../terminal/terminal";
import { count, quoted } from "../text";
import { listInForce } from "../whitelists";
import { UserError } from "../../provider/troubleshooting";
import type { ExplainedClient } from "./report";

/** A client as --type, --allow and --inactive describe it. */
export function clientFromOptions(
  type: ClientType,
  allow: readonly string[],
  active: boolean,
): ExplainedClient {
  const isAddress = (entry: string): boolean => type === "NativeConfidential" || looksLikeAddress(entry);
  const allowedIpAddresses = allow.filter(isAddress);
  const allowedOrigins = allow.filter((entry) => !isAddress(entry));
  const [address, origin] = [allowedIpAddresses[0], allowedOrigins[0]];
  if (address !== undefined && origin !== undefined)
    throw new UsageError(
      `A client has origins or IP addresses, not both, and ${quoted(address)} is an address where ${quoted(origin)} is an origin.`,
    );
  return {
    from: "options",
    id: null,
    name: null,
    stack: null,
    resource: null,
    type,
    active,
    allowedOrigins,
    allowedIpAddresses,
    inForce: null,
  };
}

/** Digits with dots, stars, slashes or hyphens, right or wrong, are not meant to be a host. */
const looksLikeAddress = (entry: string): boolean =>
  (/^[\d.*/-]+$/.test(entry) && /\d/.test(entry)) || entry === EVERY_ADDRESS || isIP(entry) === 6;

/** A client of the account by its GUID, or by its exact name. Takes one list. */
export async function clientFromAccount(
  { account, budget }: RecordedConnection,
  wanted: string,
): Promise<ExplainedClient> {
  const roster = await account.namedRoster(budget());
  const byId = roster.find(wanted);
  const found = byId === undefined ? roster.all.filter(({ name }) => name === wanted) : [byId];
  const [first, ...others] = found;
  const client = first && (await account.inFull(first, budget()));
  if (client === undefined) {
    roster.requireComplete("find the client");
    const near = closest(
      wanted,
      roster.all.map(({ name }) => name),
    );
    const guess =
      near === undefined ? '"thinkgeo drift" lists what there is.' : `did you mean ${quoted(near)}?`;
    throw new UserError("client-not-found", `The account has no client ${quoted(wanted)}: ${guess}`);
  }
  if (others.length > 0)
    throw new UserError(
      "client-not-found",
      `The account has ${count(found.length, "client")} named ${quoted(wanted)}: name one by its GUID (${found.map(({ id }) => id).join(", ")}).`,
    );
  const { id, name, clientType, isActive, allowedOrigins, allowedIpAddresses } = client;
  const type = CLIENT_TYPES.find((known) => known === clientType);
  if (type === undefined)
    throw new UserError(
      "type-differs",
      `The client ${quoted(name)} is of type ${quoted(String(clientType))}, which this version does not know.`,
    );
  const unknown = (["active", "allowedOrigins", "allowedIpAddresses"] as const).find((property) =>
    isPropertyOmitted(client, property),
  );
  if (unknown !== undefined)
    throw new UserError(
      "explain-client",
      `No response of ThinkGeo has ${unknown} of client ${quoted(name)}, so whom it allows is not known. Ask with --resource, or say it with options.`,
    );
  const inForce = listInForce(client);
  // "*.*.*.*" beside origins only says that addresses are not restricted.
  const isDefault = inForce !== "addresses" && allowedIpAddresses.join() === EVERY_ADDRESS;
  return {
    from: "account",
    id,
    name,
    stack: null,
    resource: null,
    type,
    active: isActive,
    allowedOrigins: [...allowedOrigins],
    allowedIpAddresses: isDefault ? [] : [...allowedIpAddresses],
    inForce,
  };
}

/** What says which client of which stack is meant. */
interface StackClient {
  readonly resource: string | undefined;
  readonly stack: string | undefined;
  readonly file: string | undefined;
  readonly cwd: string;
}

/** A client as a stack last deployed it. */
export async function clientFromStack(
  { resource, stack: name, file, cwd }: StackClient,
  terminal: Terminal,
): Promise<ExplainedClient> {
  const stack =
    file === undefined
      ? await exportStack(name ?? (await selectedStack(cwd, terminal)), cwd, terminal)
      : readStackFile(file, terminal);
  const client = onlyClient(stack, resource);
  const where = `${quoted(client.resource)} of ${quoted(stack.name)}`;
  const isEncrypted = (key: string): boolean =>
    (key in client.inputs.values ? client.inputs : client.outputs).encrypted.has(key);
  const hidden = ["type", "active", "allowedOrigins", "allowedIpAddresses"].find(isEncrypted);
  if (hidden !== undefined)
    throw new UserError(
      "explain-client",
      `The state keeps ${hidden} of ${where} secret: ask with --client ${client.id} instead.`,
    );
  const read = properties.safeParse({ ...client.outputs.values, ...client.inputs.values });
  if (!read.success)
    throw new UserError(
      "explain-client",
      `The state of ${where} cannot be understood: run "pulumi refresh", or ask with --client.`,
    );
  return {
    from: "stack",
    id: client.id,
    stack: stack.name,
    resource: client.resource,
    ...read.data,
    inForce: null,
  };
}

const list = z
  .array(z.string())
  .nullish()
  .transform((entries) => entries ?? []);
const properties = z.object({
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? null),
  type: z.enum(CLIENT_TYPES),
  active: z
    .boolean()
    .nullish()
    .transform((active) => active ?? true),
  allowedOrigins: list,
  allowedIpAddresses: list,
});

/** The client with this resource name or URN; without one, the only client of the stack. */
function onlyClient({ name, clients: all }: Stack, wanted: string | undefined): ManagedClient {
  // The first of a RotatingClient's two is the current one, which programs use.
  const urns = new Set<string>();
  const clients = all.filter(({ urn }) => urns.size < urns.add(urn).size);
  const found =
    wanted === undefined
      ? clients
      : clients.filter(({ resource, urn }) => resource === wanted || urn === wanted);
  const [client, ...others] = found;
  if (client !== undefined && others.length === 0) return client;
  const names = clients.map(({ resource }) => resource);
  if (client === undefined) {
    const near = wanted === undefined ? undefined : closest(wanted, names);
    const what = wanted === undefined ? "client" : `client ${quoted(wanted)}`;
    throw new UserError(
      "explain-client",
      `${quoted(name)} has no ${what}${near === undefined ? "." : `: did you mean ${quoted(near)}?`}`,
    );
  }
  const many = `${quoted(name)} has ${count(found.length, "client")}`;
  if (wanted === undefined)
    throw new UserError("explain-client", `${many}: pick one with --resource (${names.join(", ")}).`);
  throw new UserError(
    "explain-client",
    `${many} named ${quoted(wanted)}: pick one by its URN (${found.map(({ urn }) => urn).join(", ")}).`,
  );
}
