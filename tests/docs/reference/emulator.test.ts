import { checkFaultRule, faultKinds } from "../../../emulator/fault-rule";
import { Faults } from "../../../emulator/faults";
import { defaultSwitches, switchValues } from "../../../emulator/index";
import { Router } from "../../../emulator/router";
import { adminRoutes } from "../../../emulator/routes/admin";
import { textOf } from "../../repository";
import { membersOf } from "../declarations";
import { codeIn, sectionOf, tableIn } from "../markdown";

const page = textOf("docs/reference/emulator.md");

/** The names in the first column of a table, without the arguments of methods. */
const namesIn = (section: string, header: string): string[] =>
  tableIn(sectionOf(page, section), header).flatMap(([cell]) =>
    codeIn(cell).map((name) => name.replace(/\(.*/, "")),
  );

describe("in code", () => {
  test.each([
    ["option of `startEmulator`", "emulator/index.ts", "EmulatorOptions"],
    ["member of the emulator", "emulator/emulator.ts", "Emulator"],
    ["member of an account", "emulator/emulator-account.ts", "EmulatorAccount"],
  ])("each %s is there, and no other", (header, file, type) => {
    expect(namesIn("## In code", header).toSorted()).toEqual(membersOf(file, type).toSorted());
  });
});

describe("switches", () => {
  const rows = tableIn(sectionOf(page, "## Switches"), "switch");
  const written = (value: unknown): string => {
    const text = Array.isArray(value) ? value.join() : String(value);
    return text === "" ? "empty" : `\`${text}\``;
  };

  test("each is there once, with its default", () => {
    expect(rows.map(([name, standard]) => [codeIn(name)[0], standard])).toEqual(
      Object.entries(defaultSwitches).map(([name, value]) => [name, written(value)]),
    );
  });

  test("those that take some values only have all of them", () => {
    const choices = [...switchValues].filter(([, accepts]) => /^(?:".*"|\d+|true) or /.test(accepts));
    expect(choices.length).toBeGreaterThan(40);
    const documented = new Map(
      rows.map(([name, standard, others]) => [codeIn(name)[0], [...codeIn(standard), ...codeIn(others)]]),
    );
    for (const [name, accepts] of choices)
      expect([name, documented.get(name)?.toSorted()]).toEqual([
        name,
        accepts.replaceAll('"', "").split(" or ").toSorted(),
      ]);
  });
});

describe("injected faults", () => {
  const section = sectionOf(page, "## Injected faults");
  const rows = tableIn(section, "kind");

  test("each kind is there, and no other", () => {
    expect(rows.flatMap(([kind]) => codeIn(kind)).toSorted()).toEqual([...faultKinds].toSorted());
  });

  test.each(rows.map(([kind, , fields]) => [codeIn(kind)[0] ?? "", codeIn(fields)] as const))(
    "%s has the fields %j",
    (kind, fields) => {
      // What stands in parentheses are values.
      const cell = rows.find(([first]) => first === `\`${kind}\``)?.[2] ?? "";
      const values = [...cell.matchAll(/\(([^)]*)\)/g)].flatMap(([, inner]) => codeIn(inner));
      const names = fields.filter((field) => !values.includes(field));
      const rule = Object.fromEntries(names.map((field) => [field, `of ${field}`]));
      const complaint = (): string => {
        try {
          checkFaultRule({ kind, ...rule });
          return "";
        } catch (error) {
          return String(error);
        }
      };
      // A text is no number, but every field is known, and none that is needed is missing.
      expect(complaint()).not.toMatch(/has no field|needs/);
    },
  );

  test("the kinds that apply the request first are those that the page names", () => {
    const [, list = ""] = /`when` is `"after"` by default for ([^.]+)\./.exec(section) ?? [];
    const faults = new Faults();
    const after = faultKinds.filter((kind) => faults.add({ kind } as never).when === "after");
    expect(codeIn(list).toSorted()).toEqual(after.toSorted());
  });
});

test("every administrative route is there", () => {
  const documented = tableIn(sectionOf(page, "## The HTTP API for tests"), "request")
    .flatMap(([cell]) => codeIn(cell))
    .flatMap((entry) => {
      const words = entry.split(" ");
      const path = (words.at(-1) ?? "").replace(/\?.*/, "");
      return words.slice(0, -1).map((method) => [method, path] as const);
    });
  const router = new Router(adminRoutes.map(([method, path]) => [method, path, `${method} ${path}`]));
  const found = documented.map(([method, path]) => router.find(method, path)?.handler);
  expect(found.toSorted()).toEqual(adminRoutes.map(([method, path]) => `${method} ${path}`).toSorted());
});

test("every switch says its default where it is declared", () => {
  const source = textOf("emulator/switches.ts");
  const said = [...source.matchAll(/@default (.+)\n(?: {3}\*\/\n)? {2}(\w+):/g)].map(
    ([, value = "", name]) => [name, JSON.parse(value.replace(/ \*\/$/, "")) as unknown],
  );
  expect(Object.fromEntries(said)).toEqual(defaultSwitches);
});
