import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack, type Declaration } from "../engine/engine-stack";
import { missingFrom, readPage, shownIn } from "./shown";

const page = readPage("docs/replacing.md");
const shown = shownIn(page);
const BORN_WITH = 3;
const closed = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

describe("docs/replacing.md shows what is printed", () => {
  let emulator: Emulator;
  let stack: EngineStack;
  const made = (): ReturnType<Emulator["accounts"][0]["clients"]> =>
    emulator.accounts[0].clients().slice(BORN_WITH);

  beforeEach(async () => {
    emulator = await startEmulator();
    stack = new EngineStack(emulator.accounts[0]);
    stack.write("Pulumi.yaml", "name: lab\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
    await stack.expect(0, "stack", "init", "dev");
  });
  afterEach(async () => {
    stack.remove();
    await emulator.close();
  });

  const run = (command: string): ReturnType<EngineStack["run"]> => stack.run(...command.split(" ").slice(1));
  const declared = (name: string, args: object = {}, opts?: object): Declaration => ({
    name,
    args: { ...closed, ...args },
    ...(opts === undefined ? {} : { opts: { ...opts } }),
  });

  test("it has the commands that are run here", () => {
    expect(shown.map(({ command }) => command)).toEqual([
      "pulumi up --yes --skip-preview",
      "pulumi up --yes --skip-preview --target-replace urn:pulumi:dev::lab::pulumi-nodejs:dynamic/thinkgeo:Client::page",
    ]);
  });

  test("a value in the program: the new client is made first, for a sign-in, a list, a POST and a DELETE", async () => {
    const batch = (renewed: string): Declaration =>
      declared("batch", { name: "Batch job", replaceWhenChanged: { renewed } });
    await stack.declare(batch("2026-10")).up();
    const [before] = made();
    emulator.clearRequests();
    stack.declare(batch("2026-11"));
    const { out, code } = await run(shown[0]?.command ?? "");
    expect(code).toBe(0);
    expect(missingFrom(out, shown[0]?.output ?? "")).toEqual([]);
    expect(made()).toHaveLength(1);
    expect(made()[0]?.id).not.toBe(before?.id);
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
    await stack.declare(declared("page")).up();
    const before = made();
    const refused = await run(shown[1]?.command ?? "");
    expect(refused.code).not.toBe(0);
    expect(missingFrom(refused.out, shown[1]?.output ?? "")).toEqual([]);
    expect(made()).toEqual(before);
    stack.environment["THINKGEO_ON_LOST_CLIENT"] = "adopt";
    const adopted = await run(shown[1]?.command ?? "");
    const [, warning = ""] = /```\n(warning: Client "[^`]+)```/.exec(page) ?? [];
    expect(warning).toContain("lives on");
    expect(missingFrom(adopted.out, warning)).toEqual([]);
    expect(made()).toEqual(before);
  });

  test("a generated name changes with the client", async () => {
    const [, before = "", after = ""] = /`(page-\w+)` became `(page-\w+)`/.exec(page) ?? [];
    const renewed = (month: string): Declaration =>
      declared("page", { replaceWhenChanged: { renewed: month } });
    await stack.declare(renewed("2026-10")).up();
    expect(made().map(({ name }) => name)).toEqual([before]);
    await stack.declare(renewed("2026-11")).up();
    expect(made().map(({ name }) => name)).toEqual([after]);
  });

  test("a resource that is renamed: refused with a declared name, and the same client with an alias", async () => {
    await stack.declare(declared("page", { name: "Page" })).up();
    const before = made();
    const refused = await stack
      .declare(declared("site", { name: "Page" }))
      .run("up", "--yes", "--skip-preview");
    expect(refused.code).not.toBe(0);
    const [, advice = ""] = /```\n(error: Could not create client "Page"[^`]+)```/.exec(page) ?? [];
    expect(advice).toContain("aliases");
    expect(missingFrom(refused.out, advice)).toEqual([]);
    await stack.declare(declared("site", { name: "Page" }, { aliases: [{ name: "page" }] })).up();
    expect(made()).toEqual(before);
  });
});
