import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf } from "../end-of";
import { projectModules } from "../pipelines/project-modules";
import { textOf } from "../repository";

jest.setTimeout(300_000);

const blocks = (page: string, language: string): string[] =>
  [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );
const TUTORIAL = "docs/getting-started.md";
const [project = ""] = blocks(TUTORIAL, "yaml");
const [program = ""] = blocks(TUTORIAL, "ts");
const tests = blocks("docs/guides/testing.md", "ts");

describe("the tests of docs/guides/testing.md, as they are printed, pass for the program of docs/getting-started.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-testing-"));
  const modules = projectModules();

  beforeAll(() => {
    symlinkSync(modules, join(folder, "node_modules"), "junction");
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", main: "index.ts" }));
    writeFileSync(join(folder, "Pulumi.yaml"), project);
  });
  afterAll(() => {
    for (const made of [folder, modules]) rmSync(made, { recursive: true, force: true });
  });

  const run = (text: string): ReturnType<typeof endOf> => {
    writeFileSync(join(folder, "keys.test.ts"), text);
    const { PATH = "", HOME = "" } = process.env;
    const env = { PATH, HOME, PULUMI_HOME: join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
    return endOf(spawn("node", ["--test", "keys.test.ts"], { cwd: folder, env }));
  };

  test.each([
    ["unit test", "setMocks"],
    ["test with the emulator", "startEmulator"],
  ])("%s", async (_, part) => {
    const [text = ""] = tests.filter((each) => each.includes(part));
    writeFileSync(join(folder, "index.ts"), program);
    expect(await run(text)).toMatchObject({ code: 0, out: expect.stringMatching(/pass 1\n/) as string });
    writeFileSync(join(folder, "index.ts"), program.replace("maps.acme.com", "other.acme.com"));
    expect(await run(text)).toMatchObject({ code: 1, out: expect.stringMatching(/fail 1\n/) as string });
  });
});
