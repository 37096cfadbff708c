import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectName } from "../../../cli/export/project-files";
import { exportReport, type ExportReport } from "../../../cli/export/report";
import { CLIENT_TYPE_TOKEN } from "../../../provider/shell";
import { diagnose } from "./compile";
import { addOddClients, UNDECLARABLE } from "./odd-account";
import { asPrettier } from "./prettier";
import { runCommand, type Ended } from "../run-command";
import { withScene } from "./scene";

// A project takes the compiler a second, and many more on a machine that does other things.
jest.setTimeout(60_000);

const summaryOf = ({ out }: Ended): ExportReport => exportReport.parse(JSON.parse(out));

test("the compiler that the tests use finds a mistake", () => {
  const wrong = 'import * as thinkgeo from "pulumi-thinkgeo";\nnew thinkgeo.Client("a", { type: "Java" });\n';
  expect(diagnose({ "index.ts": wrong })).toEqual([expect.stringContaining('"Java"')]);
});

describe("what is written", () => {
  test("a project that compiles under strict and is formatted, for one token and one list", () =>
    withScene(async ({ account, emulator, run, files }) => {
      addOddClients(account, 120);
      emulator.clearRequests();
      const ended = await run();
      expect(ended).toMatchObject({ code: 0, err: "" });
      expect(ended.out).toMatch(/^Wrote 120 clients into .*keys\.\n/);
      expect(emulator.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
        "POST /identity/connect/token",
        "GET /api/v1/clients",
        "GET /api/v1/clients/roles",
      ]);
      expect(Object.keys(files()).sort()).toEqual([
        "Pulumi.yaml",
        "index.ts",
        "javascript-clients.ts",
        "native-confidential-clients.ts",
        "package.json",
        "thinkgeo-export.json",
        "tsconfig.json",
      ]);
      expect(diagnose(files())).toEqual([]);
      for (const [file, text] of Object.entries(files())) expect(await asPrettier(text, file)).toBe(text);
    }));

  test("is the same between runs, in whatever order the account lists its clients, and holds no key and no secret", () =>
    withScene(async ({ account, emulator, run, files, folder }) => {
      addOddClients(account, 60);
      const { out, err } = await run("--include-own");
      emulator.setSwitches({ listOrder: "reversed", reorder: true });
      await runCommand(["export", "--out", "again/keys", "--include-own"], {
        folder,
        environment: account.environment,
      });
      const again = Object.keys(files()).map((file) => [
        file,
        readFileSync(join(folder, "again/keys", file), "utf8"),
      ]);
      expect(Object.fromEntries(again)).toEqual(files());
      const everything = JSON.stringify([out, err, files()]);
      for (const { apiKey, apiSecret } of account.clients()) {
        expect(everything).not.toContain(apiKey);
        expect(everything).not.toContain(apiSecret);
      }
    }));

  test("an account without clients of its own is a program without resources", () =>
    withScene(async ({ run, files }) => {
      expect(await run()).toMatchObject({ code: 0 });
      expect(files()["index.ts"]).toMatch(/\nexport \{\};\n/);
      expect(files()).not.toHaveProperty("thinkgeo-export.json");
      expect(diagnose(files())).toEqual([]);
      expect(await asPrettier(files()["index.ts"] ?? "")).toBe(files()["index.ts"]);
    }));

  test("role ids become names, for one request more", () =>
    withScene(
      async ({ account, emulator, run, read }) => {
        account.addClient({ name: "Few", grantedRoles: ["User"] });
        account.addClient({ name: "All" });
        await run();
        expect(emulator.requests({ path: "/api/**" }).map(({ path }) => path)).toEqual([
          "/api/v1/clients",
          "/api/v1/clients/roles",
        ]);
        expect(read("native-confidential-clients.ts").match(/grantedRoles: .*/g)).toEqual([
          'grantedRoles: ["User"],',
        ]);
      },
      { switches: { grantedRolesForm: "ids" } },
    ));

  test("where ids cannot be turned into names, roles are left as they are", () =>
    withScene(
      async ({ account, emulator, run, read }) => {
        account.addClient({ name: "Few", grantedRoles: ["User"] });
        emulator.fault({ kind: "status", status: 403, path: "/api/v1/clients/roles" });
        expect(await run()).toMatchObject({ code: 0 });
        const text = read("native-confidential-clients.ts");
        expect(text).toContain("// Its roles are left as they are: grantedRoles[0] is a role's id");
        expect(text).not.toContain("grantedRoles:");
      },
      { switches: { grantedRolesForm: "ids" } },
    ));

  test.each([
    ["keys", "keys"],
    ["My Keys (2)", "my-keys-2"],
    ["42", "thinkgeo-clients"],
    ["true", "thinkgeo-clients"],
    ["", "thinkgeo-clients"],
    ["clé: x", "cl-x"],
  ])("a project in the folder %j is called %s", (folder, name) => {
    expect(projectName(folder)).toBe(name);
  });
});

