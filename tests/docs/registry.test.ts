import { load } from "js-yaml";
import packageJson from "../../package.json";
import schema from "../../provider/hosts/native/schema.json";
import { textOf } from "../repository";

const index = textOf("docs/_index.md");
const installation = textOf("docs/installation-configuration.md");

// Its programs run in tests/native/languages.test.ts.
const languagesPage = "docs/guides/other-languages.md";
/** Pulumi's name of a language, and that of its blocks in the page. */
const LANGUAGES = {
  typescript: "ts",
  python: "python",
  go: "go",
  csharp: "csharp",
  java: "java",
  yaml: "yaml",
};

const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, block = ""]) =>
    name === language ? [block] : [],
  );

describe.each([
  ["docs/_index.md", index],
  ["docs/installation-configuration.md", installation],
])("%s, which Pulumi's registry copies", (_, text) => {
  test("begins with the front matter that the registry wants", () => {
    const [, front = ""] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
    expect(load(front)).toEqual({
      title: expect.stringContaining(schema.displayName) as string,
      meta_desc: expect.stringMatching(/^.{50,160}$/) as string,
      layout: "package",
    });
  });

  test("has no link to another file of this repository, which the registry has not", () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !/^https:/.test(link))).toEqual([]);
  });

  test("has no cell that is too long to be read", () => {
    const cells = text.split("\n").flatMap((line) => (line.startsWith("|") ? line.split("|") : []));
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter((cell) => cell.trim().split(/\s+/).length > 30)).toEqual([]);
  });
});

describe("docs/_index.md", () => {
  const choosables = [
    ...index.matchAll(/^\{\{% choosable language (\w+) %\}\}\n([^]*?)^\{\{% \/choosable %\}\}$/gm),
  ].map(([, language = "", text = ""]) => ({ language, text }));

  test("has the chooser of languages, and a part for each, all within it", () => {
    const names = Object.keys(LANGUAGES);
    const [, chosen, parts = ""] =
      /^\{\{< chooser language "([\w,]+)" >\}\}$([^]*)^\{\{< \/chooser >\}\}$/m.exec(index) ?? [];
    expect(chosen?.split(",")).toEqual(names);
    expect(choosables.map(({ language }) => language)).toEqual(names);
    expect(index.match(/\bchoosable\b/g)).toHaveLength(2 * names.length);
    expect(parts.match(/\bchoosable\b/g)).toHaveLength(2 * names.length);
  });

  test.each(Object.entries(LANGUAGES))(
    "the program in %s is the one that the tests run",
    (language, fence) => {
      const programs = blocksOf(textOf(languagesPage), fence).filter((block) =>
        block.includes("Tile renderer"),
      );
      const shown = choosables.find((part) => part.language === language)?.text ?? "";
      expect(blocksOf(shown, language)).toEqual([programs[0]]);
    },
  );

  test("names every resource and function, and no other", () => {
    const named = [...index.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    const all = [...Object.keys(schema.resources), ...Object.keys(schema.functions)].map((token) =>
      token.split(":").at(-1),
    );
    expect(named.slice(-all.length)).toEqual(all);
    expect(named.slice(0, -all.length)).toEqual(["JavaScript", "NativeConfidential"]);
  });

  test("names the version", () => {
    expect(index).toContain(`version ${packageJson.version},`);
  });
});

describe("docs/installation-configuration.md", () => {
  interface Variable {
    readonly description: string;
    readonly secret?: boolean;
    readonly defaultInfo: { readonly environment: readonly string[] };
  }
  const variables = Object.entries<Variable>(schema.config.variables);

  test("its table has the settings of the schema, with their variables and defaults, in their order", () => {
    const rows = [
      ...installation.matchAll(/^\| `(thinkgeo:\w+)` \| `(\w+)` \| ([^|]+) \| ([^|]+) \|$/gm),
    ].map(([, key, variable, about = "", fallback]) => ({
      key,
      variable,
      isSecret: /\ba secret$/.test(about),
      fallback,
    }));
    expect(rows).toEqual(
      variables.map(([name, { description, secret = false, defaultInfo }]) => {
        const [, said] = /Default: (.+)$/.exec(description) ?? [];
        return {
          key: `thinkgeo:${name}`,
          variable: defaultInfo.environment[0],
          isSecret: secret,
          fallback: said === undefined ? "required" : `\`${said.replace(/["`]/g, "")}\``,
        };
      }),
    );
  });

  test("the secret is set as one, and the variables are those of the required settings", () => {
    const required = variables.filter(([, { description }]) => !description.includes("Default:"));
    const commands = blocksOf(installation, "bash").join("").split("\n");
    expect(commands.filter((line) => line.startsWith("pulumi config set "))).toEqual(
      required.map(([name, { secret }]) =>
        secret === true
          ? `pulumi config set --secret thinkgeo:${name}`
          : `pulumi config set thinkgeo:${name} YOUR_CLIENT_ID`,
      ),
    );
    expect(commands.flatMap((line) => /^export (\w+)=/.exec(line)?.[1] ?? [])).toEqual(
      required.map(([, { defaultInfo }]) => defaultInfo.environment[0]),
    );
  });

  test("its commands and its packages are those of this version", () => {
    const { version } = packageJson;
    expect(blocksOf(installation, "bash")).toEqual(
      expect.arrayContaining([
        `pulumi plugin install resource thinkgeo ${version} --file pulumi-resource-thinkgeo-v${version}-linux-amd64.tar.gz\n`,
        `pulumi package add thinkgeo@${version}\n`,
      ]),
    );
    const { nodejs, python, go, csharp, java } = schema.language;
    const packages = [...installation.matchAll(/^\| [\w#, ]+ \| `([^`]+)` \|$/gm)].map(([, name]) => name);
    expect(packages).toEqual([
      nodejs.packageName,
      python.packageName,
      go.importBasePath,
      `Pulumi.${csharp.namespaces.thinkgeo}`,
      `${java.basePackage}.${schema.name}`,
    ]);
    const [, oldest = ""] = /^>=(\d+\.\d+)\.0$/.exec(packageJson.engines.node) ?? [];
    expect(installation).toContain(`Node.js ${oldest} or newer`);
  });
});

// These are the checks of the registry's own tool, which makes a package's entry from its schema.
test("the schema has what the registry asks for", () => {
  expect(schema.name).toBe(packageJson.name.replace(/^pulumi-/, ""));
  expect(schema.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(schema.publisher).not.toBe("");
  expect(schema.displayName).not.toBe("");
  expect(schema.description).not.toBe("");
  const categories = ["cloud", "database", "infrastructure", "monitoring", "network", "utility", "vcs"];
  const [category = "", ...more] = schema.keywords.filter((word) => word.startsWith("category/"));
  expect(categories).toContain(category.replace("category/", ""));
  expect(more).toEqual([]);
  // An attribution without this keyword says that a package is bridged from Terraform.
  expect(schema.keywords).toContain("kind/native");
});
