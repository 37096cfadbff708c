import { textOf } from "../repository";
import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import type { Declaration } from "../engine/programs";
import { missingFrom, shownIn } from "./shown";

const page = textOf("docs/replacing.md");
const shown = shownIn(page);
const closed = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

const declared = (name: string, args: object, opts?: object): Declaration => ({
  name,
  args: { ...closed, ...args },
  ...(opts === undefined ? {} : { opts: { ...opts } }),
});
const batch = (renewed: string): Declaration =>
  declared("batch", { name: "Batch job", replaceWhenChanged: { renewed } });
const generated = (renewed: string): Declaration => declared("page", { replaceWhenChanged: { renewed } });
const named = (name: string, opts?: object): Declaration => declared(name, { name: "Page" }, opts);

/** The tests tell the page's story, in its order, on one stack. */
describe("docs/replacing.md shows what is printed", () => {
  let emulator: Emulator;
  let stack: EngineStack;
  const made = (prefix: string): ReturnType<Emulator["accounts"][0]["clients"]> =>
    emulator.accounts[0].clients().filter(({ name }) => name.startsWith(prefix));

  beforeAll(async () => {
    emulator = await startEmulator();
    stack = new EngineStack(emulator.accounts[0]);
    stack.write("Pulumi.yaml", "name: lab\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
    await stack.expect(0, "stack", "init", "dev");
    await stack.declare(batch("2026-10"), generated("2026-10"), named("old")).up();
  });
  afterAll(async () => {
    stack.remove();
    await emulator.close();
  });

  const run = (command: string): ReturnType<EngineStack["run"]> => stack.run(...command.split(" ").slice(1));

  test("it has the commands that are run here", () => {
    expect(shown.map(({ command }) => command)).toEqual([
      "pulumi up --yes --skip-preview",
      "pulumi up --yes --skip-preview --target-replace urn:pulumi:dev::lab::pulumi-nodejs:dynamic/thinkgeo:Client::page",
    ]);
  });

  test("a value in the program: the new client is made first, for a sign-in, a list, a POST and a DELETE", async () => {
    const [before] = made("Batch job");
    emulator.clearRequests();
    stack.declare(batch("2026-11"), generated("2026-10"), named("old"));
    const { out, code } = await run(shown[0]?.command ?? "");
    expect(code).toBe(0);
    expect(missingFrom(out, shown[0]?.output ?? "")).toEqual([]);
    expect(made("Batch job")).toHaveLength(1);
    expect(made("Batch job")[0]?.id).not.toBe(before?.id);
    const writes = emulator
      .requests()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/api"));
    expect(writes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    const first = emulator.requests().map(({ method, path }) => `${method} ${path}`);
    expect(first.slice(0, 3)).toEqual([
      "POST /identity/connect/token",
      "GET /api/v1/clients",
      "POST /api/v1/clients",
    ]);
  });

  test("a replacement that is not shown the old client is refused, and with onLostClient adopt takes it over", async () => {
    const before = made("page-");
    const refused = await run(shown[1]?.command ?? "");
    expect(refused.code).not.toBe(0);
    expect(missingFrom(refused.out, shown[1]?.output ?? "")).toEqual([]);
    expect(refused.out).toContain(`adopt: "${before[0]?.id ?? ""}"`);
    expect(made("page-")).toEqual(before);
    stack.environment["THINKGEO_ON_LOST_CLIENT"] = "adopt";
    const adopted = await run(shown[1]?.command ?? "");
    const [, warning = ""] = /```\n(warning: Client "[^`]+)```/.exec(page) ?? [];
    expect(warning).toContain("lives on");
    expect(missingFrom(adopted.out, warning)).toEqual([]);
    expect(made("page-")).toEqual(before);
    delete stack.environment["THINKGEO_ON_LOST_CLIENT"];
  });

  test("a resource that is renamed: refused with a declared name, and the same client with an alias; a generated name changes with the client", async () => {
    const before = made("Page");
    const refused = await stack
      .declare(batch("2026-11"), generated("2026-10"), named("site"))
      .run("up", "--yes", "--skip-preview");
    expect(refused.code).not.toBe(0);
    const [, advice = ""] = /```\n(error: Could not create client "Page"[^`]+)```/.exec(page) ?? [];
    expect(advice).toContain("aliases");
    expect(missingFrom(refused.out, advice)).toEqual([]);

    const [, first = "", second = ""] = /`(page-\w+)` became `(page-\w+)`/.exec(page) ?? [];
    expect(made("page-").map(({ name }) => name)).toEqual([first]);
    const site = named("site", { aliases: [{ name: "old" }] });
    await stack.declare(batch("2026-11"), generated("2026-11"), site).up();
    expect(made("page-").map(({ name }) => name)).toEqual([second]);
    expect(made("Page")).toEqual(before);
    await stack.expectNothingToDo();
  });
});
