import { readdirSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json";
import { REPOSITORY, textOf } from "../repository";

const FOLDER = "contributing/decisions";

/** A decision as its page says: its title, and the one that supersedes it. */
const pages = readdirSync(join(REPOSITORY, FOLDER))
  .filter((file) => file !== "README.md")
  .map((file) => {
    const text = textOf(join(FOLDER, file));
    const [, number = "", title = ""] = /^# (\d+)\. (.+)\n/.exec(text) ?? [];
    const [, by] = /^Superseded by \[decision (\d+)\]/m.exec(text) ?? [];
    return { file, number, title, by };
  });

test("the index has each decision, with its title, and marks those that are superseded", () => {
  const rows = textOf(`${FOLDER}/README.md`)
    .split("\n")
    .filter((line) => /^\| \d/.test(line));

  expect(rows).toEqual(
    pages.map(
      ({ file, number, title, by }) =>
        `| ${number} | [${title}](${file}) | ${by === undefined ? "in force" : `superseded by ${by}`} |`,
    ),
  );
});

test("contributing/ is not in the npm package", () => {
  expect(packageJson.files.filter((pattern) => pattern.startsWith("contributing"))).toEqual([]);
});
