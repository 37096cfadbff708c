import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, textOf } from "../repository";

const page = textOf("contributing/evidence.md");

/** What the page says of tests: a file, and the title of a test in it, if it names one. */
const cited = [...page.matchAll(/(tests\/[\w/-]+\.test\.ts)(?: `([^`]+)`)?/g)].map(
  ([, file = "", title]) => ({ file, title }),
);

test.each(cited)("contributing/evidence.md names a test that exists: $file $title", ({ file, title }) => {
  expect(file).not.toContain("walkthroughs");
  const path = join(REPOSITORY, file);
  expect(existsSync(path)).toBe(true);
  if (title !== undefined) expect(readFileSync(path, "utf8")).toContain(title);
});

test("contributing/evidence.md has every failure class from 1 to 45", () => {
  const classes = [...page.matchAll(/^\| ([\d, to]+) \|/gm)].flatMap(([, numbers = ""]) => {
    const [first = 0, last = first] = numbers.includes("to") ? numbers.split(" to ").map(Number) : [];
    return first > 0
      ? Array.from({ length: last - first + 1 }, (_, n) => first + n)
      : numbers.split(", ").map(Number);
  });
  expect([...new Set(classes)].sort((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, n) => n + 1));
});
