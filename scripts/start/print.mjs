import { styleText } from "node:util";

process.stdout.on("error", (error) => {
  // Whoever read the output has gone (npm start | head).
  if ("code" in error && error.code === "EPIPE") process.exit(1);
  throw error;
});

/** @param {string} text */
export const say = (text = "") => void process.stdout.write(`${text}\n`);

// styleText leaves the text as it is where there is no terminal, or NO_COLOR is set.
/** @param {string} text */
export const heading = (text) => say(`\n${styleText("bold", text)}\n`);

/** @param {string} text */
export const good = (text) => styleText("green", text);

/** @param {string} text */
export const bad = (text) => styleText("red", text);

/**
 * Lines of words in columns, indented.
 *
 * @param {string[][]} rows
 */
export function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    say(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("   ")
        .trimEnd()}`,
    );
  }
}
