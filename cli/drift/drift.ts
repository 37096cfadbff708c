import { join } from "node:path";
import * as z from "zod";
import { signIn, withConnection } from "../account/sign-in";
import {
  choice,
  CWD,
  defineCommand,
  jsonOption,
  repeated,
  single,
  stacksOption,
  type Option,
  type Values,
} from "../command";
import { readText, readTextIfThere, writeText } from "../files";
import { chooseStacks, readStacks } from "../stacks/read";
import { EXIT } from "../terminal/ending";
import type { Terminal } from "../terminal/terminal";
import { quoted } from "../text";
import { compare } from "./compare";
import { baselineOf, readBaseline, readIgnore, type Ignore } from "./filter";
import { FORMATS, printReport, requireFormats } from "./output";
import { readAccount } from "./read-account";
import { ALL_KINDS, DEFAULT_FAIL_ON, isKindOfFinding, type FindingKind, type Report } from "./report";

const commaSeparated = (lists: readonly string[]): string[] =>
  lists
    .flatMap((list) => list.split(","))
    .map((word) => word.trim())
    .filter((word) => word !== "");

const CHECKS = ["evaluation", "usage", "secrets"] as const;

const CHECK: Option<(typeof CHECKS)[number][]> = {
  text: "also check evaluation, usage (one more request each) or secrets (decrypts the stacks)",
  value: "WHAT",
  repeated: true,
  words: CHECKS,
  type: z
    .array(z.string())
    .default([])
    .transform(commaSeparated)
    .pipe(z.array(z.enum(CHECKS, { error: `takes ${CHECKS.join(", ")}, separated by commas` }))),
};

const FAIL_ON: Option<ReadonlySet<FindingKind>> = {
  text: `finding types with exit code 1, separated by commas; or all, or none (default: ${DEFAULT_FAIL_ON.join(", ")})`,
  value: "TYPES",
  repeated: true,
  words: [...ALL_KINDS, "all", "none"],
  type: z
    .array(z.string())
    .default([DEFAULT_FAIL_ON.join(",")])
    .transform((lists, context): ReadonlySet<FindingKind> => {
      const words = commaSeparated(lists);
      if (words.length === 0)
        context.addIssue({ code: "custom", message: 'must not be empty: "none" says that nothing fails' });
      const unknown = words.find((word) => !["all", "none"].includes(word) && !isKindOfFinding(word));
      if (unknown !== undefined) {
        const message = `there is no kind ${quoted(unknown, 40)}; kinds are ${ALL_KINDS.join(", ")}, all and none`;
        context.addIssue({ code: "custom", message });
      }
      return new Set(words.includes("all") ? ALL_KINDS : words.filter(isKindOfFinding));
    }),
};

const OPTIONS = {
  stack: stacksOption("a stack to compare (default: the selected one)"),
  cwd: CWD,
  file: repeated("FILE", 'a stack, as written by "pulumi stack export --file FILE"'),
  check: CHECK,
  "fail-on": FAIL_ON,
  "ignore-file": single("FILE", "rules for findings to ignore (default: .thinkgeoignore in --cwd)"),
  baseline: single("FILE", "ignore the findings that FILE accepts"),
  "write-baseline": single("FILE", "write all findings into FILE as accepted, and exit with 0"),
  format: choice("FORMAT", FORMATS, `one of ${FORMATS.join(", ")} (default: table)`),
  json: jsonOption("the same as --format json"),
  output: repeated(
    "FILE",
    "write the report into FILE, in the format of its extension or of --format, and print the table",
  ),
};

/** `thinkgeo drift`: compares one or several stacks with the whole account. Changes neither. */
export const drift = defineCommand({
  summary: "compare stacks with the whole account",
  usage: "drift [STACK|FILE]… [options]",
  about:
    "Compares what stacks declare with all clients of the account, and changes neither. Reports what was changed, deleted or created by hand, " +
    "and clients without a restriction. Authenticates with the configuration of the first stack, else of the environment.",
  options: OPTIONS,
  positionals: z.array(z.string()),
  examples: [
    "thinkgeo drift --stack dev --stack prod",
    "thinkgeo drift state.json --json",
    "thinkgeo drift --stack prod --fail-on all --output drift.html",
  ],
  exitCodes: "0 in sync, 1 drift (see --fail-on), 2 if it could not be determined",
  run: async (options, terminal, positionals) => {
    requireFormats(options);
    const report = await findDrift(options, positionals, terminal);
    const baseline = options["write-baseline"];
    if (baseline !== undefined) writeText(baseline, baselineOf(report), terminal);
    printReport(report, options, terminal);
    return report.inSync || baseline !== undefined ? EXIT.ok : EXIT.findings;
  },
});

type DriftOptions = Values<typeof OPTIONS>;

async function findDrift(
  options: DriftOptions,
  positionals: readonly string[],
  terminal: Terminal,
): Promise<Report> {
  // What is wrong with these files is said before any request is sent.
  const ignore = ignoreOf(options, terminal);
  const { stack, file, baseline, cwd, check } = options;
  const accepted =
    baseline === undefined || options["write-baseline"] !== undefined
      ? new Set<string>()
      : readBaseline(baseline, readText(baseline, terminal));
  const wantsSecrets = check.includes("secrets");
  const chosen = await chooseStacks({ stack, file, positionals, cwd }, terminal);
  const [stacks, configuration] = await terminal.withProgress("Reading the stacks…", () =>
    Promise.all([
      readStacks(chosen, cwd, terminal, wantsSecrets ? "plain" : "encrypted"),
      signIn({ stack: chosen.named, selected: chosen.names[0], cwd }, terminal),
    ]),
  );
  const checks = { evaluation: check.includes("evaluation"), usage: check.includes("usage") };
  const account = await terminal.withProgress("Reading the account…", () =>
    withConnection(configuration, terminal, (connection) =>
      readAccount(connection, stacks, checks, terminal.sleep),
    ),
  );
  return compare(stacks, account, Date.now(), {
    failOn: options["fail-on"],
    ignore,
    accepted,
    wantsSecrets,
  });
}

const IGNORE_FILE = ".thinkgeoignore";

function ignoreOf(options: DriftOptions, terminal: Terminal): Ignore {
  const named = options["ignore-file"];
  const file = named ?? join(options.cwd, IGNORE_FILE);
  const text = named === undefined ? readTextIfThere(file, terminal) : readText(file, terminal);
  return readIgnore(file, text ?? "");
}
