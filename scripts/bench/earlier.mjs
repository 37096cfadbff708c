import { readFileSync } from "node:fs";
import { Figures } from "./figures.mjs";
import { UsageError } from "./options.mjs";

/**
 * What earlier runs wrote with --json, together.
 *
 * @param {readonly string[]} files
 */
export function figuresFrom(files) {
  const figures = new Figures();
  for (const file of files)
    for (const { values, ...key } of figuresIn(file)) for (const value of values) figures.add(key, value);
  return figures;
}

/**
 * @param {string} file
 * @returns {import("./figures.mjs").Figure[]}
 */
function figuresIn(file) {
  try {
    const written = JSON.parse(readFileSync(file, "utf8"));
    if (written.version === 1 && Array.isArray(written.figures)) return written.figures;
  } catch {
    // What is no JSON is refused like JSON of another kind.
  }
  throw new UsageError(`${file} is nothing that --json of this bench wrote.`);
}
