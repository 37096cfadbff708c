import * as z from "zod";
import { CLIENT_TYPES } from "../../provider/model/wire";
import { closest } from "../../provider/text";
import { openProperties } from "../stacks/sealed";
import type { ManagedClient } from "../stacks/clients";
import { exportStack, readStackFile, selectedStack, type Stack } from "../stacks/stack";
import type { Terminal } from "../terminal/terminal";
import type { ExplainOptions } from "./options";
import type { Subject } from "./report";
import { quoted } from "../text";

/** A client as a stack last deployed it. */
export async function fromStack(options: ExplainOptions, terminal: Terminal): Promise<Subject> {
  const stack = await readStack(options, terminal);
  const client = oneOf(stack, options.resource);
  const { values, sealed } = openProperties({ ...client.outputs, ...client.inputs });
  const where = `${quoted(client.resource)} of ${quoted(stack.name)}`;
  const hidden = ["type", "active", "allowedOrigins", "allowedIpAddresses"].find((key) => sealed.has(key));
  if (hidden !== undefined)
    throw new Error(`The state keeps ${hidden} of ${where} secret: ask with --client ${client.id} instead.`);
  const read = properties.safeParse(values);
  if (!read.success)
    throw new Error(
      `The state of ${where} cannot be understood: run "pulumi refresh", or ask with --client.`,
    );
  const { name, ...whitelist } = read.data;
  return {
    from: "stack",
    id: client.id,
    name,
    stack: stack.name,
    resource: client.resource,
    ...whitelist,
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

async function readStack({ file, stack, cwd }: ExplainOptions, terminal: Terminal): Promise<Stack> {
  if (file !== undefined) return readStackFile(file, terminal);
  return exportStack(stack ?? (await selectedStack(cwd, terminal)), cwd, terminal);
}

/** By its name in the program, or its URN; without either, the only one. */
function oneOf({ name, clients: all }: Stack, wanted: string | undefined): ManagedClient {
  // Of a RotatingClient the current client comes first, and that is the one in use.
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
    throw new Error(
      `${quoted(name)} has no ${what}${near === undefined ? "." : `: did you mean ${quoted(near)}?`}`,
    );
  }
  if (wanted === undefined)
    throw new Error(
      `${quoted(name)} has ${clients.length} clients: pick one with --resource (${names.join(", ")}).`,
    );
  throw new Error(
    `${quoted(name)} has ${found.length} clients named ${quoted(wanted)}: pick one by its URN (${found.map(({ urn }) => urn).join(", ")}).`,
  );
}
