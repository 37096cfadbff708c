import { sweepReport, type SweepReport } from "../../../cli/sweep/report";
import { withStack, type Scene } from "../../engine/with-stack";
import { runCommand, type Ended } from "../run-command";
import { daysAgo } from "./sweep-scene";

function sweep({ stack }: Scene, ...args: readonly string[]): Promise<Ended> {
  const { PATH, HOME } = process.env;
  return runCommand(["sweep", "--prefix", "pr-", "--older-than", "7d", "--json", ...args], {
    environment: { PATH, HOME, ...stack.environment },
    folder: stack.folder,
  });
}

const reasons = (out: string): SweepReport["clients"][number]["reason"][] =>
  sweepReport.parse(JSON.parse(out)).clients.map(({ reason }) => reason);

test("clients of a real stack are its own, a rotation's both too; the first stack's configuration signs in", () =>
  withStack(async (scene) => {
    const { stack, account, emulator } = scene;
    const name = `pr-1-${daysAgo(30)}`;
    for (const request of ["first", "second"]) {
      const web = { name: "web", args: { name, type: "JavaScript" } };
      const server = { type: "NativeConfidential", rotateWhenChanged: { request } };
      await stack.declare(web, { name: "pr-server", kind: "RotatingClient", args: server }).up();
    }
    const left = account.addClient({ name: `pr-3-${daysAgo(30)}` });
    const owned = scene.own().filter(({ id }) => id !== left.id);
    expect(owned).toHaveLength(3);

    const named = await sweep(scene, "--stack", "test", "--dry-run");
    expect([named.code, reasons(named.out)]).toEqual([1, ["owned", "old", "owned", "owned"]]);
    const unseen = await sweep(scene, "--stack", "nowhere", "--yes");
    expect([unseen.code, unseen.err]).toEqual([2, expect.stringContaining('"pulumi ')]);

    // The environment is another account's from here on.
    const other = emulator.addAccount();
    stack.environment = { ...stack.environment, ...other.environment };
    const wrong = await sweep(scene, "--all-stacks", "--yes");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining(`belongs to account ${account.id}`)]);
    await stack.expect(0, "config", "set", "--", "thinkgeo:clientId", account.clientId);
    await stack.expect(0, "config", "set", "--secret", "--", "thinkgeo:clientSecret", account.clientSecret);
    const right = await sweep(scene, "--stack", "test", "--yes");
    expect([right.code, reasons(right.out)]).toEqual([0, ["owned", "old", "owned", "owned"]]);
    expect(scene.own()).toEqual(owned);
  }));
