import { withStack } from "../../engine/with-stack";
import { addOddClients, UNDECLARABLE } from "./odd-account";
import { runCommand } from "../run-command";

interface Done {
  readonly written: readonly { readonly id: string; readonly file: string }[];
  readonly leftOut: readonly { readonly id: string; readonly why: string }[];
}

test("an account of 200 odd clients goes into a program, through pulumi up, and is not changed", () =>
  withStack(async ({ stack, account, emulator }) => {
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true";
    addOddClients(account, 200);
    for (const client of Object.values(UNDECLARABLE)) account.addClient(client);
    const exportAccount = async (out: string, ...args: readonly string[]): Promise<Done> => {
      const environment = { ...stack.environment, PATH: process.env["PATH"] };
      const ended = await runCommand(["export", "--out", out, "--json", ...args], {
        folder: stack.folder,
        environment,
      });
      expect(ended.err).toBe("");
      return JSON.parse(ended.out) as Done;
    };
    const pulumi = (...args: readonly string[]): Promise<string> => stack.expect(0, "-C", "keys", ...args);
    const before = account.clients();

    const first = await exportAccount("keys");
    expect(first.written).toHaveLength(200);
    expect(first.leftOut.map(({ why }) => why).sort()).toEqual([
      "own",
      "sample",
      "sample",
      ...Object.keys(UNDECLARABLE).map(() => "undeclarable"),
    ]);
    await pulumi("stack", "init", "test");
    emulator.clearRequests();
    await pulumi("up", "--skip-preview");
    expect(account.clients()).toEqual(before);
    expect(
      emulator.requests().filter(({ method, path }) => method !== "GET" && path.startsWith("/api")),
    ).toEqual([]);
    // That it compiles is known by now.
    stack.environment["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";

    for (const name of ["Shop web key", "New one", "🚀"]) account.addClient({ name });
    const grown = account.clients();
    const added = grown
      .slice(before.length)
      .map(({ id }) => id)
      .sort();
    const rest = await exportAccount("rest", "--unmanaged", "--stack", "test", "--cwd", "keys");
    expect(rest.written.map(({ id }) => id).sort()).toEqual(added);
    const second = await exportAccount("keys");
    expect(second.written.map(({ id }) => id).sort()).toEqual(added);
    const out = await pulumi("up", "--skip-preview");
    expect(out).toMatch(/\+ 3 created/);
    expect(out).toMatch(/201 unchanged/);
    expect(account.clients()).toEqual(grown);
    await pulumi("preview", "--refresh", "--expect-no-changes");
  }));
