import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { exportReport, type ExportReport } from "../../../cli/export/report";
import { addOddClients, UNDECLARABLE } from "./odd-account";
import { asPrettier } from "./prettier";
import { withScene, type Scene } from "./scene";

interface Program {
  readonly runtime: string;
  readonly plugins?: unknown;
  readonly resources?: Readonly<Record<string, { readonly properties: object; readonly options: object }>>;
}

const programOf = ({ read }: Scene): Program => load(read("Pulumi.yaml")) as Program;
const again = async (scene: Scene, ...args: readonly string[]): Promise<ExportReport> =>
  exportReport.parse(JSON.parse((await scene.run("--language", "yaml", "--json", ...args)).out));

/** A project of its user's own, to which clients are added. */
function writeProject({ folder }: Scene, ...lines: readonly string[]): void {
  mkdirSync(join(folder, "keys"));
  writeFileSync(join(folder, "keys/Pulumi.yaml"), lines.join("\n"));
}

const shop = (id: string, name = "Shop"): object => ({
  type: "thinkgeo:Client",
  properties: { name, type: "NativeConfidential" },
  options: { import: id },
});

test("a project: the program, what brings the plugin, and the record, for one token and one list", () =>
  withScene(async (scene) => {
    const { account, emulator, run, files, read } = scene;
    const { id } = account.addClient({ name: "Shop" });
    const web = account.addClient({
      name: "Price ${x} $$",
      clientType: "JavaScript",
      allowedOrigins: ["acme.com", "*.acme.com"],
      grantedRoles: [],
      isActive: false,
    });
    emulator.clearRequests();
    const ended = await run("--language", "yaml");
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect(ended.out).toMatch(
      /\nBefore the first run: npm install \.\/vendor\/FILE, .*\nThen "pulumi up" takes the clients over/,
    );
    expect(emulator.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /identity/connect/token",
      "GET /api/v1/clients",
      "GET /api/v1/clients/roles",
    ]);
    expect(Object.keys(files()).sort()).toEqual(["Pulumi.yaml", "package.json", "thinkgeo-export.json"]);
    expect(JSON.parse(read("package.json"))).toMatchObject({
      dependencies: { "pulumi-thinkgeo": expect.stringMatching(/^\^\d/) as string },
    });
    expect(programOf(scene)).toMatchObject({
      name: "keys",
      runtime: "yaml",
      plugins: { providers: [{ name: "thinkgeo", path: "./node_modules/.bin" }] },
      resources: {
        shop: shop(id),
        "price-x": {
          type: "thinkgeo:Client",
          // Pulumi's YAML reads "$$" as "$".
          properties: {
            name: "Price $${x} $$$$",
            type: "JavaScript",
            active: false,
            grantedRoles: [],
            allowedOrigins: ["*.acme.com", "acme.com"],
          },
          options: { import: web.id },
        },
      },
    });
    expect(await asPrettier(read("Pulumi.yaml"), "Pulumi.yaml")).toBe(read("Pulumi.yaml"));
  }));

test("an odd account is readable YAML, the same in whatever order it is listed, without a key or a secret", () =>
  withScene(async (scene) => {
    const { account, emulator, run, files } = scene;
    addOddClients(account, 120);
    for (const client of Object.values(UNDECLARABLE)) account.addClient(client);
    expect(await run("--language", "yaml")).toMatchObject({ code: 1 });
    expect(Object.keys(programOf(scene).resources ?? {})).toHaveLength(120);
    const before = files();
    emulator.setSwitches({ listOrder: "reversed", reorder: true });
    expect((await again(scene)).written).toEqual([]);
    expect(files()).toEqual(before);
    for (const { apiKey, apiSecret } of account.clients()) {
      expect(JSON.stringify(before)).not.toContain(apiKey);
      expect(JSON.stringify(before)).not.toContain(apiSecret);
    }
  }));

test("an account without clients of its own is a program without resources, to which they can be added", () =>
  withScene(async (scene) => {
    expect(await scene.run("--language", "yaml")).toMatchObject({ code: 0 });
    expect(programOf(scene)).not.toHaveProperty("resources");
    const { id } = scene.account.addClient({ name: "Shop" });
    await again(scene);
    expect(programOf(scene)).toMatchObject({ runtime: "yaml", resources: { shop: shop(id) } });
  }));

