import { spawn } from "node:child_process";
import { textOf } from "../repository";
import { startEmulator, type Client, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { ownClients } from "../own-clients";
import { missingFrom, shownIn } from "./shown";

const page = textOf("docs/troubleshooting.md");
const shown = shownIn(page);

/** The tests tell the page's story, in its order, with the engine that it tells of. */
describe("docs/troubleshooting.md shows what is printed after an interrupted run", () => {
  let emulator: Emulator;
  let stack: EngineStack;
  const mail = { name: "mail", args: { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } };
  const made = (): Client[] => ownClients(emulator.accounts[0]);

  beforeAll(async () => {
    emulator = await startEmulator();
    stack = new EngineStack(emulator.accounts[0]);
    stack.write("Pulumi.yaml", "name: lab\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
    await stack.expect(0, "stack", "init", "dev");
  });
  afterAll(async () => {
    stack.remove();
    await emulator.close();
  });

  const run = async (index: number): Promise<{ code: number; out: string; output: string }> => {
    const { command, output } = shown[index] ?? { command: "", output: "" };
    expect(command).toMatch(/^pulumi /);
    const { code, out } = await stack.run(...command.split(" ").slice(1));
    return { code, out, output };
  };

  test("it has the commands that are run here", () => {
    expect(shown.map(({ command }) => command)).toEqual([
      "pulumi up --yes",
      "pulumi cancel --yes",
      "pulumi up --yes",
      "pulumi up --yes",
      "pulumi refresh --yes --clear-pending-creates",
    ]);
  });

  test("1. the lock", async () => {
    stack.declare(mail);
    const { PATH = "", HOME = "" } = process.env;
    const held = emulator.fault({ kind: "hold", method: "POST", path: "/api/v1/clients", when: "after" });
    const engine = spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], {
      cwd: stack.folder,
      env: { PATH, HOME, ...stack.environment },
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => engine.once("exit", resolve));
    await held.untilFired();
    engine.kill("SIGKILL");
    await ended;
    held.remove();
    expect(made()).toHaveLength(1);
    const locked = await run(0);
    expect(missingFrom(locked.out, locked.output)).toEqual([]);
    expect(locked.code).not.toBe(0);
    const cancelled = await run(1);
    expect(missingFrom(cancelled.out, cancelled.output)).toEqual([]);
  });

  test("2. the client: the rerun makes no second one, names the lost one, and adopts it as told", async () => {
    const refused = await run(2);
    expect(missingFrom(refused.out, refused.output)).toEqual([]);
    const [lost, ...more] = made();
    expect(more).toEqual([]);
    expect(refused.out).toContain(`adopt: "${lost?.id ?? ""}"`);
    stack.declare({ ...mail, args: { ...mail.args, adopt: lost?.id } });
    const adopted = await run(3);
    expect(missingFrom(adopted.out, adopted.output)).toEqual([]);
    expect(made()).toEqual([lost]);
    expect((await stack.outputs("mail"))["clientSecret"]).toBe(lost?.apiSecret);
  });

  test("3. the pending operation", async () => {
    const { out, output } = await run(4);
    expect(missingFrom(out, output)).toEqual([]);
  });

  test("many clients that are missing", async () => {
    stack.declare(mail, ...["a", "b", "c", "d"].map((name) => ({ ...mail, name })));
    await stack.up();
    for (const { id } of made()) emulator.accounts[0].deleteClient(id);
    const { out, code } = await stack.run("up", "--refresh", "--yes");
    expect(out).toContain("all clients of this stack that were asked for are missing from the account");
    expect(out).toContain("See docs/troubleshooting.md#many-missing in the package pulumi-thinkgeo.");
    expect(code).not.toBe(0);
    expect(page).toMatch(/^THINKGEO_ON_VANISHED=accept pulumi up --refresh +# /m);
    stack.environment["THINKGEO_ON_VANISHED"] = "accept";
    await stack.expect(0, "up", "--refresh", "--yes");
    expect(made()).toHaveLength(5);
  });
});
