import { findAccount, findClient, findClients, findRoles, type LookupSource } from "../../client/lookups";
import { withoutUndefined, type Properties } from "../../model/values";
import { UserError } from "../../troubleshooting";
import schema from "./schema.json";

type Find = (source: LookupSource, args: Properties, warn: (message: string) => void) => Promise<Properties>;

const FUNCTIONS: Readonly<Record<string, Find>> = {
  "thinkgeo:index:getClient": async (source, { id, name, withSecret }, warn) => {
    const wanted = { id: textIn(id), name: textIn(name) };
    return { ...(await findClient(source, wanted, withSecret === true ? warn : undefined)) };
  },
  "thinkgeo:index:getClients": async (source, { type, active, nameStartsWith }) => {
    const clients = await findClients(source, {
      type: textIn(type),
      active: typeof active === "boolean" ? active : undefined,
    });
    const named = clients.filter(({ name }) => name.startsWith(textIn(nameStartsWith) ?? ""));
    return { clients: named.map(withoutUndefined) };
  },
  "thinkgeo:index:getRoles": async (source) => ({ roles: await findRoles(source) }),
  "thinkgeo:index:getAccount": async (source) => {
    const { roles, ...account } = await findAccount(source);
    return { ...account, roles: roles.map(withoutUndefined) };
  },
};

/** Calls a function of the schema. The source is asked for only if the call can be made. */
export async function callFunction(
  token: string,
  args: Properties,
  session: { readonly lookupSource: LookupSource },
  warn: (message: string) => void,
): Promise<Properties> {
  const find = FUNCTIONS[token];
  if (find === undefined) throw new Error(`There is no function ${token}.`);
  requireArguments(token, args);
  return find(session.lookupSource, args, warn);
}

const ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(schema.functions).map(([token, described]) => [
    token,
    "inputs" in described ? Object.keys(described.inputs.properties) : [],
  ]),
);

/** Programs in YAML are checked by nobody else, and a filter that is not known would let everything through. */
function requireArguments(token: string, args: Properties): void {
  const known = ARGUMENTS.get(token) ?? [];
  const unknown = Object.keys(args).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  const offered = known.length === 0 ? "It takes none." : `It takes ${known.join(", ")}.`;
  throw new UserError("the-program", `${token} has no argument ${unknown.join(", ")}. ${offered}`);
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
