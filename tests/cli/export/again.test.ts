import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorAccount } from "../../../emulator";
import { exportReport, type ExportReport } from "../../../cli/export/report";
import { diagnose } from "./compile";
import { withScene, type Scene } from "./scene";

jest.setTimeout(60_000);

const SERVER = "native-confidential-clients.ts";
const again = async (scene: Scene, ...args: readonly string[]): Promise<ExportReport> =>
  exportReport.parse(JSON.parse((await scene.run("--json", ...args)).out));
const add = (account: EmulatorAccount, ...names: readonly string[]): string[] =>
  names.map((name) => account.addClient({ name }).id);

test("with nothing new, nothing is touched", () =>
  withScene(async ({ account, run, files }) => {
    add(account, "Shop", "Shop");
    await run();
    const before = files();
    const ended = await run();
    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^Nothing new to write into .*keys\. 2 of 5 clients were there already\.\n/);
    expect(files()).toEqual(before);
  }));

test("what is new comes after what was there, sorted, and nothing else is touched", () =>
  withScene(async (scene) => {
    const { account, run, files, read } = scene;
    add(account, "Zoo");
    await run();
    const before = files();
    add(account, "Ape", "Zoo");
    account.addClient({ name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
    const summary = await again(scene);
    expect(summary.written.map(({ resource }) => resource)).toEqual([
      "ape",
      "web",
      expect.stringMatching(/^zoo-[0-9a-f]{8}$/),
    ]);
    expect(summary).toMatchObject({ present: 1, picked: 7, gone: [] });
    expect(summary.files).toEqual([
      { path: "Pulumi.yaml", action: "kept" },
      { path: "index.ts", action: "added to" },
      { path: "javascript-clients.ts", action: "created" },
      { path: SERVER, action: "added to" },
      { path: "package.json", action: "kept" },
      { path: "thinkgeo-export.json", action: "added to" },
      { path: "tsconfig.json", action: "kept" },
    ]);
    for (const file of ["index.ts", SERVER]) expect(read(file).startsWith(before[file] ?? "-")).toBe(true);
    expect(read("index.ts")).toMatch(/\n\nimport "\.\/javascript-clients";\n$/);
    expect(read(SERVER).slice((before[SERVER] ?? "").length)).toMatch(/^\nexport const ape = new/);
    for (const file of ["Pulumi.yaml", "package.json", "tsconfig.json"])
      expect(read(file)).toBe(before[file]);
    expect(diagnose(files())).toEqual([]);
  }));

describe("what its user did to the program is respected", () => {
  test("clients that were moved, renamed, commented out, deleted, or whose adopt line was taken out", () =>
    withScene(async (scene) => {
      const { account, folder, run, read, write } = scene;
      const [moved = "", quiet = "", , gone = ""] = add(account, "Moved", "Quiet", "Bare", "Deleted");
      await run();
      mkdirSync(join(folder, "keys/own"));
      const [, ...blocks] = read(SERVER).split(/\n(?=export const )/);
      const blockOf = (name: string): string => blocks.find((block) => block.includes(`"${name}"`)) ?? "";
      write(
        "own/moved.ts",
        `import { Client } from "pulumi-thinkgeo";\nnew Client("mine", { adopt: '${moved.toUpperCase()}' });\n`,
      );
      write(
        SERVER,
        [
          'import * as thinkgeo from "pulumi-thinkgeo";',
          `// ${quiet}`,
          blockOf("Bare").replace(/ {2}adopt: .*\n/, ""),
          "",
        ].join("\n"),
      );
      expect(read(SERVER)).not.toContain(gone);
      const summary = await again(scene);
      expect(summary).toMatchObject({ written: [], present: 4, gone: [] });
    }));

  test("names that are in the program are not given to others", () =>
    withScene(async (scene) => {
      const { account, run, read, write, files } = scene;
      add(account, "Shop");
      await run();
      write(
        SERVER,
        `${read(SERVER)}\nconst bakery = new thinkgeo.Client("cafe", { type: "NativeConfidential" });\nvoid bakery;\n`,
      );
      const ids = add(account, "Shop", "Bakery", "Cafe", "Const");
      const summary = await again(scene);
      const [shop = "", bakery = "", cafe = ""] = ids.map((id) => id.slice(0, 8));
      expect(summary.written.map(({ resource }) => resource)).toEqual([
        `bakery-${bakery}`,
        `cafe-${cafe}`,
        "const",
        `shop-${shop}`,
      ]);
      expect(diagnose(files())).toEqual([]);
    }));

  test("a file that names the package in another way gets no clients: the next free one does", () =>
    withScene(async (scene) => {
      const { account, run, read, write, files } = scene;
      add(account, "One");
      await run();
      write(SERVER, read(SERVER).replace("* as thinkgeo", "{ Client }").replace("thinkgeo.Client", "Client"));
      add(account, "Two");
      expect((await again(scene)).written[0]).toMatchObject({ file: "native-confidential-clients-2.ts" });
      expect(read("index.ts")).toMatch(/\nimport "\.\/native-confidential-clients-2";\n$/);
      add(account, "Three");
      expect((await again(scene)).written[0]).toMatchObject({ file: "native-confidential-clients-2.ts" });
      expect(read("index.ts").match(/clients-2/g)).toHaveLength(1);
      expect(diagnose(files())).toEqual([]);
    }));

  test("line ends are kept, and a last line without one is ended first", () =>
    withScene(async (scene) => {
      const { account, run, read, write, files } = scene;
      add(account, "One");
      await run();
      const mine = `${read(SERVER).trimEnd()} // mine`.replaceAll("\n", "\r\n");
      write(SERVER, mine);
      add(account, "Two");
      await again(scene);
      expect(read(SERVER).startsWith(`${mine}\r\n\r\nexport const two = new`)).toBe(true);
      expect(read(SERVER).match(/[^\r]\n/)).toBeNull();
      expect(diagnose(files())).toEqual([]);
    }));

  test("a project of another make keeps its files, gets none that it does not need, and is told what is missing", () =>
    withScene(async (scene) => {
      const { account, folder, read } = scene;
      mkdirSync(join(folder, "keys/src"), { recursive: true });
      const files = {
        "Pulumi.yaml": "name: mine\nruntime: nodejs\nmain: src/\n",
        "package.json": "{}\n",
        "src/index.ts": "export const mine = 1;\n",
      };
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, "keys", file), text);
      add(account, "One");
      const summary = await again(scene);
      expect(summary.written[0]).toMatchObject({ file: "src/native-confidential-clients.ts" });
      expect(summary.notes).toEqual([
        "package.json was there and does not name all that is needed: npm install ./vendor/FILE @pulumi/pulumi, where FILE is the packed package (docs/guides/import.md)",
      ]);
      expect(summary.files.map(({ path, action }) => `${action} ${path}`)).toEqual([
        "kept Pulumi.yaml",
        "kept package.json",
        "added to src/index.ts",
        `created src/${SERVER}`,
        "created thinkgeo-export.json",
      ]);
      for (const [file, text] of Object.entries(files)) expect(read(file).startsWith(text)).toBe(true);
      expect(read("src/index.ts")).toContain('\nimport "./native-confidential-clients";\n');
      add(account, "Two");
      await again(scene);
      expect(read("src/index.ts").match(/import/g)).toHaveLength(1);
      expect(read(`src/${SERVER}`).match(/adopt/g)).toHaveLength(2);
    }));
});

