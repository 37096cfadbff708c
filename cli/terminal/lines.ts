import { printable } from "../../provider/text";

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

type Style = keyof typeof CODES;

/** A text with a colour or weight. */
interface Styled {
  readonly style: Style;
  readonly text: string;
}

export type Span = string | Styled;

/** One line for a person. Any text may be in it, also names and servers' words: it is escaped when it is printed. */
export type Line = Span | readonly Span[];

export const styled = (style: Style, text: string): Styled => ({ style, text });

/** A line as text. Control characters, invisible ones, and commands for a CI runner are escaped. */
export function lineText(line: Line, inColour: boolean): string {
  const spans = typeof line === "string" || "text" in line ? [line] : line;
  return spans
    .map((span) => {
      if (typeof span === "string") return printable(span);
      return inColour ? `\u001b[${CODES[span.style]}m${printable(span.text)}\u001b[0m` : printable(span.text);
    })
    .join("");
}

export const linesText = (lines: readonly Line[], inColour: boolean): string =>
  lines.map((line) => `${lineText(line, inColour)}\n`).join("");

/** Escapes a text, and cuts it to so many columns. */
export function shortened(text: string, columns: number): string {
  const shown = printable(text);
  if (textWidth(shown) <= columns) return shown;
  let short = "";
  for (const sign of shown) {
    if (textWidth(short + sign) > columns - 1) break;
    short += sign;
  }
  return `${short}…`;
}

/** Fills a text with spaces to so many columns. */
const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - textWidth(text)));

/** Escapes a text, and breaks it into lines of at most so many columns; a longer word has a line of its own. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** A row of a table: short cells, and sentences. */
export interface Row {
  readonly cells: readonly Span[];
  readonly texts: readonly Span[];
}

const GAP = 2;
const WIDEST_CELL = 40;
/** With fewer columns than this, sentences are printed below the cells. */
const NARROWEST_TEXT = 36;
const INDENT = 4;

/** A table of at most so many columns, with the sentences of a row beside or below its cells. */
export function table(rows: readonly Row[], columns: number): Line[] {
  const widths = widthsOf(rows, columns);
  const indent = widths.reduce((sum, width) => sum + width + GAP, 0);
  const isBeside = columns - indent >= NARROWEST_TEXT;
  return rows.flatMap(({ cells, texts }): Line[] => {
    const left = cells.map((cell, column): Span => {
      const width = widths[column] ?? 0;
      const isLast = !isBeside && column === cells.length - 1;
      const text = shortened(textOf(cell), width);
      return withText(cell, isLast ? text : padded(text, width + GAP));
    });
    const room = columns - (isBeside ? indent : INDENT);
    const right = texts.flatMap((text) => wrapped(textOf(text), room).map((part) => withText(text, part)));
    if (!isBeside) return [left, ...right.map((text) => [" ".repeat(INDENT), text])];
    const [first = "", ...others] = right;
    return [[...left, first], ...others.map((text) => [" ".repeat(indent), text])];
  });
}

/** Each column is as wide as its widest cell, but all together are at most as wide as the screen. */
function widthsOf(rows: readonly Row[], columns: number): number[] {
  const count = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(
      0,
      ...rows.map(({ cells }) => Math.min(WIDEST_CELL, textWidth(printable(textOf(cells[column] ?? ""))))),
    ),
  );
  const total = (): number => widths.reduce((sum, width) => sum + width + GAP, -GAP);
  while (total() > columns && Math.max(...widths) > 8) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const textOf = (span: Span): string => (typeof span === "string" ? span : span.text);

const withText = (span: Span, text: string): Span => (typeof span === "string" ? text : { ...span, text });

/* As prettier counts: emoji and East Asian letters take two columns, combining marks none. */
const PICTURE = /[\u{1f1e6}-\u{1f1ff}]{2}|\p{Extended_Pictographic}\ufe0f|\p{Emoji_Presentation}/gu;
const INVISIBLE = /[\u0300-\u036f\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/gu;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/gu;

/** How many columns a text takes on a screen. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  const plain = text.replace(PICTURE, "  ").replace(INVISIBLE, "");
  return Array.from(plain.replace(WIDE, "  ")).length;
}

/** A JSON document. Control characters and commands for a CI runner are escaped; the value that a program reads is the same. */
export const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).split("\n").map(printable).join("\n")}\n`;
