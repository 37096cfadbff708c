import { printable } from "../../provider/text";
import { textWidth } from "./text-width";

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export type Style = keyof typeof CODES;

/** A text with a colour or weight, for a screen that has them. */
export interface Styled {
  readonly style: Style;
  readonly text: string;
}

export type Span = string | Styled;

/** One line for a person. Whatever stands in it, names and servers' words too, stays on it and does nothing else. */
export type Line = Span | readonly Span[];

export const styled = (style: Style, text: string): Styled => ({ style, text });

/** The one door to a screen: what could move it, hide on it or command a pipeline's runner is written as its number. */
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

/** Cut to so many columns, as it is shown. */
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

/** Filled with blanks to so many columns. */
export const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - textWidth(text)));

/** A text in lines of at most so many columns; a word that is longer has a line of its own. */
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

/** A row of a table: short cells, and what is said of them. */
export interface Row {
  readonly cells: readonly Span[];
  readonly texts: readonly Span[];
}

const GAP = 2;
const WIDEST_CELL = 40;
/** In less than this, sentences are no pleasure to read: then they stand below. */
const NARROWEST_TEXT = 36;
const INDENT = 4;

/** Cells below each other, and beside or below them their texts, in so many columns. */
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

/** Each column as wide as its widest cell, but never all together wider than the screen. */
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
