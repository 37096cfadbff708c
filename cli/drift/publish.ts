import { extname } from "node:path";
import type { Terminal } from "../terminal/terminal";
import { UsageError } from "../verb";
import { writeText } from "../files";
import type { DriftOptions } from "./options";
import { ENDINGS, FORMATS, render, type Format } from "./render";
import { tableLines } from "./render/table";
import type { Report } from "./report";

type Wanted = Pick<DriftOptions, "format" | "json" | "output">;

/** Refuses a file whose format nobody can tell, before anything is asked for. */
export function requireFormats(options: Wanted): void {
  for (const file of options.output) formatOf(file, options);
}

/** Prints the report, or writes it into files and prints the table. */
export function publish(report: Report, options: Wanted, terminal: Terminal): void {
  const format = options.output.length > 0 ? "table" : (asked(options) ?? "table");
  for (const file of options.output) writeText(file, render(report, formatOf(file, options)), terminal);
  if (format === "table") terminal.print(...tableLines(report, terminal.columns));
  else terminal.write(render(report, format));
}

const asked = ({ format, json }: Wanted): Format | undefined => (json ? "json" : format);

function formatOf(file: string, options: Wanted): Format {
  const format = asked(options) ?? ENDINGS[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new UsageError(
    `--output: the format of ${file} cannot be told from its ending, so say --format ${FORMATS.join(" or ")}.`,
  );
}