describe("sample clients and our own", () => {
  test("are left out, and the program and the command say so", () =>
    withScene(async ({ account, run, read }) => {
      const ended = await run("--json");
      expect(summaryOf(ended).leftOut.map(({ name, why }) => [name, why])).toEqual([
        ["Emulator operator", "own"],
        ["Sample Browser Client", "sample"],
        ["Sample Native Client", "sample"],
      ]);
      const sample = account.client("Sample Native Client")?.id ?? "";
      expect(read("index.ts")).toContain(
        `\n// Left out: "Sample Native Client" (${sample}): ThinkGeo makes it with every account; --include-samples writes it.\n`,
      );
    }));

  test("are written when they are asked for, each with a comment", () =>
    withScene(async ({ run, read, files }) => {
      expect(await run("--include-samples", "--include-own")).toMatchObject({ code: 0 });
      const text = read("native-confidential-clients.ts");
      expect(text).toContain(
        "// It is the client that this export authenticated with.\nexport const emulatorOperator = new",
      );
      expect(text).toContain(
        "// ThinkGeo makes it with every account.\nexport const sampleNativeClient = new",
      );
      expect(read("index.ts")).not.toContain("Left out");
      expect(diagnose(files())).toEqual([]);
    }));
});

describe("what cannot be declared", () => {
  test.each(Object.entries(UNDECLARABLE))("%s: the client is left out, loudly", (_, client) =>
    withScene(async ({ account, run, read, files }) => {
      const { id } = account.addClient(client);
      account.addClient({ name: "Fine" });
      const ended = await run();
      expect(ended.code).toBe(1);
      expect(ended.err).toMatch(/^Warning: ".*" \([0-9a-f-]+\) cannot be declared, and is left out: .*\n$/);
      expect(read("index.ts")).toMatch(new RegExp(`^// Left out: ".*" \\(${id}\\): .*[.?]$`, "m"));
      expect(read("native-confidential-clients.ts").match(/adopt/g)).toHaveLength(1);
      expect(diagnose(files())).toEqual([]);
      expect(await asPrettier(read("index.ts"))).toBe(read("index.ts"));
    }),
  );
});

describe("picks", () => {
  test("by names with wildcards, and by GUIDs", () =>
    withScene(async ({ account, run }) => {
      const [, , last] = ["Shop a", "shop B", "Other"].map((name) => account.addClient({ name }));
      account.addClient({ name: "Shops" });
      const ended = await run("--json", "--only", "SHOP ?", "--only", last?.id.toUpperCase() ?? "");
      const summary = summaryOf(ended);
      expect(summary.written.map(({ name }) => name)).toEqual(["Other", "Shop a", "shop B"]);
      expect(summary).toMatchObject({ picked: 3, present: 0, leftOut: [], account: { clients: 7 } });
    }));

  test("that pick nothing are a mistake, and nothing is written", () =>
    withScene(async ({ folder, run }) => {
      const ended = await run("--only", "Shop*");
      expect(ended).toMatchObject({ code: 2, out: "" });
      expect(ended.err).toBe(
        'thinkgeo export: --only: the account has no client "Shop*". "thinkgeo export --help" explains.\n',
      );
      expect(existsSync(join(folder, "keys"))).toBe(false);
    }));

  test("what a stack manages, or is about to delete, is not picked by --unmanaged", () =>
    withScene(async ({ account, folder, run }) => {
      const [one, two] = ["One", "Two", "Three"].map((name) => account.addClient({ name }));
      const resource = (id = "", rest = {}): object => ({
        urn: `urn:x::${id}`,
        type: CLIENT_TYPE_TOKEN,
        id,
        ...rest,
      });
      const resources = [resource(one?.id.toUpperCase()), resource(two?.id, { delete: true })];
      writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
      const ended = await run("--json", "--unmanaged", "--file", "state.json");
      expect(summaryOf(ended).written.map(({ name }) => name)).toEqual(["Three"]);
    }));
});

