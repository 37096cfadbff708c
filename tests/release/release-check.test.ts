import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { VERSION } from "../../provider/versions";
import { REPOSITORY } from "../repository";

/** What the check reads, and what npm packs. */
const READ = [
  ...["package.json", "package-lock.json", "README.md", "LICENSE", "CHANGELOG.md", "CODE_OF_CONDUCT.md"],
  ...["dist", "docs", "provider/hosts/native/schema.json", "scripts/release/publication.json"],
  "templates/thinkgeo-typescript/package.json",
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "thinkgeo-release-"));
  for (const file of READ) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(root, file), { recursive: true });
  }
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The check's exit code, and what it lists. */
function check(...args: readonly string[]): { status: number | null; listed: string[]; last: string } {
  const script = join(REPOSITORY, "scripts/release-check.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--root", root, ...args], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  const listed = lines.flatMap((line) => /^ {2}- (.*)$/.exec(line)?.[1] ?? []);
  return { status, listed, last: lines.at(-1) ?? "" };
}

type Json = Record<string, unknown>;
function edit(file: string, change: (text: string) => string): void {
  writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8")));
}
const set = (file: string, values: Json): void => {
  edit(file, (text) => JSON.stringify({ ...(JSON.parse(text) as Json), ...values }));
};
const inPackage = (values: Json) => (): void => {
  set("package.json", values);
};
const inPublication = (values: Json) => (): void => {
  set("scripts/release/publication.json", values);
};

/** What the owner gives, in the order of the list; the values are examples. */
const GIVEN: readonly (readonly [names: string, give: () => void])[] = [
  [
    "package.json, repository",
    inPackage({ repository: { type: "git", url: "git+https://git.example/acme/keys.git" } }),
  ],
  ["package.json, homepage", inPackage({ homepage: "https://acme.example/keys" })],
  ["package.json, bugs", inPackage({ bugs: { url: "https://git.example/acme/keys/issues" } })],
  ["package.json, author", inPackage({ author: "Acme" })],
  ["package.json, funding", inPackage({ funding: false })],
  ["publication.json, publisher", inPublication({ publisher: "Acme" })],
  [
    "publication.json, pluginDownloadURL",
    inPublication({ pluginDownloadURL: "github://api.github.com/acme/keys" }),
  ],
  ["publication.json, logoUrl", inPublication({ logoUrl: "https://acme.example/logo.svg" })],
  [
    "publication.json, goImportPath",
    inPublication({ goImportPath: "git.example/acme/keys/sdk/go/thinkgeo" }),
  ],
  ["publication.json, javaPackage", inPublication({ javaPackage: "example.acme" })],
  [
    "CODE_OF_CONDUCT.md",
    (): void => {
      edit("CODE_OF_CONDUCT.md", (text) => text.replace("OWNER-TO-NAME-A-CONTACT", "conduct@acme.example"));
    },
  ],
  [
    "CHANGELOG.md",
    (): void => {
      edit("CHANGELOG.md", (text) => text.replace(/^(## \[[\d.]+\] - )Unreleased$/m, "$12026-12-24"));
    },
  ],
  [
    "templates/thinkgeo-typescript/package.json",
    (): void => {
      set("templates/thinkgeo-typescript/package.json", {
        dependencies: { "pulumi-thinkgeo": `^${VERSION}` },
      });
    },
  ],
];

test("names exactly what only the owner can give, until all of it is there", () => {
  const names = GIVEN.map(([name]) => name);
  const before = check();
  expect(before.status).toBe(1);
  expect(before.listed.map((line) => names.findIndex((name) => line.includes(name)))).toEqual([
    ...names.keys(),
  ]);
  expect(before.last).toContain("RELEASING.md");
  for (const [index, [, give]] of GIVEN.entries()) {
    give();
    if (index % 4 === 0)
      expect(check().listed.filter((line) => !line.startsWith("The schema"))).toEqual(
        before.listed.slice(index + 1),
      );
  }
  const inSchema = check().listed;
  expect(
    inSchema.map((line) => /^The schema does not have (\w+) .*: npm run schema$/.exec(line)?.[1]),
  ).toEqual([...["publisher", "logoUrl", "pluginDownloadURL"]]);
  const { publisher, logoUrl, pluginDownloadURL } = JSON.parse(
    readFileSync(join(root, "scripts/release/publication.json"), "utf8"),
  ) as Json;
  set("provider/hosts/native/schema.json", { publisher, logoUrl, pluginDownloadURL });
  expect(check("--tag", `v${VERSION}`)).toEqual({
    status: 0,
    listed: [],
    last: "Nothing is missing. Pulumi's registry is told of the schema at provider/hosts/native/schema.json.",
  });
});

describe("what a program can tell", () => {
  const wrong = (...args: readonly string[]): string[] =>
    check(...args).listed.filter((line) => !GIVEN.some(([name]) => line.includes(name)));

  test("nothing is wrong in this repository", () => {
    expect(wrong()).toEqual([]);
  });

  test.each<[string, () => void, RegExp]>([
    [
      "another version in the lock",
      () => {
        set("package-lock.json", { version: "9.9.9" });
      },
      /^package-lock\.json does not have version/,
    ],
    [
      "another version in the schema",
      () => {
        set("provider/hosts/native/schema.json", { version: "9.9.9" });
      },
      /^The schema does not have version .*npm run schema/,
    ],
    [
      "a link of README that leaves the package",
      () => {
        edit("README.md", (text) => `${text}\n[a](CONTRIBUTING.md#b)\n`);
      },
      /^README\.md links to CONTRIBUTING\.md, which the package lacks/,
    ],
    [
      "an entry that was not compiled",
      () => {
        rmSync(join(root, "dist/sdk/policy"), { recursive: true });
      },
      /^The package lacks dist\/sdk\/policy\/index\.js/,
    ],
    [
      "a file that is for developers",
      () => {
        edit("package.json", (text) => text.replace('"docs",', '"docs", "scripts",'));
      },
      /^The package has scripts\/release\/publication\.json/,
    ],
  ])("%s", (_, spoil, line) => {
    spoil();
    expect(wrong()).toEqual([expect.stringMatching(line)]);
  });

  test("a version without a section in the changelog, and another tag", () => {
    edit("CHANGELOG.md", (text) => text.replace(`## [${VERSION}]`, "## [0.0.1]"));
    const listed = check("--tag", "v0.0.1").listed;
    expect(listed).toContain(`The tag is v0.0.1, and package.json's version is ${VERSION}.`);
    expect(listed).toContain(`CHANGELOG.md has no section "## [${VERSION}] - DATE".`);
  });
});
