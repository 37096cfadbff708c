import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json";
import { OLDEST } from "../../provider/versions";
import { CLIENT_TYPE_TOKEN } from "../../provider/shell";
import { REPOSITORY, textOf } from "../repository";

const page = textOf("docs/upgrading.md");

/** Of a version such as 22.19.0 or ^3.216.0, its major and minor number. */
const minor = (version: string): string => /(\d+\.\d+)/.exec(version)?.[1] ?? "";

const installed = (name: string): { version: string; peerDependencies: Record<string, string> } =>
  JSON.parse(readFileSync(join(REPOSITORY, "node_modules", name, "package.json"), "utf8")) as {
    version: string;
    peerDependencies: Record<string, string>;
  };

/** The row of the table of versions, its two cells. */
const row = (what: string): readonly string[] =>
  page
    .split("\n")
    .find((line) => line.startsWith(`| ${what} |`))
    ?.split(" | ")
    .slice(1) ?? [];

test("docs/upgrading.md names the oldest versions that are supported", () => {
  expect(row("Node.js")[0]).toBe(`${minor(OLDEST.node)} or newer`);
  expect(row("Pulumi CLI")[0]).toBe(`${minor(OLDEST.pulumi)} or newer, 3.x`);
  expect(row("`@pulumi/pulumi`")[0]).toBe(
    `${minor(manifest.peerDependencies["@pulumi/pulumi"])} or newer, 3.x`,
  );
  const newestTypeScript = /< (\d+)$/.exec(
    installed("@pulumi/pulumi").peerDependencies["typescript"] ?? "",
  )?.[1];
  expect(row("TypeScript")[0]).toMatch(new RegExp(`below ${newestTypeScript ?? "?"}$`));
});

test("docs/upgrading.md names the versions that are tested here", () => {
  const matrix = textOf("scripts/matrix.mjs");
  const [, oldestSdk = "", oldestTypeScript = ""] =
    /sdk: "([\d.]+)", typescript: "~([\d.]+)"/.exec(matrix) ?? [];
  const [, engine = ""] = /pulumi\/pkg\/v3 v(\S+)/.exec(textOf("scripts/engine/go.mod")) ?? [];
  const { devDependencies } = manifest;

  expect(row("Node.js")[1]).toContain(`${minor(devDependencies.node)}; 22 by`);
  expect(matrix).toContain('const nodes = ["22", "24"];');
  expect(row("Pulumi CLI")[1]).toContain(minor(engine));
  expect(row("`@pulumi/pulumi`")[1]).toContain(
    `${minor(devDependencies["@pulumi/pulumi"])}, ${minor(oldestSdk)}`,
  );
  expect(row("TypeScript")[1]).toContain(
    `${minor(devDependencies.typescript)}; ${minor(oldestTypeScript)} with SDK ${minor(oldestSdk)}`,
  );
});

test("docs/upgrading.md names what the package exports, and the types in state", () => {
  const { ".": main, "./package.json": own, ...others } = manifest.exports;
  expect([main, own]).not.toContain(undefined);
  expect(page).toContain(
    `the entries ${[".", ...Object.keys(others)].map((entry) => `\`${entry}\``).join(", ")} |`,
  );
  expect(page).toContain(`\`${CLIENT_TYPE_TOKEN}\` and \`…:RotatingClient\``);
});

test("every JSON document has the version that docs/upgrading.md names", () => {
  const schemas = readdirSync(join(REPOSITORY, "docs/schemas"));
  const versions = schemas.map((file) => {
    const { properties } = JSON.parse(textOf(`docs/schemas/${file}`)) as {
      properties: { version: { const: number } };
    };
    return properties.version.const;
  });
  expect(versions).not.toEqual([]);
  for (const version of versions) expect(page).toContain(`"version": ${version}`);
});
