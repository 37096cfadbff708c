import { textOf } from "../repository";
import { defaultSwitches } from "../../emulator/index";
import { Router } from "../../emulator/router";
import { adminRoutes } from "../../emulator/routes/admin";
import { faultKinds } from "../../emulator/fault-rule";

const page = textOf("docs/emulator.md");
const section = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";

test("docs/emulator.md has every switch, once, with its default", () => {
  const rows = [...section("Switches").matchAll(/^\| `(\w+)` \| (\S+) \|/gm)].map(([, name, value]) => [
    name,
    value,
  ]);
  const written = (value: unknown): string => {
    const text = Array.isArray(value) ? value.join() : String(value);
    return text === "" ? "empty" : `\`${text}\``;
  };
  expect(rows).toEqual(Object.entries(defaultSwitches).map(([name, value]) => [name, written(value)]));
});

test("docs/emulator.md has every kind of fault", () => {
  const named = [...section("Faults").matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, kinds = ""]) =>
    kinds.match(/[\w-]+/g),
  );
  expect(named.toSorted()).toEqual([...faultKinds].toSorted());
});

test("docs/emulator.md has every administrative route", () => {
  const rows = [...section("From another process").matchAll(/^\| (`\w.*?`) \|/gm)].map(
    ([, row]) => row ?? "",
  );
  const documented = rows
    .flatMap((row) => row.split(", "))
    .flatMap((entry) => {
      const words = entry.replaceAll("`", "").split(" ");
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
