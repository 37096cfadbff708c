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
  type: choice("TYPE", CLIENT_TYPES, `a client to be: ${CLIENT_TYPES.join(" or ")}`),
  allow: repeated("ENTRY", "what its whitelist holds (default: no restriction)"),
  inactive: flag("it is switched off"),
  client: single("NAME|GUID", "a client of the account, as it is now (one token and one list)"),
  resource: single(
    "NAME",
    "a client of a stack, as it was last deployed (its name in the program, or its URN)",
  ),
  stack: stackOption(
    "that stack (default: the one selected in the folder); for --client, what to sign in with",
  ),
  file: single("FILE", 'that stack, as "pulumi stack export --file FILE" wrote it'),
  cwd: CWD,
  origin: single("URL", "the page that asks: its origin, or its whole address"),
  referer: single("URL", "a page whose request sends a Referer and no Origin, such as an image's"),
  address: single("ADDRESS", "the address that ThinkGeo sees of the caller"),
  json: jsonOption("print JSON (docs/schemas/explain.schema.json)"),
};

type ExplainOptions = Values<typeof OPTIONS>;

/** `thinkgeo explain`: would a key work for a caller? */
export const explain = defineCommand({
  summary: "say whether a key would work from somewhere, and why not",
  usage:
    "explain (--type TYPE [--allow ENTRY]… | --client NAME | --stack NAME --resource NAME) --origin URL | --address IP",
  about:
    "Says whether a client's key would work from a page or an address: allowed, refused, or not documented by ThinkGeo, " +
    "by which entry, and why entries that look right do not match. Nothing is changed; with --type, nobody is asked. docs/explain.md shows it.",
  options: OPTIONS,
  problem: problemOf,
  examples: [
    "thinkgeo explain --type JavaScript --allow '*.acme.com' --origin https://app.acme.com",
    "thinkgeo explain --type NativeConfidential --allow 203.0.113.0/24 --address 203.0.113.9",
    "thinkgeo explain --client 'Tile renderer' --address 203.0.113.9",
    "thinkgeo explain --stack prod --resource web --origin https://www.acme.com --json",
  ],
  exitCodes: "0 allowed, 1 refused or not documented, 2 if it could not be told",
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
