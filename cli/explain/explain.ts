import { CLIENT_TYPES } from "../../provider/model/wire";
import { type Caller, whitelistAllows } from "../../provider/whitelist/allows";
import { signIn, withConnection } from "../account/sign-in";
import {
  choice,
  CWD,
  defineCommand,
  flag,
  jsonOption,
  repeated,
  single,
  stackOption,
  UsageError,
  type Values,
} from "../command";
import { EXIT } from "../terminal/ending";
import { json } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { clientFromAccount, clientFromOptions, clientFromStack } from "./client";
import { type ExplainedClient, type ExplainReport, reportLines } from "./report";

const OPTIONS = {
  type: choice("TYPE", CLIENT_TYPES, `describe a client: ${CLIENT_TYPES.join(" or ")}`),
  allow: repeated("ENTRY", "its allowed origin, IP address or range (default: no restriction)"),
  inactive: flag("the described client is deactivated"),
  client: single("NAME|GUID", "a client of the account, as it is now"),
  resource: single("NAME", "a client of a stack, as last deployed: the resource's name or URN"),
  stack: stackOption("that stack (default: the selected one); with --client, its credentials"),
  file: single("FILE", 'that stack, as written by "pulumi stack export --file FILE"'),
  cwd: CWD,
  origin: single("URL", "the calling page: its origin or its URL"),
  referer: single("URL", "a page whose request has a Referer and no Origin, such as an image"),
  address: single("ADDRESS", "the public IP address of the caller"),
  json: jsonOption("print JSON (docs/schemas/explain.schema.json)"),
};

type ExplainOptions = Values<typeof OPTIONS>;

/** `thinkgeo explain`: would a key work for a caller? */
export const explain = defineCommand({
  summary: "say whether a key works for a page or an IP address",
  usage:
    "explain (--type TYPE [--allow ENTRY]… | --client NAME | --resource NAME) [--origin URL | --referer URL] [--address ADDRESS] [options]",
  about:
    "Says whether a client's key works for a page or an IP address, by what ThinkGeo documents: allowed, refused, or not documented. " +
    "Names the entry that allows it, and says why similar entries do not match. Changes nothing; with --type, sends no request.",
  options: OPTIONS,
  problem: problemOf,
  examples: [
    "thinkgeo explain --type JavaScript --allow acme.com --origin https://acme.com",
    "thinkgeo explain --client Web --referer https://acme.com/map",
    "thinkgeo explain --client 'Tile renderer' --address 203.0.113.9",
    "thinkgeo explain --stack prod --resource web --origin https://acme.com --json",
  ],
  exitCodes: "0 allowed, 1 refused or not documented, 2 if it could not be determined",
  run: async (options, terminal) => {
    // Before any request is sent.
    const caller = callerOf(options);
    const report = explainAccess(await findClient(options, terminal), caller);
    if (options.json) terminal.write(json(report));
    else terminal.print(...reportLines(report, terminal.columns));
    return report.verdict === "allowed" ? EXIT.ok : EXIT.findings;
  },
});

function problemOf(options: ExplainOptions): string | undefined {
  const { type, client, resource, stack, file, origin, referer } = options;
  const isInStack = resource !== undefined || stack !== undefined || file !== undefined;
  if (type === undefined && client === undefined && !isInStack)
    return "say which client: --type with --allow, --client, or --stack with --resource";
  if (type !== undefined && (client !== undefined || isInStack))
    return "--type describes a client, and --client, --stack, --file and --resource look for one: use one of the two";
  if (type === undefined && (options.allow.length > 0 || options.inactive))
    return "--allow and --inactive describe a client, and go with --type";
  if (client !== undefined && (resource !== undefined || file !== undefined))
    return "--client looks into the account, and --resource and --file into a stack: use one of the two";
  if (stack !== undefined && file !== undefined)
    return "--stack and --file are two stacks: use one of the two";
  if (origin !== undefined && referer !== undefined)
    return "a request with --origin is judged by that, whatever its --referer: use one of the two";
  return undefined;
}

function callerOf({ origin, referer, address }: ExplainOptions): Caller {
  if (origin !== undefined) return { origin, address };
  if (referer !== undefined) return { referer, address };
  if (address !== undefined) return { address };
  throw new UsageError("say where the request comes from: --origin, --referer or --address.");
}

async function findClient(options: ExplainOptions, terminal: Terminal): Promise<ExplainedClient> {
  const { type, client, stack, cwd } = options;
  if (type !== undefined) return clientFromOptions(type, options.allow, !options.inactive);
  if (client === undefined) return clientFromStack(options, terminal);
  const configuration = await signIn({ stack, cwd }, terminal);
  return terminal.withProgress("Reading the account…", () =>
    withConnection(configuration, terminal, (connection) => clientFromAccount(connection, client)),
  );
}

function explainAccess(client: ExplainedClient, caller: Caller): ExplainReport {
  const { inForce, ...lists } = client;
  const whitelist = inForce === null ? lists : { ...lists, inForce };
  const { verdict, entry = null, reason, nearMisses } = whitelistAllows(whitelist, caller);
  const { origin = null, referer = null, address = null } = caller;
  return {
    version: 1,
    client,
    caller: { origin, referer, address },
    verdict,
    entry,
    reason,
    nearMisses: [...nearMisses],
  };
}
