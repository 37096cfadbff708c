/** A way in which all names of a model, or all values of an enumeration, are written otherwise than expected. */
export interface Naming {
  /** Completes "Every field is …". */
  readonly words: string;
  readonly of: (name: string) => string;
}

const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
const small = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);
const apart = (sign: string) => (name: string) =>
  small(name).replace(/[A-Z]/g, (letter) => sign + letter.toLowerCase());

const CASINGS: readonly (readonly [name: string, of: (name: string) => string])[] = [
  ["PascalCase", capital],
  ["camelCase", small],
  ["lower case", (name) => name.toLowerCase()],
  ["upper case", (name) => name.toUpperCase()],
  ["snake_case", apart("_")],
  ["kebab-case", apart("-")],
];

const casings = (example: string): Naming[] =>
  CASINGS.map(([name, of]) => ({ words: `written in ${name} ("${of(example)}" for "${example}")`, of }));

/**
 * How all the names of a model are written, undefined where they are as expected or follow no rule. One name proves
 * nothing, unless it follows the rule that the rest of the document is known to follow (`usual`).
 */
export function namingOf(
  expected: readonly string[],
  found: readonly string[],
  usual: Naming | undefined,
): Naming | undefined {
  const names = new Set(found);
  const candidates = [
    ...(usual === undefined ? [] : [usual]),
    ...casings("clientType"),
    ...affixes(expected, found),
  ];
  const hits = candidates.map((naming) => {
    const changed = expected.filter((name) => naming.of(name) !== name);
    if (changed.some((name) => names.has(name))) return 0;
    const count = changed.filter((name) => names.has(naming.of(name))).length;
    return count > 1 || naming === usual ? count : 0;
  });
  const most = Math.max(...hits);
  return most === 0 ? undefined : candidates[hits.indexOf(most)];
}

/** What may stand before or after all names, by each pair of an expected and a found one. */
function affixes(expected: readonly string[], found: readonly string[]): Naming[] {
  const seen = new Map<string, Naming>();
  for (const form of [(name: string) => name, capital])
    for (const name of expected)
      for (const other of found) {
        const at = other.indexOf(form(name));
        if (at < 0 || other.length === name.length) continue;
        const [before, after] = [other.slice(0, at), other.slice(at + name.length)];
        const of = (plain: string): string => before + form(plain) + after;
        const words = `written with something added ("${of("name")}" for "name")`;
        seen.set(words, { words, of });
      }
  return [...seen.values()];
}

/** The casing in which these values have the expected ones; undefined where not all of them are there in any casing. */
export function casingOf(expected: readonly string[], found: readonly string[]): string | undefined {
  const [example = ""] = expected;
  const known = casings(example).find(({ of }) => expected.every((value) => found.includes(of(value))));
  if (known !== undefined) return known.words;
  const lower = found.map((value) => value.toLowerCase());
  return expected.every((value) => lower.includes(value.toLowerCase()))
    ? "written in another casing"
    : undefined;
}
