import { matchesGlob } from "../glob";
import { ALL_KINDS, isKindOfFinding, type Kind } from "./kinds";

/** What a rule looks at. */
export interface Ignorable {
  readonly kind: Kind;
  readonly id: string | null;
  readonly name: string;
  readonly type: string | null;
}

/** Whether a finding is to be left out. */
export type Ignore = (finding: Ignorable) => boolean;

interface Rules {
  readonly names: Set<string>;
  readonly globs: string[];
  readonly ids: Set<string>;
  readonly types: Set<string>;
  /** The kind as a whole. */
  everything: boolean;
}

const noRules = (): Rules => ({
  names: new Set(),
  globs: [],
  ids: new Set(),
  types: new Set(),
  everything: false,
});

/** Reads a `.thinkgeoignore`: one rule a line. Exact names and ids cost the same however many there are. */
export function readIgnore(file: string, text: string): Ignore {
  const everyKind = noRules();
  const byKind = new Map<Kind, Rules>();
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
      throw new Error(
        `${file}, line ${index + 1}: there is no kind ${JSON.stringify(kind.slice(0, 40))}. Kinds are ${ALL_KINDS.join(", ")}.`,
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
  if (rule.startsWith("id:")) rules.ids.add(rule.slice(3).trim().toLowerCase());
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
  (id !== null && rules.ids.has(id.toLowerCase())) ||
  (type !== null && rules.types.has(type.toLowerCase())) ||
  rules.globs.some((glob) => matchesGlob(glob, name));
