import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import type { Declaration } from "../engine/programs";
import { textOf } from "../repository";
import { missingFrom, shownIn } from "./shown";

const page = textOf("docs/guides/rotate-and-revoke.md");
const [replaced] = shownIn(page);
const TARGETED = [
  "--target-replace",
  "urn:pulumi:dev::lab::pulumi-nodejs:dynamic/thinkgeo:Client::page",
] as const;
const closed = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

const declared = (name: string, args: object, opts?: object): Declaration => ({
  name,
  args: { ...closed, ...args },
  ...(opts === undefined ? {} : { opts: { ...opts } }),
});
const batch = (rotated: string): Declaration =>
  declared("batch", { name: "Batch job", replaceWhenChanged: { rotated } });
const generated = (rotated: string): Declaration => declared("page", { replaceWhenChanged: { rotated } });
const named = (name: string, opts?: object): Declaration => declared(name, { name: "Page" }, opts);

/** The tests tell the page's story, in its order, on one stack. */
describe("docs/guides/rotate-and-revoke.md shows what is printed", () => {
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

  const up = (...flags: readonly string[]): ReturnType<EngineStack["run"]> =>
    stack.run("up", "--yes", "--skip-preview", ...flags);

  test("a value in the program: the new client is made first, for a token, a list, a POST and a DELETE", async () => {
    const [before] = made("Batch job");
    emulator.clearRequests();
    stack.declare(batch("2026-11"), generated("2026-10"), named("old"));
    expect(replaced?.command).toBe("pulumi up --yes --skip-preview");
    const { out, code } = await up();
    expect(code).toBe(0);
    expect(missingFrom(out, replaced?.output ?? "")).toEqual([]);
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
    const refused = await up(...TARGETED);
    expect(refused.code).not.toBe(0);
    expect(refused.out).toContain(`adopt: "${before[0]?.id ?? ""}"`);
    expect(made("page-")).toEqual(before);
    stack.environment["THINKGEO_ON_LOST_CLIENT"] = "adopt";
    const adopted = await up(...TARGETED);
    expect(adopted.out).toMatch(/warning: .* was not deleted: /);
    expect(made("page-")).toEqual(before);
    delete stack.environment["THINKGEO_ON_LOST_CLIENT"];
    expect((await up(...TARGETED, "--refresh")).code).toBe(0);
    expect(made("page-")).toHaveLength(1);
    expect(made("page-")[0]?.id).not.toBe(before[0]?.id);
  });

  test("a resource that is renamed: refused with a declared name, and the same client with an alias; a generated name changes with the client", async () => {
    const before = made("Page");
    const refused = await stack
      .declare(batch("2026-11"), generated("2026-10"), named("site"))
      .run("up", "--yes", "--skip-preview");
    expect(refused.code).not.toBe(0);
    const [, advice = ""] = /```\n(error: Could not create client "Page"[^`]+)```/.exec(page) ?? [];
    expect(advice).not.toBe("");
    expect(missingFrom(refused.out, advice)).toEqual([]);
    expect(refused.out).toContain("aliases");

    const [, first = "", second = ""] = /`(page-\w+)` became `(page-\w+)`/.exec(page) ?? [];
    expect(made("page-").map(({ name }) => name)).toEqual([first]);
    const site = named("site", { aliases: [{ name: "old" }] });
    await stack.declare(batch("2026-11"), generated("2026-11"), site).up();
    expect(made("page-").map(({ name }) => name)).toEqual([second]);
    expect(made("Page")).toEqual(before);
    await stack.expectNothingToDo();
  });

  test("a client that moves to another stack keeps its key, if it is retained and adopted", async () => {
    const site = named("site");
    const [before] = made("Page");
    const rest = [batch("2026-11"), generated("2026-11")];
    await stack.declare(...rest, { ...site, args: { ...site.args, deletionPolicy: "retain" } }).up();
    expect(await stack.declare(...rest).up()).toMatch(/Client site deleted/);
    expect(made("Page")).toEqual([before]);
    await stack.expect(0, "stack", "init", "other");
    await stack.declare({ ...site, args: { ...site.args, adopt: before?.id } }).up();
    expect(made("Page")).toEqual([before]);
  });
});