test("a client that is gone from the account is reported, and its resource stays", () =>
  withScene(async (scene) => {
    const { account, run, files } = scene;
    const [adopted = "", bare = ""] = add(account, "Adopted", "Bare", "Alive");
    await run();
    scene.write(SERVER, scene.read(SERVER).replace(`  adopt: "${bare}",\n`, ""));
    account.deleteClient(adopted);
    account.deleteClient(bare);
    const before = files();
    const ended = await run();
    expect(ended.code).toBe(0);
    expect(ended.err.trimEnd().split("\n").sort()).toEqual(
      [adopted, bare]
        .sort()
        .map(
          (id) =>
            `Warning: client ${id} is in the program (${SERVER}) and not in the account: its resource is yours to remove.`,
        ),
    );
    expect(files()).toEqual(before);
    scene.write(SERVER, 'import * as thinkgeo from "pulumi-thinkgeo";\n\nvoid thinkgeo;\n');
    expect((await again(scene)).gone).toEqual([]);
  }));

test("a client that is left out is noted once, and written as soon as it can be", () =>
  withScene(async (scene) => {
    const { account, run, read } = scene;
    const { id } = account.addClient({ name: "Six", allowedIpAddresses: ["2001:db8::1"] });
    expect(await run()).toMatchObject({ code: 1 });
    const before = read("index.ts");
    expect(await run()).toMatchObject({ code: 1 });
    expect(read("index.ts")).toBe(before);
    account.editClient(id, { allowedIpAddresses: ["203.0.113.7"] });
    expect((await again(scene)).written.map((client) => client.id)).toEqual([id]);
  }));

test("an export that was cut off goes on where it stopped", () =>
  withScene(async (scene) => {
    const { account, folder, run, files } = scene;
    add(account, "One");
    account.addClient({ name: "Web", clientType: "JavaScript" });
    await run();
    const whole = files();
    for (const file of [SERVER, "Pulumi.yaml", "thinkgeo-export.json", "tsconfig.json"])
      renameSync(join(folder, "keys", file), join(folder, file));
    await run();
    expect({ ...files(), "thinkgeo-export.json": "" }).toEqual({ ...whole, "thinkgeo-export.json": "" });
  }));

test("a record that cannot be read stops the command before it asks for anything", () =>
  withScene(async ({ account, emulator, run, write }) => {
    add(account, "One");
    await run();
    emulator.clearRequests();
    write("thinkgeo-export.json", "<<<<<<< HEAD");
    const ended = await run();
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain(
      "thinkgeo-export.json is not what export wrote: put it back from version control",
    );
    expect(emulator.requests()).toEqual([]);
  }));

test("where the list lacks our own client, nothing is said to be gone", () =>
  withScene(async (scene) => {
    const { account, run, emulator } = scene;
    const [gone = "", stays = ""] = add(account, "Gone", "Stays");
    await run();
    const text = JSON.stringify({ status: "success", data: [{ id: stays, name: "Stays" }], totalCount: 1 });
    emulator.fault({
      kind: "reply",
      path: "/api/v1/clients",
      status: 200,
      headers: { "content-type": "application/json" },
      text,
    });
    const summary = await again(scene);
    expect(JSON.stringify(summary)).not.toContain(gone);
    expect(summary).toMatchObject({ gone: [], account: { signedInAs: null, ownerId: null } });
    expect(summary.notes).toEqual([
      expect.stringContaining("The account's list lacks the client that this command authenticates with"),
    ]);
  }));
