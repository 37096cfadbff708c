import type { Report } from "../report";
import { html } from "./html";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { table, type Paint } from "./table";

export const FORMATS = ["table", "json", "markdown", "junit", "sarif", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** What the ending of a file says about its format. */
export const ENDINGS: Readonly<Record<string, Format>> = {
  ".txt": "table",
  ".json": "json",
  ".md": "markdown",
  ".xml": "junit",
  ".sarif": "sarif",
  ".html": "html",
};

const RENDERERS: Readonly<Record<Format, (report: Report, paint: Paint) => string>> = {
  table,
  json,
  markdown,
  junit,
  sarif,
  html,
};

export const render = (report: Report, format: Format, paint: Paint): string =>
  RENDERERS[format](report, paint);
