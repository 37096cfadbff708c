import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf } from "../end-of";
import { BIN, REPOSITORY, textOf } from "../repository";
import { startEmulator } from "../../emulator/index";
import { EngineStack } from "./engine-stack";
import { runCommand } from "../cli/run-command";

/** The commands of a section of README.md, as they stand there. */
function commandsOf(section: string): string[] {
  const readme = textOf("README.md");
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
  writeFileSync(join(modules, ".bin/thinkgeo"), `#!/bin/sh\nexec node ${BIN} "$@"\n`, { mode: 0o755 });
  return modules;
}

const withoutCredentials = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("THINKGEO_")));

/** Runs a line as a shell does, with what is typed into it. */
function typed(command: string, answer: string, stack: EngineStack): ReturnType<typeof endOf> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...stack.environment };
  const child = spawn("sh", ["-c", command], { cwd: stack.folder, env });
  child.stdin.end(answer);
  return endOf(child);
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
    stack.environment = withoutCredentials(stack.environment);
    await stack.expect(0, "config", "set", "thinkgeo:apiUrl", emulator.url);
    stack.declare({ name: "trial", args: { type: "JavaScript", allowedOrigins: ["nobody.example"] } });
    const commands = commandsOf("Against the live service");
    expect(commands).toHaveLength(8);
    let seen = 0;
    for (const command of commands) {
      const filled = command.replace("YOUR_CLIENT_ID", account.clientId);
      // Instead of the "yes" that a person chooses on a terminal.
      const asks = / (?:up|destroy)$/.test(command);
      stack.environment["PULUMI_SKIP_CONFIRMATIONS"] = String(asks);
      const { code, out, err } = await typed(filled, account.clientSecret, stack);
      if (code !== 0) throw new Error(`${command} ended with ${code ?? "a signal"}: ${out}${err}`);
      expect(out + err).not.toContain(account.clientSecret);
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

test("every command signs in with the selected stack's configuration, from a folder below the project's too", async () => {
  const emulator = await startEmulator();
  const account = emulator.addAccount();
  const stack = await new EngineStack(account).init();
  try {
    const environment = withoutCredentials(stack.environment);
    for (const [setting, value] of [
      ["apiUrl", emulator.url],
      ["clientId", account.clientId],
      ["clientSecret", account.clientSecret],
    ] as const)
      await stack.expect(0, "config", "set", "--secret", "--", `thinkgeo:${setting}`, value);
    const below = join(stack.folder, "below");
    mkdirSync(below);
    const thinkgeo = async (...args: readonly string[]): Promise<{ code: number; err: string }> => {
      const { code, err } = await runCommand(args, {
        environment: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
        folder: below,
      });
      return { code, err };
    };
    const sample = "Sample Browser Client";
    expect(await thinkgeo("doctor")).toEqual({ code: 0, err: "" });
    expect(await thinkgeo("drift")).toEqual({ code: 0, err: "" });
    expect(await thinkgeo("export", "--out", "keys")).toEqual({ code: 0, err: "" });
    expect(await thinkgeo("explain", "--client", sample, "--origin", "https://a.com")).toEqual({
      code: 0,
      err: "",
    });
    expect(await thinkgeo("sweep", "--prefix", "pr-", "--older-than", "7d", "--no-stacks", "--yes")).toEqual({
      code: 0,
      err: "",
    });

    // Where that cannot be read, the environment is enough, and it is said.
    environment["PULUMI_CONFIG_PASSPHRASE"] = "wrong";
    expect(await thinkgeo("explain", "--client", sample, "--origin", "https://a.com")).toMatchObject({
      code: 2,
    });
    Object.assign(environment, account.environment);
    const { code, err } = await thinkgeo("explain", "--client", sample, "--origin", "https://a.com");
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("The credentials of the environment are used instead."),
    ]);
    const named = await thinkgeo("explain", "-s", "test", "--client", sample, "--origin", "https://a.com");
    expect(named.code).toBe(2);
  } finally {
    stack.remove();
    await emulator.close();
  }
});
