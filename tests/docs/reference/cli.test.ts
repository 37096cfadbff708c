import { readdirSync } from "node:fs";
import { join } from "node:path";
import { optionText, type Option } from "../../../cli/command";
import { FORMAT_OF_EXTENSION, FORMATS } from "../../../cli/drift/output";
import { ALL_KINDS, KINDS } from "../../../cli/drift/report";
import { COMMANDS } from "../../../cli/main";
import { REASONS } from "../../../cli/sweep/report";
import { runCommand } from "../../cli/run-command";
import { withDoctor } from "../../cli/doctor/run-doctor";
import { REPOSITORY, textOf } from "../../repository";
import { codeIn, sectionOf, tableIn } from "../markdown";
import { shownIn } from "../shown";

const page = textOf("docs/reference/cli.md");
const NAMES = Object.keys(COMMANDS);
const section = (name: string): string => sectionOf(page, `## thinkgeo ${name}`);

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

test("the page has every command, with what it does", () => {
  expect(tableIn(page, "command").map(([command, what]) => [command, what])).toEqual(
    NAMES.map((name) => [`[\`${name}\`](#thinkgeo-${name})`, sentence(COMMANDS[name]?.().summary ?? "")]),
  );
});

const optionRow = ([name, option]: readonly [string, Option]): string[] => {
  const long = `\`--${name}${option.value === undefined ? "" : ` ${option.value}`}\``;
  return [option.short === undefined ? long : `\`-${option.short}\`, ${long}`, sentence(optionText(option))];
};

describe.each(NAMES)("thinkgeo %s", (name) => {
  const command = COMMANDS[name]?.();

  test("has the options of the help, in the same words and order", () => {
    const options = Object.entries(command?.options ?? {});
    if (options.length > 0) expect(tableIn(section(name), "option")).toEqual(options.map(optionRow));
  });

  test("has the exit codes of the help", () => {
    expect(section(name).replace(/\n/g, " ")).toContain(`Exit codes: ${command?.exitCodes ?? "?"}.`);
  });
});

test("the members of each JSON document are those of its schema, but for its version and time", () => {
  const documented = tableIn(page, "command", "main members").map(([command, members]) => [
    codeIn(command)[0],
    codeIn(members),
  ]);
  const schemas = readdirSync(join(REPOSITORY, "docs/schemas")).map((file) => {
    const { properties } = JSON.parse(textOf(`docs/schemas/${file}`)) as { properties: object };
    const members = Object.keys(properties).filter(
      (member) => !["version", "at", "command"].includes(member),
    );
    return [file.split(".")[0], members];
  });
  expect(documented.toSorted()).toEqual(schemas.toSorted());
});

test("drift has every finding type, and whether it fails by default", () => {
  const rows = tableIn(section("drift"), "type").map(([type, , fails]) => [codeIn(type)[0], fails === "yes"]);
  expect(rows).toEqual(ALL_KINDS.map((kind) => [kind, KINDS[kind].fails]));
});

test("drift has every format, and the extension that means it", () => {
  const rows = tableIn(section("drift"), "format").map(([format, extension]) => [
    codeIn(extension)[0],
    codeIn(format)[0],
  ]);
  expect(Object.fromEntries(rows)).toEqual(FORMAT_OF_EXTENSION);
  expect(rows.map(([, format]) => format)).toEqual(FORMATS);
});

test("doctor has the title of every check, in their order", () =>
  withDoctor(async ({ report }) => {
    const titles = (await report()).steps.map(({ title }) => title);
    expect(tableIn(section("doctor"), "check").map(([title]) => title)).toEqual(titles);
  }));

test("explain shows what the command prints", async () => {
  const shown = shownIn(section("explain"));
  expect(shown).toHaveLength(2);
  for (const { command, output } of shown) {
    const [, ...args] = command.replaceAll("'", "").split(" ");
    const { out } = await runCommand(args, { environment: {}, folder: REPOSITORY });
    expect(out.trimEnd()).toBe(output);
  }
});

test("sweep has every reason to keep a client", () => {
  const reasons = tableIn(section("sweep"), "condition").flatMap(([, reason]) => codeIn(reason));
  expect(reasons.toSorted()).toEqual(REASONS.filter((reason) => reason !== "old").toSorted());
});
