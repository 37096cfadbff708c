/** What a program's text is made of, as far as new names must keep clear of it. */
export interface ProgramText {
  /** Every word of the code. */
  readonly words: ReadonlySet<string>;
  /** The contents of every string. */
  readonly strings: ReadonlySet<string>;
}

/**
 * Splits TypeScript into comments, strings and words. Regular expressions are not known, so a quote in one may lead it
 * astray for a line; what is declared or named there is found all the same.
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

/** Where the closing quote is; a string of one line that is not closed ends with the line. */
function endOfString(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "\\") at++;
    else if (sign === quote || (sign === "\n" && quote !== "`")) return at;
  }
  return text.length;
}
