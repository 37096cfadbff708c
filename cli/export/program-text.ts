/** What a program's text is made of, as far as new names must keep clear of it. */
export interface ProgramText {
  /** Every word of the code. */
  readonly words: ReadonlySet<string>;
  /** The contents of every string. */
  readonly strings: ReadonlySet<string>;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/** Splits TypeScript into comments, strings and words. Regular expressions are not known: at worst a name is longer than it need be. */
export function readProgramText(text: string): ProgramText {
  const words = new Set<string>();
  const strings = new Set<string>();
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith("//") || token.startsWith("/*")) continue;
    if (/^["'`]/.test(token)) strings.add(token.slice(1, -1));
    else words.add(token);
  }
  // Where a quote in a regular expression has led the split astray, these are still found.
  for (const [, word = ""] of text.matchAll(DECLARED)) words.add(word);
  for (const [, name = ""] of text.matchAll(NAMED)) strings.add(name);
  return { words, strings };
}

const DECLARED =
  /\b(?:const|let|var|function|class|enum|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;
const NAMED = /\bClient\(\s*["'`]([^"'`\n]+)["'`]/g;
