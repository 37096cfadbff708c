import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "../../cli/account/sign-in";
import { COMMON_OPTIONS } from "../../cli/command";
import { COMMANDS } from "../../cli/main";
import { textWidth } from "../../cli/terminal/lines";
import { runCommand, type Ended } from "./run-command";

const NAMES = Object.keys(COMMANDS);

const run = (args: readonly string[], columns?: number): Promise<Ended> =>
  runCommand(args, {
    interactive: columns !== undefined,
    columns,
    environment: { NO_COLOR: "1" },
    folder: tmpdir(),
  });

describe.each(NAMES)("thinkgeo %s", (name) => {
  test("explains itself by --help, -h and help, in 80 columns", async () => {
    const { code, out } = await run([name, "--help"]);
    expect(code).toBe(0);
    expect((await run([name, "-h"])).out).toBe(out);
    expect((await run(["help", name])).out).toBe(out);
    expect(out.split("\n").filter((line) => textWidth(line) > 80)).toEqual([]);
    expect(out).toMatch(/^Usage: thinkgeo /);
    expect(out).not.toContain("\\u000a");
    expect(out).toMatch(/^Exit codes: 0/m);
    expect(out).toMatch(/\nMore: docs\/reference\/cli\.md in the package pulumi-thinkgeo\.\n$/);
  });

  test("uses a wider screen, and fits a narrow one", async () => {
    const lines = async (columns: number): Promise<string[]> =>
      (await run([name, "--help"], columns)).out.split("\n");
    expect((await lines(160)).length).toBeLessThanOrEqual((await lines(80)).length);
    expect((await lines(60)).length).toBeGreaterThanOrEqual((await lines(80)).length);
  });

  test("says what a misspelt option was meant to be, and ends with 2", async () => {
    const [option = ""] = Object.keys({ ...COMMANDS[name]?.().options, ...COMMON_OPTIONS });
    const misspelt = `--${option}z`;
    const { code, err } = await run([name, misspelt]);
    expect(code).toBe(2);
    expect(err).toMatch(/did you mean --[\w-]+\?/);
  });
});

test("one letter means one thing everywhere", () => {
  const meanings = new Map<string, Set<string>>();
  for (const name of NAMES)
    for (const [long, { short }] of Object.entries({ ...COMMANDS[name]?.().options, ...COMMON_OPTIONS }))
      if (short !== undefined) meanings.set(short, (meanings.get(short) ?? new Set()).add(long));
  expect(Object.fromEntries([...meanings].map(([short, longs]) => [short, [...longs]]))).toEqual({
    s: ["stack"],
    C: ["cwd"],
    j: ["json"],
    y: ["yes"],
    h: ["help"],
  });
});

test.each([
  ["drif", "did you mean drift?"],
  ["swep", "did you mean sweep?"],
  ["deploy", '"thinkgeo --help" lists them.'],
])("there is no command %s", async (name, guess) => {
  const { code, err } = await run([name]);
  expect([code, err]).toEqual([2, expect.stringContaining(guess)]);
});

test("a folder that is not there is said, and not taken for a missing Pulumi", async () => {
  const { code, err } = await run(["drift", "-s", "dev", "-C", "no-such-folder"]);
  expect([code, err]).toEqual([2, expect.stringContaining("There is no directory no-such-folder")]);
});

test("where nobody can sign in, what to type is said", async () => {
  const { code, err } = await run(["explain", "--client", "x", "--address", "203.0.113.9"]);
  expect(code).toBe(2);
  expect(err).toContain("No stack's configuration was read: go to the folder of a Pulumi project");
});

describe("completion", () => {
  const complete = (...words: readonly string[]): string[] => {
    const folder = mkdtempSync(join(tmpdir(), "thinkgeo-completion-"));
    try {
      const script = join(folder, "script");
      writeFileSync(script, SCRIPTS["bash"] ?? "");
      const list = words.map((word) => `'${word}'`).join(" ");
      const asked = `source ${script}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _thinkgeo; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = spawnSync("bash", ["-c", asked], { encoding: "utf8" });
      expect(stderr).toBe("");
      return stdout.split("\n").filter((word) => word !== "");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const SCRIPTS: Record<string, string> = {};
  beforeAll(async () => {
    for (const shell of ["bash", "zsh", "fish"]) SCRIPTS[shell] = (await run(["completion", shell])).out;
  });

  test("bash knows the commands, their options and the words of these", () => {
    expect(complete("thinkgeo", "d")).toEqual(["drift", "doctor"]);
    expect(complete("thinkgeo", "sweep", "--dr")).toEqual(["--dry-run"]);
    expect(complete("thinkgeo", "drift", "--format", "s")).toEqual(["sarif"]);
    expect(complete("thinkgeo", "help", "em")).toEqual(["emulator"]);
    // Names of files are bash's own matter.
    expect(complete("thinkgeo", "drift", "--output", "")).toEqual([]);
  });

  test.each(["bash", "zsh", "fish"])("%s knows every option of every command", (shell) => {
    const script = SCRIPTS[shell] ?? "";
    for (const name of NAMES)
      for (const option of Object.keys(COMMANDS[name]?.().options ?? {})) {
        const spelled = shell === "fish" ? `-l ${option} ` : `--${option}`;
        expect(script).toContain(spelled);
      }
  });

  test("of another shell is refused, with those that there are", async () => {
    expect(await run(["completion", "tcsh"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("knows bash, zsh, fish") as string,
    });
  });
});

const environment = { THINKGEO_CLIENT_ID: "id", THINKGEO_CLIENT_SECRET: "secret" };
const readWith = (values: Record<string, string>): unknown => readSettings({ values }, { environment });

test("the configuration of a stack wins, and what is misspelt in it is an error before anybody signs in", () => {
  const apiUrl = "http://127.0.0.1:4400";
  expect(readWith({ "thinkgeo:apiUrl": apiUrl })).toMatchObject({ apiUrl, clientId: "id" });
  expect(() => readWith({ "thinkgeo:apiURL": apiUrl })).toThrow("did you mean thinkgeo:apiUrl?");
  // It may be that of a project called thinkgeo.
  expect(readWith({ "thinkgeo:greeting": "hello" })).toMatchObject({ clientId: "id" });
});
