import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exportReport, type ExportReport } from "../../../cli/export/report";
import { CLIENT_TYPE_TOKEN, NATIVE_CLIENT_TYPE_TOKEN, SHELL } from "../../../provider/shell";
import { runCommand, type Ended } from "../run-command";
import { withScene, type Scene } from "./scene";

interface ImportFile {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly inputs?: object;
    readonly outputs?: object;
  }[];
}

const exporting = ({ folder, account }: Scene, ...args: readonly string[]): Promise<Ended> =>
  runCommand(["export", ...args], { folder, environment: account.environment });
const reported = async (scene: Scene, ...args: readonly string[]): Promise<ExportReport> =>
  exportReport.parse(JSON.parse((await exporting(scene, "--json", ...args)).out));
const textIn = ({ folder }: Scene, file = "import.json"): string => readFileSync(join(folder, file), "utf8");
const fileIn = (scene: Scene, file?: string): ImportFile => JSON.parse(textIn(scene, file)) as ImportFile;

const FILE = ["--import-file", "import.json"] as const;

test("alone, it names every client that can be declared, for the native provider", () =>
  withScene(async (scene) => {
    const { id } = scene.account.addClient({ name: "Shop" });
    const web = scene.account.addClient({ name: "Web", clientType: "JavaScript" });
    scene.account.addClient({ name: "six", allowedIpAddresses: ["2001:db8::1"] });
    const ended = await exporting(scene, ...FILE);
    const path = join(scene.folder, "import.json");
    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/^Wrote 2 clients into the import file /);
    expect(ended.out).toContain(`To take the clients over, and change none: pulumi import --file ${path}\n`);
    expect(fileIn(scene)).toEqual({
      resources: [
        { type: NATIVE_CLIENT_TYPE_TOKEN, name: "shop", id },
        { type: NATIVE_CLIENT_TYPE_TOKEN, name: "web", id: web.id },
      ],
    });
    expect(await reported(scene, ...FILE)).toMatchObject({
      out: null,
      files: [],
      written: [],
      importFile: {
        path,
        host: "native",
        clients: [
          { id, resource: "shop" },
          { id: web.id, resource: "web" },
        ],
      },
    });
  }));

test("with --dynamic, it has what state will have, and no secret", () =>
  withScene(async (scene) => {
    const { account } = scene;
    const server = account.addClient({ name: "Server", allowedIpAddresses: ["203.0.113.7"] });
    account.addClient({ name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
    const { out } = await exporting(scene, ...FILE, "--dynamic");
    expect(out).toMatch(/: pulumi import --file \S+ --generate-code=false, then pulumi refresh\n/);
    const inputs = {
      name: "Server",
      type: "NativeConfidential",
      allowedIpAddresses: ["203.0.113.7"],
      __provider: SHELL,
    };
    const [first, second] = fileIn(scene).resources;
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: '""',
    };
    expect(first).toEqual({
      ...{ type: CLIENT_TYPE_TOKEN, name: "server", id: server.id },
      ...{ inputs, outputs: { ...inputs, clientSecret: secret } },
    });
    expect(second?.outputs).toEqual(second?.inputs);
    for (const { apiKey, apiSecret } of account.clients())
      for (const value of [apiKey, apiSecret]) expect(textIn(scene)).not.toContain(value);
  }));

describe("beside a program", () => {
  const both = ["--out", "keys", ...FILE, "--dynamic"] as const;

  test("it has the program's names, also for clients that were there already", () =>
    withScene(async (scene) => {
      const ids = ["Shop", "Shop"].map((name) => scene.account.addClient({ name }).id);
      await exporting(scene, ...both);
      const before = fileIn(scene);
      expect(before.resources.map(({ name }) => name).sort()).toEqual(
        ids.map((id) => `shop-${id.slice(0, 8)}`).sort(),
      );
      const { id } = scene.account.addClient({ name: "Ape" });
      const report = await reported(scene, ...both);
      expect(report).toMatchObject({ present: 2, written: [{ id, resource: "ape" }], notes: [] });
      expect(
        fileIn(scene)
          .resources.map(({ name }) => name)
          .sort(),
      ).toEqual(["ape", ...before.resources.map(({ name }) => name)].sort());
      const { out } = await exporting(scene, ...both);
      expect(out).toMatch(/ --generate-code=false --protect=false, then pulumi refresh\n$/);
    }));

  test("it leaves out what the program does not declare any more, or under a name of its own", () =>
    withScene(async (scene) => {
      const { account, read, write } = scene;
      account.addClient({ name: "Deleted" });
      await exporting(scene, ...both);
      const { id } = account.addClient({ name: "Mine" });
      const file = "native-confidential-clients.ts";
      write(
        file,
        `${read(file).replace(/export const deleted[^]*/, "")}new thinkgeo.Client("own", { adopt: "${id}" });\n`,
      );
      const { notes, importFile } = await reported(scene, ...both);
      expect(importFile?.clients).toEqual([]);
      expect(notes).toEqual([
        expect.stringMatching(
          /^Not in the import file: "Deleted" \(.*\), whose resource in the program is not known\.$/,
        ),
        `Not in the import file: "Mine" (${id}), whose resource in the program is not known.`,
      ]);
    }));

  test("a YAML program takes the native one", () =>
    withScene(async (scene) => {
      const { id } = scene.account.addClient({ name: "Shop" });
      await exporting(scene, "--out", "keys", ...FILE, "--language", "yaml");
      expect(fileIn(scene).resources).toEqual([{ type: NATIVE_CLIENT_TYPE_TOKEN, name: "shop", id }]);
    }));
});

test.each([
  [[], "--out: a folder to write into is wanted, or a file with --import-file."],
  [["--out", "keys", "--dynamic"], "--dynamic: is for a file with --import-file only."],
  [[...FILE, "--language", "yaml"], "--language: is the program's, and without --out none is written."],
  [
    ["--out", "keys", ...FILE],
    "--import-file: a TypeScript program has the dynamic provider, so say --dynamic, or --language yaml.",
  ],
  [
    ["--out", "keys", ...FILE, "--language", "yaml", "--dynamic"],
    "--dynamic: a YAML program has the native provider.",
  ],
  [["--out", "keys", "--language", "go"], "--language: takes typescript or yaml."],
])("%j is refused before any request", (args, message) =>
  withScene(async (scene) => {
    const ended = await exporting(scene, ...args);
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain(`thinkgeo export: ${message}`);
    expect(scene.emulator.requests()).toEqual([]);
  }),
);
