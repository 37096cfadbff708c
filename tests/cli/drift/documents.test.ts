import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ALL_KINDS, KINDS } from "../../../cli/drift/report";
import { drift } from "../../../cli/drift/drift";
import { FORMAT_OF_EXTENSION, FORMATS } from "../../../cli/drift/output";
import { readIgnore } from "../../../cli/drift/filter";

const page = readFileSync(join(__dirname, "../../../docs/drift.md"), "utf8");

test("docs/drift.md has every kind in its table, with what fails by default", () => {
  const rows = [...page.matchAll(/^\| `([\w-]+)` \|.*\| (yes)? ?\|$/gm)].map(([, kind, fails]) => [
    kind,
    fails === "yes",
  ]);
  expect(rows).toEqual(ALL_KINDS.map((kind) => [kind, KINDS[kind].fails]));
});

test("docs/drift.md names every option, format and ending", () => {
  for (const name of Object.keys(drift.options)) expect(page).toContain(`--${name}`);
  expect(page).toContain(`--format ${FORMATS.join("|")}`);
  for (const ending of Object.keys(FORMAT_OF_EXTENSION)) expect(page).toContain(`\`${ending}\``);
});

test("the ignore file of docs/drift.md can be read, and does what it says", () => {
  const [, text = ""] = /```\n(# A client by its name[^]*?)```/.exec(page) ?? [];
  const ignore = readIgnore("docs/drift.md", text);
  const finding = { kind: "changed", id: null, name: "Web", type: null } as const;
  expect(ignore(finding)).toBe(false);
  expect(ignore({ ...finding, name: "CI one" })).toBe(true);
  expect(ignore({ ...finding, type: "JavaScript" })).toBe(true);
  expect(ignore({ ...finding, name: "id:odd" })).toBe(true);
  expect(ignore({ ...finding, name: "Office 2" })).toBe(false);
  expect(ignore({ ...finding, kind: "unrestricted", name: "Office 2" })).toBe(true);
});
