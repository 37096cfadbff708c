import { join } from "node:path";
import { withAccount } from "./account/access";
import { baselineOf, readBaseline } from "./drift/baseline";
import { compare } from "./drift/compare";
import { readText, readTextIfThere, writeText } from "./files";
import { readIgnore, type Ignore } from "./drift/ignore";
import { viewAccount } from "./drift/look";
import { driftOptions, OPTIONS, type DriftOptions } from "./drift/options";
import { publish, requireFormats } from "./drift/publish";
import type { Report } from "./drift/report";
import { namesOf, readSources } from "./stacks/sources";
import { signIn } from "./account/sign-in";
import type { Terminal } from "./terminal/terminal";
import { EXIT } from "./terminal/ending";
import { readOptions, type Verb } from "./verb";

const IGNORE_FILE = ".thinkgeoignore";

/** `thinkgeo drift`: one or several stacks against the whole account. Changes neither. */
export const drift: Verb = {
  summary: "compare stacks with the whole account, and change neither",
  help: {
    usage: "drift [STACK|FILE]… [options]",
    about:
      "Compares what stacks declare with the clients of the account: what was changed, deleted or made by hand, and what is open to everybody. " +
      "Signs in with the configuration of the first stack, else with THINKGEO_CLIENT_ID and THINKGEO_CLIENT_SECRET. docs/drift.md explains each finding.",
    options: OPTIONS,
    examples: [
      "thinkgeo drift --stack dev --stack prod",
      "thinkgeo drift state.json --json",
      "thinkgeo drift --stack prod --fail-on all --output drift.html --output drift.sarif",
    ],
    exitCodes: "0 in sync, 1 drift (see --fail-on), 2 if it could not be told",
  },
  run: async (args, terminal) => {
    const options = readOptions(args, OPTIONS, driftOptions);
    requireFormats(options);
    const report = await driftReportOf(options, terminal);
    const baseline = options["write-baseline"];
    if (baseline !== undefined) writeText(baseline, baselineOf(report), terminal);
    publish(report, options, terminal);
    return report.inSync || baseline !== undefined ? EXIT.fine : EXIT.found;
  },
};

async function driftReportOf(options: DriftOptions, terminal: Terminal): Promise<Report> {
  // What is wrong with these files should be known before anything is asked for.
  const ignore = ignoreOf(options, terminal);
  const { baseline, cwd, check } = options;
  const accepted =
    baseline === undefined || options["write-baseline"] !== undefined
      ? new Set<string>()
      : readBaseline(baseline, readText(baseline, terminal));
  const wantsSecrets = check.includes("secrets");
  const sources = { ...options, cwd, secrets: wantsSecrets ? "plain" : "encrypted" } as const;
  const names = await namesOf(sources, terminal);
  const [stacks, configuration] = await terminal.waitingFor("Reading the stacks…", () =>
    Promise.all([
      readSources(sources, names, terminal),
      signIn({ stack: names.named, selected: names.stacks[0], cwd }, terminal),
    ]),
  );
  const checks = { evaluation: check.includes("evaluation"), usage: check.includes("usage") };
  const view = await terminal.waitingFor("Reading the account…", () =>
    withAccount(configuration, terminal, (access) => viewAccount(access, stacks, checks, terminal.sleep)),
  );
  return compare(stacks, view, Date.now(), { failOn: options["fail-on"], ignore, accepted, wantsSecrets });
}

function ignoreOf(options: DriftOptions, terminal: Terminal): Ignore {
  const named = options["ignore-file"];
  const file = named ?? join(options.cwd, IGNORE_FILE);
  const text = named === undefined ? readTextIfThere(file, terminal) : readText(file, terminal);
  return readIgnore(file, text ?? "");
}