describe("refusals, before anything is written", () => {
  test.each([
    [["--out"], "argument missing"],
    [[], "--out: a folder to write into is wanted"],
    [["--out", "keys", "more"], 'It takes no arguments without a name: say "--out DIR"'],
    [
      ["--out", "keys", "--file", "x.json"],
      "--file: says what is managed already, which only --unmanaged asks about",
    ],
    [["--out", "keys", "--unmanaged", "--file", "x.json"], "x.json cannot be read (ENOENT)"],
    [["--out", "a-file"], "cannot be read (it is a file): give a folder with --out"],
    [["--out", "keys", "--nonsense"], "Unknown option '--nonsense'"],
  ])("%j", (args, message) =>
    withScene(async ({ account, folder, emulator }) => {
      writeFileSync(join(folder, "a-file"), "");
      const ended = await runCommand(["export", ...args], { folder, environment: account.environment });
      expect(ended).toMatchObject({ code: 2, out: "" });
      expect(ended.err).toContain(message);
      expect(ended.err).toMatch(
        /^thinkgeo export: .*\.\n(See docs\/troubleshooting\.md#[a-z-]+ in the package pulumi-thinkgeo\.\n)?$/,
      );
      expect(emulator.requests()).toEqual([]);
      expect(existsSync(join(folder, "keys"))).toBe(false);
    }),
  );

  const refusal = async (
    out: string,
    make: (folder: string) => void = () => undefined,
  ): Promise<{ err: string; folder: string }> => {
    let found = { err: "", folder: "" };
    await withScene(async ({ account, emulator, folder }) => {
      make(folder);
      account.addClient({ name: "Shop" });
      // Not recursive, which would go through links.
      const all = (): string[] =>
        [folder, join(folder, "keys")].filter(existsSync).flatMap((each) => readdirSync(each));
      const before = all();
      const {
        code,
        out: said,
        err,
      } = await runCommand(["export", "--out", out], { folder, environment: account.environment });
      expect({ code, said }).toEqual({ code: 2, said: "" });
      expect(all()).toEqual(before);
      // All that is wrong with the folder itself is known before the account is asked.
      if (!err.includes("plain files")) expect(emulator.requests()).toEqual([]);
      found = { err, folder };
    });
    return found;
  };

  test.each(["link", "link/", "dangling", "link/../dangling"])("--out %s, which is a link", async (out) => {
    const { err, folder } = await refusal(out, (folder) => {
      mkdirSync(join(folder, "real"));
      symlinkSync("real", join(folder, "link"));
      symlinkSync("nowhere", join(folder, "dangling"));
    });
    expect(err).toBe(
      `thinkgeo export: ${join(folder, out).replace(/\/$/, "")} is a link, which export does not follow: give the folder itself with --out.\nSee docs/troubleshooting.md#export-folder in the package pulumi-thinkgeo.\n`,
    );
  });

  test("--out that is a named pipe, or lies in one", async () => {
    const pipe = (folder: string): void => {
      execFileSync("mkfifo", [join(folder, "pipe")]);
    };
    expect((await refusal("pipe", pipe)).err).toMatch(
      /^thinkgeo export: .*\/pipe cannot be read \(it is a named pipe\): give a folder with --out\.\nSee docs\/troubleshooting\.md#[a-z-]+ in the package pulumi-thinkgeo\.\n$/,
    );
    expect((await refusal("pipe/keys", pipe)).err).toMatch(/\(a part of its path is no folder\)/);
  });

  test.each(["/proc", "/proc/self/task", "/proc/keys", "/sys/keys", "/dev/null", "through/keys"])(
    "--out %s, which is the system's",
    async (out) => {
      const { err } = await refusal(out, (folder) => {
        symlinkSync("/proc", join(folder, "through"));
      });
      expect(err).toMatch(
        /^thinkgeo export: \/.* belongs to the system: give a folder of your own with --out\.\nSee docs\/troubleshooting\.md#[a-z-]+ in the package pulumi-thinkgeo\.\n$/,
      );
    },
  );

  test.each([
    ["index.ts", "link"],
    ["native-confidential-clients.ts", "link"],
    ["thinkgeo-export.json", "link"],
    ["index.ts", "named pipe"],
    ["thinkgeo-export.json", "named pipe"],
  ])("%s in the folder that is a %s", async (file, kind) => {
    const make = (folder: string): void => {
      mkdirSync(join(folder, "keys"));
      if (kind === "named pipe") execFileSync("mkfifo", [join(folder, "keys", file)]);
      else {
        writeFileSync(
          join(folder, "elsewhere"),
          file.endsWith(".json")
            ? '{ "version": 1, "clients": {} }'
            : 'import * as thinkgeo from "pulumi-thinkgeo";\n',
        );
        symlinkSync("../elsewhere", join(folder, "keys", file));
      }
    };
    const { err } = await refusal("keys", make);
    expect(err).toMatch(
      new RegExp(
        `/keys/${file} is a ${kind}, and export writes into plain files only: nothing was written\\.\nSee docs/troubleshooting.md#[a-z-]+ in the package pulumi-thinkgeo\\.\n$`,
      ),
    );
  });

  test("a package.json that is a link is read, and not written", () =>
    withScene(async ({ account, folder, run, read }) => {
      account.addClient({ name: "Shop" });
      mkdirSync(join(folder, "keys"));
      writeFileSync(join(folder, "elsewhere.json"), '{ "type": "module" }');
      symlinkSync("../elsewhere.json", join(folder, "keys/package.json"));
      expect(await run()).toMatchObject({ code: 0 });
      expect(read("package.json")).toBe('{ "type": "module" }');
      expect(read("index.ts")).toContain('import "./native-confidential-clients.ts";');
    }));

  test.each([
    ["runtime: python", "a Pulumi project of another kind (runtime: python)"],
    ["runtime:\n  options: {}\n  name: go", "a Pulumi project of another kind (runtime: go)"],
    ["description: none", "a Pulumi project of another kind (runtime: not found in its Pulumi.yaml)"],
    ["runtime: nodejs\nmain: src/", "a Pulumi project whose program was not found"],
    ["runtime: nodejs\nmain: ../other", "a Pulumi project whose program was not found"],
    ["runtime: nodejs\nmain: app.js", "a Pulumi project whose program was not found"],
  ])("a project that export cannot write for: %j", async (settings, message) => {
    const { err } = await refusal("keys", (folder) => {
      mkdirSync(join(folder, "keys"));
      writeFileSync(join(folder, "keys/Pulumi.yaml"), `name: mine\n${settings}\n`);
    });
    expect(err).toContain(message);
    expect(err).toMatch(
      /ive another folder with --out\.\nSee docs\/troubleshooting\.md#[a-z-]+ in the package pulumi-thinkgeo\.\n$/,
    );
  });

  test("a list that is short", () =>
    withScene(
      async ({ folder, run }) => {
        const ended = await run();
        expect(ended.code).toBe(2);
        expect(ended.err).toContain("ThinkGeo listed 2 clients and says that there are 3");
        expect(existsSync(join(folder, "keys"))).toBe(false);
      },
      { switches: { listCap: 2 } },
    ));

  test("--help shows an example and the exit codes", async () => {
    const ended = await runCommand(["export", "--help"], { folder: "/", environment: {} });
    expect(ended.code).toBe(0);
    expect(ended.out).toContain("thinkgeo export --out keys");
    expect(ended.out).toContain("Exit codes: 0 if all selected clients are in the program");
  });
});
