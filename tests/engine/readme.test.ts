import { spawn } from "node:child_process";
import { cpSync, lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json";
import { endOf } from "../end-of";
import { pathWithout, REPOSITORY, textOf } from "../repository";
import { startEmulator } from "../../emulator/index";
import { EngineStack } from "./engine-stack";
import { runCommand } from "../cli/run-command";
import { missingFrom } from "../docs/shown";

/** The one block of commands of a section of README.md, as it stands there. */
function blockOf(section: string): string {
  const [, text = ""] = new RegExp(`^## ${section}\n([^]*?)\n## `, "m").exec(textOf("README.md")) ?? [];
  const blocks = [...text.matchAll(/^```\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
  expect(blocks).toHaveLength(1);
  return blocks[0] ?? "";
}

/** A folder of the clone's name with what the package and its templates are made from. */
function cloneIn(folder: string): string {
  const clone = join(folder, "pulumi-thinkgeo");
  for (const name of ["package.json", "templates", ...packageJson.files.filter((file) => /^\w/.test(file))])
    if (!name.includes("{")) cpSync(join(REPOSITORY, name), join(clone, name), { recursive: true });
  return clone;
}

// The walk is README's own. Only what a person types is filled in: "yes", and the account, which is in the environment.
test("README's way to an own account, word for word, in a new folder, with the packed package and the emulator", async () => {
  const emulator = await startEmulator();
  const [account] = emulator.accounts;
  const stack = new EngineStack(account);
  try {
    const commands = blockOf("Use it with your account")
      .trim()
      .split("\n")
      .map((line) => line.replace(/\s+#.*$/, ""));
    expect(commands).toHaveLength(8);
    const script = commands.flatMap((command) => [
      // Instead of the "yes" that a person chooses on a terminal.
      /^pulumi (?:new|up|destroy)\b/.test(command) ? `PULUMI_SKIP_CONFIRMATIONS=true ${command}` : command,
      // The template's default is the live service.
      ...(command.startsWith("pulumi new ") ? [`pulumi config set thinkgeo:apiUrl ${emulator.url}`] : []),
      `echo "[$? after ${command}]"`,
    ]);
    const child = spawn("sh", ["-ec", script.join("\n")], {
      cwd: cloneIn(stack.folder),
      env: {
        // npm's own settings, of whoever runs this, are needed to reach a registry.
        ...{ ...process.env, ...stack.environment },
        // The command is the package's own, and not this repository's.
        PATH: pathWithout("thinkgeo"),
        // dist/ is compiled already.
        npm_config_ignore_scripts: "true",
      },
    });
    const { code, out, err } = await endOf(child);
    if (code !== 0) throw new Error(`It ended with ${code ?? "a signal"}:\n${out}${err}`);
    for (const command of commands) expect(out).toContain(`[0 after ${command}]`);
    expect(out + err).not.toContain(account.clientSecret);

    const installed = join(stack.folder, "map-keys/node_modules/pulumi-thinkgeo");
    expect(lstatSync(installed).isSymbolicLink()).toBe(false);
    expect(out).toMatch(/^\d+ checks: \d+ passed/m);
    expect(out).toMatch(/1 managed, 0 missing, 0 unmanaged/);
    const made = emulator
      .requests({ method: "POST" })
      .filter(({ path, status }) => path === "/api/v1/clients" && status === 200);
    expect(made).toHaveLength(1);
    expect(account.clients()).toHaveLength(3);
  } finally {
    stack.remove();
    await emulator.close();
  }
});

test("README shows what pulumi up prints for its program", async () => {
  const emulator = await startEmulator();
  const stack = new EngineStack(emulator.accounts[0]);
  try {
    const readme = textOf("README.md");
    const [, program = ""] = /```ts\n([^]*?)```/.exec(readme) ?? [];
    const [, shown = ""] = /^`pulumi up` makes [^]*?^```\n([^]*?)^```/m.exec(readme) ?? [];
    const lines = shown.trim().split("\n");
    expect(lines).toHaveLength(6);
    stack.write("index.ts", program);
    stack.write("package.json", JSON.stringify({ name: "engine-test", type: "module", main: "index.ts" }));
    const out = await (await stack.init()).up();
    const keys = (text: string): string => text.replaceAll(/"[\w-]+~"/g, '"…"');
    expect(lines.flatMap((line) => missingFrom(keys(out), keys(line)))).toEqual([]);
  } finally {
    stack.remove();
    await emulator.close();
  }
});

const withoutCredentials = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("THINKGEO_")));

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
    environment["VAULT_ADDR"] = "http://127.0.0.1:9";
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
