import * as z from "zod";
import { IdSet } from "../../provider/model/ids";
import { matchesGlob, quoted, readJson } from "../text";
import { UserError } from "../../provider/troubleshooting";
import { ALL_KINDS, isKindOfFinding, type Finding, type FindingKind, type Report } from "./report";

/** What rules of `.thinkgeoignore` look at. */
type Ignorable = Pick<Finding, "kind" | "id" | "name" | "type">;

/** Whether a finding is left out. */
export type Ignore = (finding: Ignorable) => boolean;

interface Rules {
  readonly names: Set<string>;
  readonly globs: string[];
  readonly ids: IdSet;
  readonly types: Set<string>;
  /** Whether everything is left out. */
  everything: boolean;
}

const noRules = (): Rules => ({
  names: new Set(),
  globs: [],
  ids: new IdSet(),
  types: new Set(),
  everything: false,
});

/** Reads `.thinkgeoignore`: one rule per line. Names without wildcards and ids are looked up, not compared one by one. */
export function readIgnore(file: string, text: string): Ignore {
  const everyKind = noRules();
  const byKind = new Map<FindingKind, Rules>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const rule = line.trim();
    if (rule === "" || rule.startsWith("#")) continue;
    if (!rule.startsWith("kind:")) {
      addRule(everyKind, rule);
      continue;
    }
    const [kind = "", ...words] = rule.slice("kind:".length).split(/\s/);
    const rest = words.join(" ").trim();
    if (!isKindOfFinding(kind))
      throw new UserError(
        "drift-file",
        `${file}, line ${index + 1}: there is no kind ${quoted(kind, 40)}. Kinds are ${ALL_KINDS.join(", ")}.`,
      );
    const rules = byKind.get(kind) ?? noRules();
    byKind.set(kind, rules);
    if (rest === "") rules.everything = true;
    else addRule(rules, rest);
  }
  return (finding) => {
    const ofKind = byKind.get(finding.kind);
    return matches(everyKind, finding) || (ofKind !== undefined && matches(ofKind, finding));
  };
}

function addRule(rules: Rules, rule: string): void {
  if (rule.startsWith("id:")) rules.ids.add(rule.slice(3).trim());
  else if (rule.startsWith("type:")) rules.types.add(rule.slice(5).trim().toLowerCase());
  else addName(rules, rule.startsWith("name:") ? rule.slice(5).trim() : rule);
}

function addName(rules: Rules, name: string): void {
  if (/[*?]/.test(name)) rules.globs.push(name);
  else rules.names.add(name);
}

const matches = (rules: Rules, { id, name, type }: Ignorable): boolean =>
  rules.everything ||
  rules.names.has(name) ||
  rules.ids.has(id ?? undefined) ||
  (type !== null && rules.types.has(type.toLowerCase())) ||
  rules.globs.some((glob) => matchesGlob(glob, name));

const baselineFile = z.looseObject({
  version: z.literal(1),
  findings: z.array(z.looseObject({ key: z.string() })),
});

/** The keys of the findings that a baseline accepts. */
export function readBaseline(file: string, text: string): ReadonlySet<string> {
  const parsed = baselineFile.safeParse(readJson(text));
  if (!parsed.success)
    throw new UserError(
      "drift-file",
      `${file} is not a baseline: make one with "thinkgeo drift --write-baseline ${file}".`,
    );
  return new Set(parsed.data.findings.map(({ key }) => key));
}

/** The text of a baseline that accepts all findings: one line for each, so that a diff of it can be read. */
export function baselineOf({ findings }: Report): string {
  const lines = findings.map(({ key, kind, id, name }) => `    ${JSON.stringify({ key, kind, id, name })}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}
