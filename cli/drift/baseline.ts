import * as z from "zod";
import type { Report } from "./report";

const baselineFile = z.looseObject({
  version: z.literal(1),
  findings: z.array(z.looseObject({ key: z.string() })),
});

/** The keys of the findings that were accepted. */
export function readBaseline(file: string, text: string): ReadonlySet<string> {
  const parsed = baselineFile.safeParse(parsedJson(text));
  if (!parsed.success)
    throw new Error(`${file} is not a baseline: make one with "thinkgeo drift --write-baseline ${file}".`);
  return new Set(parsed.data.findings.map(({ key }) => key));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The text of a baseline that accepts all that was found; a line for each, so that a review can read it. */
export function baselineOf({ findings }: Report): string {
  const lines = findings.map(({ key, kind, id, name }) => `    ${JSON.stringify({ key, kind, id, name })}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}
