import type { Report } from "../report";
import { html } from "./html";
import { json } from "../../terminal/json";
import { linesText } from "../../terminal/lines";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { tableLines } from "./table";

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

const RENDERERS: Readonly<Record<Format, (report: Report) => string>> = {
  table: (report) => linesText(tableLines(report, Infinity), false),
  json,
  markdown,
  junit,
  sarif,
  html,
};

/** The report as a document: for a file, or for a program that reads along. */
export const render = (report: Report, format: Format): string => RENDERERS[format](report);
