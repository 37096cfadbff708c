import { extname } from "node:path";
import { committedFiles, textOf } from "../repository";
import packageJson from "../../package.json";

const committed = committedFiles();
const documents = committed.filter((file) => extname(file) === ".md");
const readme = textOf("README.md");

const environmentNameOf = (key: string): string =>
  `THINKGEO_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
const settings = [...textOf("provider/configuration.ts").matchAll(/setting\("(\w+)"\)/g)].map(
  ([, key = ""]) => key,
);

describe("README", () => {
  test("is short enough to be read", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(120);
  });

  test("shows the program of examples/quickstart", () => {
    const code = (text: string): string => text.replace(/\s*\/\/.*$/gm, "").trim();
    const [, program = ""] = /```ts\n([^]*?)```/.exec(readme) ?? [];

    expect(code(program)).toBe(code(textOf("examples/quickstart/index.ts")));
  });
});

describe.each(documents)("%s", (file) => {
  const text = textOf(file);

  test("names only npm commands that there are", () => {
    const known = [
      "start",
      "test",
      "install",
      "ci",
      "pack",
      "init",
      "pkg",
      "ls",
      "dedupe",
      "error",
      "version",
      "sbom",
    ];
    const code = [...text.matchAll(/```[^]*?```|`[^`\n]+`/g)].join("\n");
    const commands = [...code.matchAll(/\bnpm (?:(run) )?(?:-s )?([a-z][\w:-]*)/g)];
    const unknown = commands.filter(([, run, name = ""]) =>
      run === undefined ? !known.includes(name) : !(name in packageJson.scripts),
    );

    expect(unknown.map(([command]) => command)).toEqual([]);
  });

  test("names only settings that there are", () => {
    // "thinkgeo:index:" begins a type or a function of the native plugin.
    const keys = [...text.matchAll(/thinkgeo:(?!index:)([a-z]\w*)/g)].map(([, key = ""]) => key);
    const variables = [...text.matchAll(/\bTHINKGEO_\w+/g)].map(([name]) => name);

    expect(keys.filter((key) => !settings.includes(key))).toEqual([]);
    expect(
      variables.filter((name) => ![...settings.map(environmentNameOf), "THINKGEO_LOG"].includes(name)),
    ).toEqual([]);
  });
});

test("no committed file names a package registry or a path of one machine", () => {
  const telltale =
    /registry\.[a-z0-9-]+\.[a-z]|npmjs\.(?:com|org)|proxy\.golang|artifactory|\/root\/|\/home\/[a-z]|\/Users\/|\/work\//i;
  const found = committed
    .filter((file) => file !== "tests/examples/documents.test.ts")
    .filter((file) => telltale.test(textOf(file)));

  expect(found).toEqual([]);
});
