import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator } from "../../emulator/index";
import { EngineStack } from "./engine-stack";

const REPOSITORY = resolve(__dirname, "../..");

/** The commands of a section of README.md, as they stand there. */
function commandsOf(section: string): string[] {
  const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
  const [, text = ""] = new RegExp(`^## ${section}\n([^]*?)\n## `, "m").exec(readme) ?? [];
  return [...text.matchAll(/^ *```\n([^]*?)^ *```$/gm)].flatMap(([, block = ""]) =>
    block
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
}

/** What a user's `npm install` makes: the package, Pulumi's SDK, and the command. */
function installed(folder: string): string {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules/@pulumi"), join(modules, "@pulumi"));
  symlinkSync(REPOSITORY, join(modules, "pulumi-thinkgeo"));
  symlinkSync(join(REPOSITORY, "dist/cli/bin.js"), join(modules, ".bin/thinkgeo"));
  return modules;
}

async function typed(
  command: string,
  answer: string,
  stack: EngineStack,
): Promise<{ code: number | null; out: string }> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...stack.environment };
  const child = spawn("sh", ["-c", command], { cwd: stack.folder, env });
  let out = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stdin.end(answer);
  return new Promise((done) => child.on("close", (code) => done({ code, out })));
}

// The walk is README's own; only the values that it leaves open are filled in, and the questions answered.
test("README's steps for the live service, word for word, against the emulator", async () => {
  const emulator = await startEmulator();
  const packages = mkdtempSync(join(tmpdir(), "thinkgeo-readme-"));
  let account = emulator.addAccount();
  // What begins with a hyphen is taken for an option (docs/first-use.md).
  while (/^-/.test(account.clientId) || /^-/.test(account.clientSecret)) account = emulator.addAccount();
  const stack = await new EngineStack(account, installed(packages)).init();
  try {
    for (const name of ["THINKGEO_CLIENT_ID", "THINKGEO_CLIENT_SECRET", "THINKGEO_API_URL"])
      delete stack.environment[name];
    stack.environment["PULUMI_SKIP_CONFIRMATIONS"] = "true";
    await stack.expect(0, "config", "set", "thinkgeo:apiUrl", emulator.url);
    stack.declare({ name: "trial", args: { type: "JavaScript", allowedOrigins: ["nobody.example"] } });
    const commands = commandsOf("Against the live service");
    expect(commands).toHaveLength(8);
    let seen = 0;
    for (const command of commands) {
      const filled = command.replace("YOUR_CLIENT_ID", account.clientId);
      const { code, out } = await typed(filled, account.clientSecret, stack);
      expect({ command, code, out }).toMatchObject({ code: 0 });
      expect(out).not.toContain(account.clientSecret);
      seen = Math.max(seen, account.clients().length);
    }
    expect(seen).toBe(4);
    expect(account.clients()).toHaveLength(3);
  } finally {
    stack.remove();
    rmSync(packages, { recursive: true, force: true });
    await emulator.close();
  }
});
