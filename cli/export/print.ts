import { printable } from "../../provider/text";
import type { Declaration } from "./declaration";
import type { Naming } from "./identifiers";
import { textWidth } from "../terminal/lines";

/** One client in the program. */
export interface Block {
  readonly naming: Naming;
  readonly declaration: Declaration;
  /** The sentences of the comments above it. */
  readonly comments: readonly string[];
  /** The text before the name of the variable. @default "export const " */
  readonly exported?: string;
}

type Value = boolean | string | readonly string[];

const COLUMNS = 80;

/** A client as a statement, formatted as by prettier. */
export function printBlock({ naming, declaration, comments, exported = "export const " }: Block): string {
  const properties = Object.entries<Value>({ ...declaration });
  const body = (indent: string): string[] =>
    properties.map(([key, value]) => printProperty(indent, key, value));
  const left = `${exported}${naming.variable} =`;
  const name = printString(naming.resource);
  return [
    ...comments.map((text) => printComment(text)),
    ...layOut(left, "new thinkgeo.Client(", name, body),
  ].join("\n");
}

/** Prettier's ways to break `left = call(name, { … });` into lines: the first whose first lines are short enough. */
function layOut(left: string, call: string, name: string, body: (indent: string) => string[]): string[] {
  const hugged = `${call}${name}, {`;
  const fits = (text: string): boolean => textWidth(text) <= COLUMNS;
  if (fits(`${left} ${hugged}`)) return [`${left} ${hugged}`, ...body("  "), "});"];
  const broken = (indent: string): string[] => [
    `${indent}  ${name},`,
    `${indent}  {`,
    ...body(`${indent}    `),
    `${indent}  },`,
    `${indent});`,
  ];
  if (fits(`${left} ${call}`)) return [`${left} ${call}`, ...broken("")];
  return fits(`  ${hugged}`)
    ? [left, `  ${hugged}`, ...body("    "), "  });"]
    : [left, `  ${call}`, ...broken("  ")];
}

function printProperty(indent: string, key: string, value: Value): string {
  if (typeof value === "boolean") return `${indent}${key}: ${String(value)},`;
  if (typeof value === "string") return `${indent}${key}: ${printString(value)},`;
  const entries = value.map(printString);
  const flat = `${indent}${key}: [${entries.join(", ")}],`;
  if (entries.length === 0 || textWidth(flat) <= COLUMNS) return flat;
  return [`${indent}${key}: [`, ...entries.map((entry) => `${indent}  ${entry},`), `${indent}],`].join("\n");
}

/** A string as prettier quotes it. Invisible characters are escaped. */
export function printString(text: string): string {
  const double = text.split('"').length;
  const single = text.split("'").length;
  const quote = double > single ? "'" : '"';
  const escaped = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return quote + escaped.replace(INVISIBLE, escapeOf) + quote;
}

/** Control, format and private characters, unpaired surrogates and unusual spaces, but not the joiners, which emoji and scripts need. */
export const INVISIBLE = /(?![ \u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Z}]/gu;

function escapeOf(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/** A comment of one line, whatever is in the text. */
export const printComment = (text: string, signs = "//"): string => `${signs} ${printable(text).trim()}`;
