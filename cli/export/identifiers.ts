/** The names of a client in the program. */
export interface Naming {
  /** The resource's name: part of its URN, so it must never change. */
  readonly resource: string;
  /** The constant that holds it. */
  readonly variable: string;
}

/** A client that needs names. */
export interface Unnamed {
  readonly id: string;
  readonly name: string;
}

/** Names that the program has already. */
export interface Taken {
  readonly resources: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

const LONGEST_STEM = 40;
/**
 * A word of letters that are written from left to right, and that every version of TypeScript allows in a name, as small
 * and as capital letters: U+019B has a capital only since Unicode 16.
 */
const NAME_WORD =
  /(?:(?=[\p{L}\d])[a-z\d\u00df-\u019a\u019c-\u024f\u0370-\u03ff\u0400-\u052f\u3041-\u30ff\u3400-\u4db5\u4e00-\u9fa5\uac00-\ud7a3])+/gu;

/**
 * Readable names, in the order of the clients. Clients that would get the same name all get the beginning of their GUID
 * added, so that no name depends on the order.
 */
export function nameAll(clients: readonly Unnamed[], taken: Taken): Naming[] {
  const stems = clients.map(stemOf);
  const count = new Map<string, number>();
  for (const stem of stems) {
    const { variable } = namingOf(stem);
    count.set(variable, (count.get(variable) ?? 0) + 1);
  }
  const variables = new Set(taken.variables);
  const resources = new Set(taken.resources);
  // Unique names first: they must not depend on the names of the others.
  const isUnique = (index: number): boolean => count.get(namingOf(stems[index] ?? []).variable) === 1;
  const order = [...clients.keys()].sort((a, b) => Number(isUnique(b)) - Number(isUnique(a)) || a - b);
  const names: Naming[] = [];
  for (const index of order) {
    const stem = stems[index] ?? [];
    const id = (clients[index]?.id ?? "").toLowerCase().replace(/[^a-z0-9]/g, "");
    const isFree = ({ variable, resource }: Naming): boolean =>
      !variables.has(variable) && !resources.has(resource);
    const name = firstFree(stem, id, isUnique(index), isFree);
    variables.add(name.variable);
    resources.add(name.resource);
    names[index] = name;
  }
  return names;
}

function firstFree(
  stem: readonly string[],
  id: string,
  isUnique: boolean,
  isFree: (naming: Naming) => boolean,
): Naming {
  const better = [...(isUnique ? [stem] : []), [...stem, id.slice(0, 8)], [...stem, id]].map(namingOf);
  let naming = better.find(isFree);
  for (let turn = 2; naming === undefined; turn++) {
    const next = namingOf([...stem, id, String(turn)]);
    if (isFree(next)) naming = next;
  }
  return naming;
}

/** The words of a client's name that can be part of an identifier; accents are dropped. */
function stemOf({ id, name }: Unnamed): string[] {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=[a-z])\p{Mn}+/gu, "");
  const words: string[] = plain.normalize("NFC").match(NAME_WORD) ?? [];
  if (words.length === 0)
    return [
      "client",
      id
        .slice(0, 8)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, ""),
    ];
  const kept = [(words[0] ?? "").slice(0, LONGEST_STEM)];
  for (const word of words.slice(1)) {
    if ([...kept, word].join("-").length > LONGEST_STEM) break;
    kept.push(word);
  }
  return kept;
}

function namingOf(words: readonly string[]): Naming {
  const [first = "", ...rest] = words;
  const joined = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const variable = /^\d/.test(joined) ? `client${joined}` : isReserved(joined) ? `${joined}Client` : joined;
  return { resource: words.join("-"), variable };
}

/** Words that cannot be the name of a variable in a strict module, or that the program uses itself. */
const RESERVED = new Set(
  [
    "arguments as async await break case catch class const continue debugger declare default delete do else enum eval",
    "export extends false finally for from function get if implements import in infinity instanceof interface let nan",
    "new null of package private protected public return set static super switch this throw true try type typeof",
    "undefined using var void while with yield",
    "console exports global globalthis module process promise pulumi require thinkgeo",
  ].flatMap((line) => line.split(" ")),
);

const isReserved = (word: string): boolean => RESERVED.has(word.toLowerCase());

/** The words and strings of a program: new names must differ from them. */
interface ProgramText {
  /** Every word of the code. */
  readonly words: ReadonlySet<string>;
  /** The contents of every string. */
  readonly strings: ReadonlySet<string>;
}

/**
 * Splits TypeScript into comments, strings and words. A quotation mark in a regular expression is taken for a string that
 * ends with the line, so declarations and names of clients are also searched for in the whole text.
 */
export function readProgramText(text: string): ProgramText {
  const words = new Set<string>();
  const strings = new Set<string>();
  for (let at = 0; at < text.length;) {
    const two = text.slice(at, at + 2);
    const sign = text.charAt(at);
    if (two === "//") at = after(text, "\n", at);
    else if (two === "/*") at = after(text, "*/", at + 2);
    else if (sign === '"' || sign === "'" || sign === "`") {
      const end = endOfString(text, at, sign);
      strings.add(text.slice(at + 1, end));
      at = end + 1;
    } else {
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0] ?? "";
      if (word !== "") words.add(word);
      at += Math.max(1, word.length);
    }
  }
  for (const [, word = ""] of text.matchAll(DECLARED)) words.add(word);
  for (const [, name = ""] of text.matchAll(NAMED)) strings.add(name);
  return { words, strings };
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const DECLARED = /\b(?:const|let|var|function|class|enum|namespace) ([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;
const NAMED = /\bClient\(\s?["'`]([^"'`\n]{1,300})["'`]/g;

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? text.length : found + end.length;
}

/** The position of the closing quotation mark. Without one, a string ends with its line, a template with the text. */
function endOfString(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "\\") at++;
    else if (sign === quote || (sign === "\n" && quote !== "`")) return at;
  }
  return text.length;
}