test("clients that are marked, and those that are left out, have comments", () =>
  withScene(async (scene) => {
    const { account, run, read } = scene;
    account.addClient({ name: "six", allowedIpAddresses: ["2001:db8::1"] });
    await run("--language", "yaml", "--include-own");
    const text = read("Pulumi.yaml");
    expect(text).toContain(
      "\n  # It is the client that this export authenticated with.\n  emulator-operator:\n",
    );
    expect(text).toMatch(/\n# Left out: "six" \([0-9a-f-]+\): its allowedIpAddresses\[0\] .*\.\n/);
    expect((await again(scene)).files).toEqual([
      { path: "Pulumi.yaml", action: "kept" },
      { path: "package.json", action: "kept" },
    ]);
    expect(read("Pulumi.yaml")).toBe(text);
  }));

describe("again, into a program that is there", () => {
  test.each(["\n", "\r\n"])("new clients come after the resources, and no line is changed (%j)", (end) =>
    withScene(async (scene) => {
      const { account, read } = scene;
      const known = account.addClient({ name: "Known" });
      const lines = [
        "# mine",
        "name: mine",
        "runtime: yaml",
        "variables:",
        "    shop: x",
        "resources: # ours",
        "    bucket:",
        "        type: thinkgeo:Client",
        `        options: {import: ${known.id.toUpperCase()}}`,
        "",
        "# what others use",
        "outputs:",
        "    key: ${bucket.apiKey}",
        "",
      ];
      writeProject(scene, lines.join(end));
      const { id } = account.addClient({ name: "Shop" });
      const report = await again(scene);
      expect(report).toMatchObject({
        present: 1,
        notes: [],
        written: [{ resource: `shop-${id.slice(0, 8)}`, file: "Pulumi.yaml" }],
      });
      expect(report.files).toEqual([
        { path: "Pulumi.yaml", action: "added to" },
        { path: "thinkgeo-export.json", action: "created" },
      ]);
      const after = read("Pulumi.yaml").split(end);
      expect(after.slice(0, 9)).toEqual(lines.slice(0, 9));
      const rest = after.indexOf("");
      expect(after.slice(rest, rest + 4)).toEqual(lines.slice(9, 13));
      expect(read("Pulumi.yaml").replaceAll(end, "")).not.toMatch(/[\r\n]/);
      expect(programOf(scene)).toMatchObject({
        variables: { shop: "x" },
        resources: { [`shop-${id.slice(0, 8)}`]: shop(id) },
        outputs: { key: "${bucket.apiKey}" },
      });
      expect((await again(scene)).written).toEqual([]);
    }),
  );

  test("a client is known after its import option was taken out, and reported when it is gone", () =>
    withScene(async (scene) => {
      const { account, read, write } = scene;
      const { id } = account.addClient({ name: "Shop" });
      await again(scene);
      write("Pulumi.yaml", read("Pulumi.yaml").replace(/ {4}options:\n.*\n/, ""));
      expect(await again(scene)).toMatchObject({ written: [], present: 1, gone: [] });
      account.deleteClient(id);
      expect((await again(scene)).gone).toEqual([{ id, file: "Pulumi.yaml" }]);
      write("Pulumi.yaml", read("Pulumi.yaml").replace(/^resources:\n(?: .*\n)*/m, ""));
      expect((await again(scene)).gone).toEqual([]);
    }));

  test("a program that has no clients yet is told that it needs the plugin", () =>
    withScene(async (scene) => {
      writeProject(scene, "name: mine", "runtime: {name: yaml}", "resources:");
      const { id } = scene.account.addClient({ name: "Shop" });
      expect((await again(scene)).notes).toEqual([
        "The program needs the resource plugin thinkgeo: docs/guides/other-languages.md says how it is installed.",
      ]);
      expect(programOf(scene)).toMatchObject({ resources: { shop: shop(id) } });
      expect(existsSync(join(scene.folder, "keys/package.json"))).toBe(false);
    }));
});

test("a package.json that is there is kept, and what it lacks is said", () =>
  withScene(async (scene) => {
    mkdirSync(join(scene.folder, "keys"));
    writeFileSync(join(scene.folder, "keys/package.json"), "{}\n");
    scene.account.addClient({ name: "Shop" });
    expect((await again(scene)).notes).toEqual([
      "package.json was there and does not name all that is needed: npm install ./vendor/FILE, where FILE is the packed package (docs/guides/import.md)",
    ]);
    expect(scene.read("package.json")).toBe("{}\n");
  }));

describe("refusals, before the account is asked", () => {
  const elsewhere = "resources are not lines of their own";
  test.each([
    ["yaml", ["runtime: nodejs"], "a Pulumi project of another kind (runtime: nodejs)"],
    ["yaml", ["runtime: yaml", "resources: {}"], elsewhere],
    ["yaml", ["runtime: yaml", "main: program"], elsewhere],
    [
      "typescript",
      ["runtime: yaml"],
      "export writes programs for nodejs. Say --language yaml, or give another",
    ],
  ])("--language %s into %j", (language, lines, message) =>
    withScene(async (scene) => {
      writeProject(scene, "name: mine", ...lines, "");
      const { code, err } = await scene.run("--language", language);
      expect(code).toBe(2);
      expect(err).toContain(message);
      expect(err).toMatch(
        /ive another folder with --out\.\nSee docs\/troubleshooting\.md#export-folder in .*\n$/,
      );
      expect(scene.emulator.requests()).toEqual([]);
    }),
  );
});
