import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { startEmulator, type Emulator } from "../../emulator";
import { endOf } from "../end-of";
import { projectModules } from "../pipelines/project-modules";
import { textOf } from "../repository";

jest.setTimeout(300_000);

const page = textOf("docs/getting-started.md");
/** The blocks in a language, without the blanks that indent them in a list. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\n([^]*?)^ *\`\`\`$`, "gm"))].map(
    ([, indent, text = ""]) => text.replaceAll(new RegExp(`^${indent ?? ""}`, "gm"), ""),
  );
const [project = ""] = blocks("yaml");
const [program = "", development = ""] = blocks("ts");
const [inPage = ""] = blocks("js");
const INSTALL = "npm install /path/to/pulumi-thinkgeo-0.2.0.tgz @pulumi/pulumi";

// What the page leaves open is filled in; everything else is run as it stands, in its order.
describe("docs/getting-started.md, command for command", () => {
  const place = mkdtempSync(join(tmpdir(), "thinkgeo-first-key-"));
  const folder = join(place, "maps");
  const modules = projectModules();
  let emulator: Emulator;
  let exported: Record<string, string> = {};

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(async () => {
    await emulator.close();
    for (const made of [place, modules]) rmSync(made, { recursive: true, force: true });
  });

  /** Runs a block in bash, with the variables that the blocks before it have exported. */
  async function run(block: string, typed = ""): Promise<string> {
    const { PATH = "", HOME = "" } = process.env;
    const env = {
      PATH,
      HOME,
      PULUMI_HOME: join(place, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...exported,
    };
    const child = spawn("bash", ["-e", "-c", block], { cwd: existsSync(folder) ? folder : place, env });
    child.stdin.end(typed);
    const { code, out, err } = await endOf(child);
    if (code !== 0) throw new Error(`${block} ended with ${code ?? "a signal"}: ${out}${err}`);
    for (const [, name = "", value = ""] of block.matchAll(/^export (\w+)="(.*)"$/gm))
      exported[name] = value.replace("$PWD", folder);
    return out;
  }

  /** The page's own code for a web page, as a page of that origin runs it. */
  const open = (apiKey: string, origin: string): Promise<void> => {
    const code = inPage.replace("URL", emulator.url).replace("API_KEY", apiKey);
    const context = {
      fetch: (url: string) => fetch(url, { headers: { origin } }),
      console: { log: () => undefined },
    };
    return runInNewContext(`(async () => { ${code} })()`, context) as Promise<void>;
  };

  const [make = "", state = "", stack = "", up = "", output = "", hand = "", remove = "", ...account] =
    blocks("sh");

  test("a project, a stack and a key, against the emulator", async () => {
    expect(make).toContain(INSTALL);
    await run(make.replace(INSTALL, "true"));
    symlinkSync(modules, join(folder, "node_modules"), "junction");
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toMatchObject({
      type: "module",
      main: "index.ts",
    });
    writeFileSync(join(folder, "Pulumi.yaml"), project);
    writeFileSync(join(folder, "index.ts"), program);
    exported = { ...emulator.accounts[0].environment };
    await run(state);
    await run(stack);
    expect(await run(up)).toMatch(/Outputs:\n {4}apiKey: "/);
    const apiKey = (await run(output)).trim();
    expect(emulator.accounts[0].clients().find((client) => client.apiKey === apiKey)).toMatchObject({
      allowedOrigins: ["maps.acme.com", "localhost"],
    });
    await run(hand);
    expect(readFileSync(join(folder, ".env.local"), "utf8")).toBe(`VITE_THINKGEO_API_KEY=${apiKey}\n`);
    await open(apiKey, "https://maps.acme.com");
    await expect(open(apiKey, "https://evil.example")).rejects.toThrow("ThinkGeo refused: HTTP 403");
    await run(remove);
    await expect(open(apiKey, "https://maps.acme.com")).rejects.toThrow("ThinkGeo refused: HTTP 401");
  });

  test("the steps for an account, and the second key", async () => {
    let own = emulator.addAccount();
    // What begins with a hyphen is taken for an option.
    while (/^-/.test(own.clientId)) own = emulator.addAccount();
    for (const name of Object.keys(exported).filter((each) => each.startsWith("THINKGEO_")))
      Reflect.deleteProperty(exported, name);
    const [credentials = "", doctor = "", explain = "", ...rest] = account;
    expect(rest).toEqual([]);
    await run(credentials.replace("YOUR_CLIENT_ID", own.clientId), own.clientSecret);
    await run(`pulumi config set thinkgeo:apiUrl ${emulator.url}`);
    await run(doctor);
    appendFileSync(join(folder, "index.ts"), development);
    await run("pulumi up --yes");
    const key = (await run("pulumi stack output developmentKey")).trim();
    expect(own.clients().find(({ apiKey }) => apiKey === key)).toMatchObject({
      allowedIpAddresses: ["198.51.100.7"],
    });
    expect(await run(explain)).toMatch(/^Allowed: /);
  });
});
