import type { FaultRule } from "../../emulator/index";
import { checkConvergence } from "./convergence";
import type { Declaration } from "./declaration";
import { checkRun } from "./invariants";
import type { RunOptions, RunRecord, Verb } from "./run-record";
import { startService, type Service } from "./service";
import { emptyAccount, FAIR } from "./weather";
import { World } from "./world";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const plain: RunOptions = {
  parallel: 8,
  maxConcurrency: 8,
  onLostClient: "stop",
  requestTimeoutMs: 90_000,
  atOnce: false,
  astray: false,
  incidents: [],
  weather: FAIR,
};
const up: Verb = { kind: "up", refresh: false };
const browser: Declaration = { type: "JavaScript" };

function newWorld(program: Readonly<Record<string, Declaration>>): World {
  const world = new World(service, {}, 1);
  declare(world, program);
  return world;
}

function declare(world: World, program: Readonly<Record<string, Declaration>>): void {
  world.program.clear();
  for (const [name, declaration] of Object.entries(program)) world.program.set(name, declaration);
}

async function run(world: World, verb: Verb, options: Partial<RunOptions> = {}): Promise<RunRecord> {
  const record = await world.run(verb, { ...plain, ...options });
  checkRun(world, record);
  return record;
}

const killedAt = (at: number, moment: "before" | "after" = "before"): Partial<RunOptions> => ({
  incidents: [{ at, of: "requests", moment, event: { kind: "death", of: "engine" } }],
});

const idOf = (world: World, resource: string): string => world.state.resources.get(resource)?.id ?? "";

/** Shrunk histories that once broke an invariant. */
describe("histories that went wrong once", () => {
  test("a create that waits for its turn is not sent after the engine has gone", async () => {
    const world = newWorld({ site: browser, batch: browser, tiles: browser });
    const { process, births } = await run(world, up, { ...killedAt(3, "after"), maxConcurrency: 1 });
    expect(process.lateWrites).toEqual([]);
    expect(births).toHaveLength(1);
    await checkConvergence(world, "adopt");
  });

  /** A resource is renamed, and says which client it is; another resource fails, so that the run does no deletes. */
  async function renamed(): Promise<{ world: World; id: string }> {
    const world = newWorld({ site: browser });
    await run(world, up);
    const id = idOf(world, "site");
    declare(world, { page: { ...browser, adopt: id }, batch: browser });
    const refusing: FaultRule = { kind: "status", status: 403, method: "POST", path: "/api/v1/clients" };
    await run(world, up, { weather: { faults: [refusing], switches: {} } });
    expect(world.state.entries.map((entry) => [entry.resource, entry.id])).toEqual([
      ["site", id],
      ["page", id],
    ]);
    return { world, id };
  }

  test("a client that was adopted under another name outlives the delete that the run left over", async () => {
    const { world, id } = await renamed();
    const { process } = await run(world, up);
    expect(process.said.join("\n")).toContain("another resource of this stack has the same client");
    expect(world.own.client(id)).toBeDefined();
    expect([...world.state.resources.keys()]).toEqual(["page", "batch"]);
    await checkConvergence(world, "stop");
  });

  test("the same with --refresh", async () => {
    const { world, id } = await renamed();
    await run(world, { kind: "up", refresh: true });
    expect(world.own.client(id)).toBeDefined();
    await checkConvergence(world, "stop");
  });

  test("where the engine replaces a client that could go on, the old one is deleted all the same", async () => {
    const { world, id } = await renamed();
    declare(world, { page: browser });
    await run(world, { kind: "up", refresh: true, replace: { resource: "page", by: "trigger" } });
    expect(world.own.client(id)).toBeUndefined();
    await checkConvergence(world, "stop");
  });

  test("two resources cannot adopt one client, even at the same moment", async () => {
    const world = newWorld({});
    const id = world.hands.add("Found", "JavaScript", true);
    declare(world, { site: { ...browser, adopt: id }, batch: { ...browser, adopt: id } });
    const { failures } = await run(world, up);
    expect(failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining("it is managed by this stack already"),
    ]);
    expect(world.state.entries).toHaveLength(1);
    await checkConvergence(world, "stop");
  });

  test.each([["before"], ["after"]])(
    "nor in two runs, where both are declared in the same words, and the refused one comes %s the other",
    async (order) => {
      const world = newWorld({});
      const id = world.hands.add("Found", "JavaScript", true);
      const found = { ...browser, name: "Found", adopt: id };
      declare(world, { site: found });
      await run(world, up);
      declare(world, order === "before" ? { batch: found, site: found } : { site: found, batch: found });
      for (const verb of [up, { ...up, refresh: true }, up]) {
        const { failures } = await run(world, verb, { maxConcurrency: 1 });
        expect(failures).toHaveLength(1);
        expect(world.state.entries.map((entry) => [entry.resource, entry.id])).toEqual([["site", id]]);
      }
      declare(world, { site: found });
      await checkConvergence(world, "stop");
    },
  );

  test("a client that is adopted is not taken over by another resource at the same moment", async () => {
    const world = newWorld({ site: browser });
    await run(world, up, killedAt(3, "after"));
    const lost = world.own.clients().find(({ name }) => name.startsWith("site-"));
    declare(world, { batch: { ...browser, adopt: lost?.id }, site: browser });
    await run(world, up, { onLostClient: "adopt" });
    const owners = world.state.entries.filter(({ id }) => id === lost?.id);
    expect(owners).toHaveLength(1);
    await checkConvergence(world, "adopt");
  });

  test("a client that is slow to be listed is not made a second time", async () => {
    const world = newWorld({ site: browser });
    const { births, failures } = await run(world, up, {
      weather: {
        faults: [{ kind: "drop", method: "POST", path: "/api/v1/clients", when: "after", times: 1 }],
        switches: { slowApply: 3 },
      },
    });
    expect(births).toHaveLength(1);
    expect(failures).toEqual([]);
    await checkConvergence(world, "stop");
  });

  test("a list of another account's is no proof that nothing was made", async () => {
    const world = newWorld({ site: browser });
    const lost: FaultRule = { kind: "drop", method: "POST", path: "/api/v1/clients", when: "after" };
    // The first list is the right one: of an empty one nothing is made.
    const lists = emptyAccount.faults
      .filter(({ method }) => method === "GET")
      .map((list): FaultRule => ({ ...list, at: [2, 3, 4, 5, 6] }));
    await run(world, up, { weather: { faults: [lost, ...lists], switches: {} } });
    expect(world.runs.at(-1)?.births).toHaveLength(1);
    await checkConvergence(world, "stop");
  });

  test("a type that a hand has changed stops the update and says what helps", async () => {
    const world = newWorld({ site: browser });
    await run(world, up);
    world.own.editClient(idOf(world, "site"), { clientType: "NativeConfidential", sharedMode: "IpAddress" });
    declare(world, { site: { ...browser, active: false } });
    const { failures } = await run(world, up);
    expect(failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining('Run "pulumi up --refresh" to replace it.'),
    ]);
    await checkConvergence(world, "stop");
  });

  test("a resource that comes back while another has its client is refused", async () => {
    const { world, id } = await renamed();
    world.program.set("site", { ...browser, active: false });
    const { failures } = await run(world, up);
    expect(failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining("another resource of this program has the same client"),
    ]);
    expect(world.own.client(id)?.isActive).toBe(true);
    await checkConvergence(world, "stop");
  });
});
