/** @typedef {import("./figures.mjs").Figure} Figure */

/** @param {number} value */
export function short(value) {
  if (!Number.isFinite(value)) return "";
  const size = Math.abs(value);
  if (size >= 10_000) return Math.round(value).toLocaleString("en-US");
  return value
    .toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3)
    .replace(/\.0+$/, "");
}

/**
 * The median, and what it lies between.
 *
 * @param {Figure | undefined} figure
 */
export function spread(figure) {
  if (figure === undefined) return "";
  const { median, min, max, values } = figure;
  return values.length === 1 || min === max
    ? short(median)
    : `${short(median)} (${short(min)}–${short(max)})`;
}

/**
 * @param {Figure | undefined} ours
 * @param {Figure | undefined} other
 */
export const ratio = (ours, other) =>
  ours === undefined || other === undefined || other.median === 0
    ? ""
    : (ours.median / other.median).toFixed(2);

/**
 * Columns that nothing is in are left out.
 *
 * @param {string[]} header
 * @param {string[][]} rows
 */
export function table(header, rows) {
  const used = header.map((_, column) => column === 0 || rows.some((row) => (row[column] ?? "") !== ""));
  const lines = [header, ...rows].map((row) =>
    header.map((_, column) => row[column] ?? "").filter((_, column) => used[column]),
  );
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [text[0], widths.map((width) => "-".repeat(width)).join("  "), ...text.slice(1)].join("\n");
}
