import { whitelistAllows, type Caller } from "../provider/whitelist/allows";
import { withAccount } from "./account/access";
import { json } from "./terminal/json";
import { described } from "./explain/described";
import { fromAccount } from "./explain/from-account";
import { fromStack } from "./explain/from-stack";
import { callerOf, explainOptions, OPTIONS, type ExplainOptions } from "./explain/options";
import { answerLines } from "./explain/render";
import type { ExplainReport, Subject } from "./explain/report";
import { signIn } from "./account/sign-in";
import type { Terminal } from "./terminal/terminal";
import { EXIT } from "./terminal/ending";
import { readOptions, type Verb } from "./verb";

/** `thinkgeo explain`: would this key work from there? */
export const explain: Verb = {
  summary: "say whether a key would work from somewhere, and why not",
  help: {
    usage:
      "explain (--type TYPE [--allow ENTRY]… | --client NAME | --stack NAME --resource NAME) --origin URL | --address IP",
    about:
      "Says whether a client's key would work from a page or an address: allowed, refused, or not documented by ThinkGeo, " +
      "by which entry, and why entries that look right do not match. Nothing is changed; with --type, nobody is asked. docs/explain.md shows it.",
    options: OPTIONS,
    examples: [
      "thinkgeo explain --type JavaScript --allow '*.acme.com' --origin https://app.acme.com",
      "thinkgeo explain --type NativeConfidential --allow 203.0.113.0/24 --address 203.0.113.9",
      "thinkgeo explain --client 'Tile renderer' --address 203.0.113.9",
      "thinkgeo explain --stack prod --resource web --origin https://www.acme.com --json",
    ],
    exitCodes: "0 allowed, 1 refused or not documented, 2 if it could not be told",
  },
  run: async (args, terminal) => {
    const options = readOptions(args, OPTIONS, explainOptions);
    // What is wrong with the question should be known before anything is asked.
    const caller = callerOf(options);
    const report = answer(await find(options, terminal), caller);
    if (options.json) terminal.write(json(report));
    else terminal.print(...answerLines(report, terminal.columns));
    return report.verdict === "allowed" ? EXIT.fine : EXIT.found;
  },
};

async function find(options: ExplainOptions, terminal: Terminal): Promise<Subject> {
  const { type, client, stack, cwd } = options;
  if (type !== undefined) return described(options);
  if (client === undefined) return fromStack(options, terminal);
  const configuration = await signIn({ stack, cwd }, terminal);
  return terminal.waitingFor("Reading the account…", () =>
    withAccount(configuration, terminal, (access) => fromAccount(access, client)),
  );
}

function answer(client: Subject, caller: Caller): ExplainReport {
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
