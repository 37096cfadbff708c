import { driftReport, type Report } from "../../../cli/drift/report";
import { DYNAMIC_PROGRAM } from "../../engine/programs";
import { withStack, type Scene } from "../../engine/with-stack";
import { runCommand } from "../run-command";

const web = {
  name: "web",
  args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] },
};
const tiles = { name: "tiles", args: { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } };

interface Ended {
  readonly code: number;
  readonly text: string;
  readonly report: () => Report;
}

async function drift({ stack }: Scene, ...args: readonly string[]): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const { code, out, err } = await runCommand(["drift", "--json", ...args], {
    environment: { PATH, HOME, ...stack.environment },
    folder: stack.folder,
  });
  return { code, text: out + err, report: () => driftReport.parse(JSON.parse(out)) };
}

/** Where the program of the tests makes its clients. */
const LINE = DYNAMIC_PROGRAM.split("\n").findIndex((line) => line.includes("new thinkgeo[")) + 1;

test("a real stack: in sync, edited by hand, healed; neither state nor account is touched", () =>
  withStack(async (scene) => {
    const { stack, account, emulator, calls } = scene;
    await stack.declare(web, tiles).up();
    emulator.clearRequests();
    // Without arguments: the stack that is selected in the folder.
    const clean = await drift(scene);
    expect([clean.code, clean.report().summary]).toMatchObject([0, { managed: 2, missing: 0, unmanaged: 0 }]);
    expect(clean.report().stacks).toEqual([{ name: "test", clients: 2 }]);
    expect(calls()).toEqual(["POST /identity/connect/token", "GET /api/v1/clients"]);

    account.editClient("Web", { allowedOrigins: ["acme.com", "*.acme.com", "evil.example"] });
    const state = await stack.expect(0, "stack", "export");
    const clients = account.clients();
    const edited = await drift(scene, "--stack", "test");
    expect(edited.code).toBe(1);
    const [changed] = edited.report().findings;
    expect(changed).toMatchObject({
      kind: "changed",
      name: "Web",
      resources: [{ stack: "test", resource: "web", source: { file: "index.js", line: LINE } }],
      details: ["allowedOrigins: opens evil.example"],
    });
    expect(await stack.expect(0, "stack", "export")).toBe(state);
    expect(account.clients()).toEqual(clients);

    await stack.up("--refresh");
    expect((await drift(scene, "--stack", "test")).code).toBe(0);
  }));

test("secrets are compared for who asks, from the stack or from a file, and are in no output", () =>
  withStack(async (scene) => {
    const { stack, account } = scene;
    await stack.declare(tiles).up();
    const [made] = scene.own();
    if (made === undefined) throw new Error("no client was made");
    const { id, apiSecret: before } = made;
    await stack.expect(0, "stack", "export", "--show-secrets", "--file", "plain.json");
    await stack.expect(0, "stack", "export", "--file", "sealed.json");
    expect(await drift(scene, "--check", "secrets")).toMatchObject({ code: 0 });
    const secret = before.split("").reverse().join("").replace(/^~+/, "") + "~~";
    account.editClient(id, { apiSecret: secret });
    expect((await drift(scene)).code).toBe(0);
    for (const args of [
      ["--check", "secrets"],
      ["plain.json"],
      ["--file", "plain.json", "--check", "secrets"],
    ]) {
      const rotated = await drift(scene, ...args);
      expect(rotated.code).toBe(1);
      expect(rotated.report().findings[0]).toMatchObject({ kind: "secret-changed", id });
      expect(rotated.text).not.toMatch(new RegExp(`${secret}|${before}`));
    }
    const blind = await drift(scene, "sealed.json", "--check", "secrets");
    expect(blind.report().notes).toEqual([expect.stringContaining("the secrets of 1 client.")]);
  }));

test("a stack that is not there, and a directory without a project, are sentences", () =>
  withStack(async (scene) => {
    for (const args of [
      ["--stack", "nowhere"],
      ["--cwd", "no-such-folder"],
      ["--cwd", ".."],
    ]) {
      const { code, text } = await drift(scene, ...args);
      expect(code).toBe(2);
      expect(text).toMatch(/^thinkgeo drift: (?:"pulumi .+ failed: .+|There is no directory .+)\n$/s);
    }
  }));
