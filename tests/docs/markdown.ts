/** What stands below a heading of a page, up to the next heading that is not below it. */
export function sectionOf(page: string, heading: string): string {
  const lines = page.split("\n");
  const headings = headingsIn(lines);
  const start = headings.find((index) => lines[index] === heading);
  if (start === undefined) throw new Error(`There is no heading "${heading}".`);
  const end = headings.find((index) => index > start && depthOf(lines[index]) <= depthOf(heading));
  return lines.slice(start + 1, end).join("\n");
}

/** In a block of code, a line that begins like a heading is a comment. */
function headingsIn(lines: readonly string[]): number[] {
  let isCode = false;
  return [...lines.keys()].filter((index) => {
    const line = lines[index] ?? "";
    if (line.startsWith("```")) isCode = !isCode;
    return !isCode && /^#{1,6} /.test(line);
  });
}

const depthOf = (heading = ""): number => heading.indexOf(" ");

/** The rows of the table whose header begins with these cells, each with its cells as they are written. */
export function tableIn(text: string, ...header: readonly string[]): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => isDeepPrefix(header, cellsOf(line)));
  if (start === -1) throw new Error(`There is no table with the header ${header.join(" | ")}.`);
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith("|"));
  return rest.slice(0, end === -1 ? undefined : end).map(cellsOf);
}

const isDeepPrefix = (prefix: readonly string[], cells: readonly string[]): boolean =>
  prefix.every((cell, index) => cells[index] === cell);

/** A bar within a cell is escaped. */
const cellsOf = (line: string): string[] =>
  line.startsWith("|")
    ? line
        .slice(1, line.lastIndexOf("|"))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|"))
    : [];

/** The names that stand as code in a cell. */
export const codeIn = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
