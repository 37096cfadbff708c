import { extname } from "node:path";
import { UsageError } from "../command";
import { writeText } from "../files";
import { json, linesText } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { html } from "./render/html";
import { junit } from "./render/junit";
import { markdown } from "./render/markdown";
import { sarif } from "./render/sarif";
import { tableLines } from "./render/table";
import type { Report } from "./report";

export const FORMATS = ["table", "json", "markdown", "junit", "sarif", "html"] as const;
type Format = (typeof FORMATS)[number];

export const FORMAT_OF_EXTENSION: Readonly<Record<string, Format>> = {
  ".txt": "table",
  ".json": "json",
  ".md": "markdown",
  ".xml": "junit",
  ".sarif": "sarif",
  ".html": "html",
};

const RENDERERS: Readonly<Record<Format, (report: Report) => string>> = {
  table: (report) => linesText(tableLines(report, Infinity), false),
  json,
  markdown,
  junit,
  sarif,
  html,
};

/** The report as a document. */
export const render = (report: Report, format: Format): string => RENDERERS[format](report);

/** Where the report goes, and in which format. */
interface OutputOptions {
  readonly format: Format | undefined;
  readonly json: boolean;
  readonly output: readonly string[];
}

/** Throws if the format of a file is not known. Called before any request is sent. */
export function requireFormats(options: OutputOptions): void {
  for (const file of options.output) formatOf(file, options);
}

/** Prints the report. With --output, writes it into files and prints the table. */
export function printReport(report: Report, options: OutputOptions, terminal: Terminal): void {
  const format = options.output.length > 0 ? "table" : (formatIn(options) ?? "table");
  for (const file of options.output) writeText(file, render(report, formatOf(file, options)), terminal);
  if (format === "table") terminal.print(...tableLines(report, terminal.columns));
  else terminal.write(render(report, format));
}

const formatIn = ({ format, json: isJson }: OutputOptions): Format | undefined => (isJson ? "json" : format);

function formatOf(file: string, options: OutputOptions): Format {
  const format = formatIn(options) ?? FORMAT_OF_EXTENSION[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new UsageError(
    `--output: the format of ${file} cannot be told from its ending, so say --format ${FORMATS.join(" or ")}.`,
  );
}
