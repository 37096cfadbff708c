import { spawn } from "node:child_process";
import { ALL_KINDS } from "../../cli/drift/report";
import { startEmulator, type Emulator } from "../../emulator";
import { endOf } from "../end-of";
import { EngineStack } from "../engine/engine-stack";
import { BIN, textOf } from "../repository";
import { missingFrom, shownIn } from "../docs/shown";

const page = textOf("docs/guides/ci-and-drift.md");
const [report] = shownIn(page);
const [, ignored = ""] = /```\n(# Made by another team\.[^`]+)```/.exec(page) ?? [];
const commands = [...page.matchAll(/^npx --no-install (thinkgeo drift .*)$/gm)].map(([, command = ""]) =>
  command.split(" ").slice(1),
);
const tiles = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.0/24"] };

test("docs/guides/ci-and-drift.md says of each finding what to do", () => {
  const named = [...page.matchAll(/^\| (`[^|]+) \| [^|]+ \|$/gm)].flatMap(
    ([, names = ""]) => names.match(/(?<=`)[a-z-]+(?=`)/g) ?? [],
  );
  expect([...new Set(named)].filter((name) => ALL_KINDS.some((kind) => kind === name)).sort()).toEqual(
    [...ALL_KINDS].sort(),
  );
});

describe("docs/guides/ci-and-drift.md, command for command", () => {
  let emulator: Emulator;
  let account: Emulator["accounts"][0];
  let stack: EngineStack;
  const drift = (...args: readonly string[]): ReturnType<typeof endOf> => {
    const { PATH = "", HOME = "" } = process.env;
    const env = { PATH, HOME, ...stack.environment };
    return endOf(spawn(process.execPath, [BIN, ...args], { cwd: stack.folder, env }));
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    [account] = emulator.accounts;
    stack = new EngineStack(account);
    await stack.expect(0, "stack", "init", "prod");
    await stack
      .declare(
        { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } },
        { name: "tiles", args: { ...tiles, name: "Tile renderer" } },
        { name: "batch", args: { ...tiles, name: "Batch job" } },
      )
      .up();
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
    account.editClient("Tile renderer", { isActive: false });
    account.deleteClient("Batch job");
    account.addClient({ name: "Office", allowedIpAddresses: ["10.0.0.0/8"] });
  });
  afterAll(async () => {
    stack.remove();
    await emulator.close();
  });

  test("the report, line by line", async () => {
    expect(report?.command).toBe("npx --no-install thinkgeo drift --stack prod");
    const { code, out } = await drift("drift", "--stack", "prod");
    expect(code).toBe(1);
    expect(missingFrom(out, report?.output ?? "")).toEqual([]);
    expect(out.trimEnd().split("\n")).toHaveLength(report?.output.split("\n").length ?? 0);
    expect((await drift("drift", "--stack", "prod", "--fail-on", "all")).out).toContain("8 findings of 8");
  });

  test("what is ignored, and what a baseline accepts", async () => {
    const [write = [], compare = []] = commands;
    expect((await drift(...write)).code).toBe(0);
    expect((await drift(...compare)).code).toBe(0);
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example", "more.example"] });
    const { code, out } = await drift(...compare);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("more.example") as string });
    account.addClient({ name: "CI runner" });
    stack.write(".thinkgeoignore", ignored);
    const report = (await drift("drift", "--stack", "prod")).out;
    expect(report).toContain("evil.example");
    for (const each of ["CI runner", "sample-client"]) expect(report).not.toContain(each);
  });

  test("up --refresh corrects it, and secrets can be compared", async () => {
    const [, , secrets = []] = commands;
    await stack.up("--refresh");
    expect((await drift(...secrets)).code).toBe(0);
    expect(secrets).toContain("secrets");
  });
});
