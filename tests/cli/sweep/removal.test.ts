import { daysAgo, withSweep } from "./sweep-scene";

const old = (number: number): string => `pr-${String(number).padStart(2, "0")}-${daysAgo(20)}`;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test("deletes in batches of at most 40, after one token, one list and one look at use, and looks after each batch and at the end", () =>
  withSweep(async ({ emulator, left, report, names, writes }) => {
    const ids = numbers(45).map((number) => left(old(number)).id);
    const found = await report("--no-stacks", "--yes");
    expect(found.summary).toMatchObject({ matching: 45, sweep: 45, done: 45, failed: 0 });
    expect(new Set(found.clients.map(({ outcome }) => outcome))).toEqual(new Set(["deleted"]));
    expect(names()).toEqual([]);
    const deleted = writes().map((line) => line.split(" ").slice(2));
    expect(deleted.map(({ length }) => length).sort()).toEqual([40, 5]);
    expect(deleted.flat().sort()).toEqual(ids.sort());
    const reads = emulator.requests({ method: "GET" }).map(({ path }) => path);
    expect(reads).toEqual([
      "/api/v1/clients",
      "/api/v1/accounts/current/statistics/byclient",
      "/api/v1/clients",
      "/api/v1/clients",
      "/api/v1/clients",
    ]);
    expect(emulator.requests({ path: "/identity/connect/token" })).toHaveLength(1);
  }));

test("nothing is asked about use where nothing is old", () =>
  withSweep(async ({ emulator, left, report }) => {
    left(`pr-1-${daysAgo(2)}`);
    expect((await report("--no-stacks", "--yes")).ended).toBe("nothing-to-do");
    expect(emulator.requests().map(({ path }) => path)).toEqual([
      "/identity/connect/token",
      "/api/v1/clients",
    ]);
  }));

describe("says of each client what became of it", () => {
  test("where ThinkGeo refuses one, the others go", () =>
    withSweep(async ({ emulator, left, sweep, report, names }) => {
      const [, stubborn] = [left(old(1)), left(old(2)), left(old(3))];
      // The batch is refused, and then the second of those that are tried alone; so is the next run's.
      emulator.fault({
        kind: "status",
        method: "DELETE",
        path: "/api/v1/clients",
        at: [1, 3, 5],
        status: 403,
      });
      const found = await report("--no-stacks", "--yes");
      expect(found.clients.map(({ outcome }) => outcome)).toEqual(["deleted", "failed", "deleted"]);
      expect(found.summary).toMatchObject({ done: 2, failed: 1 });
      const { code, out } = await sweep("--no-stacks", "--yes");
      expect(code).toBe(1);
      expect(out).toContain(`failed  "${old(2)}" (${stubborn.id}): Could not delete client ${stubborn.id}`);
      expect(out).toContain("0 of 1 deleted; 1 not.");
      expect(names()).toEqual([old(2)]);
    }));

  test("a delete that is accepted and not done is a failure", () =>
    withSweep(async ({ emulator, left, report, names }) => {
      left(old(1));
      emulator.fault({
        kind: "reply",
        method: "DELETE",
        path: "/api/v1/clients",
        text: '{"data":{},"status":"success"}',
        headers: { "content-type": "application/json" },
      });
      const { clients } = await report("--no-stacks", "--yes");
      expect(clients[0]).toMatchObject({
        outcome: "failed",
        error: expect.stringContaining(
          "ThinkGeo accepted the delete, and the client is still there",
        ) as string,
      });
      expect(names()).toEqual([old(1)]);
    }));

  test("somebody else who deletes one at the same time is no failure", () =>
    withSweep(async ({ account, emulator, left, report, names }) => {
      const [gone] = [left(old(1)), left(old(2))];
      const answered = emulator.onRequest(({ moment, request }) => {
        if (moment !== "before" || request.method !== "DELETE") return;
        answered();
        account.deleteClient(gone.id);
      });
      const found = await report("--no-stacks", "--yes");
      expect(found.clients.map(({ outcome }) => outcome)).toEqual(["deleted", "deleted"]);
      expect(names()).toEqual([]);
    }));

  test("a service that only switches off is told, and is not swept again", () =>
    withSweep(
      async ({ left, sweep, account }) => {
        const { id } = left(old(1));
        const first = await sweep("--no-stacks", "--yes");
        expect(first).toMatchObject({ code: 0, err: "" });
        expect(first.out).toContain(
          '1 of 1 client whose names begin with "pr-" was deleted. ThinkGeo keeps 1 of them',
        );
        expect(account.client(id)).toMatchObject({ isActive: false });
        expect((await sweep("--no-stacks", "--dry-run")).code).toBe(0);
      },
      { switches: { softDelete: true } },
    ));

  test("where the account cannot be seen afterwards, nothing is claimed, and the code is 2", () =>
    withSweep(async ({ emulator, left, report, sweep, names }) => {
      left(old(1));
      const fault = emulator.fault({
        kind: "status",
        method: "GET",
        path: "/api/v1/clients",
        // The last of each run.
        at: [3, 6],
        status: 403,
      });
      const { clients, summary } = await report("--no-stacks", "--yes");
      expect(clients[0]).toMatchObject({
        outcome: "unverified",
        error: expect.stringContaining("Whether it is gone could not be seen: Could not list") as string,
      });
      expect(summary).toMatchObject({ done: 0, failed: 1 });
      left(old(2));
      expect((await sweep("--no-stacks", "--yes")).code).toBe(2);
      expect(fault.fired).toBe(2);
      expect(names()).toEqual([]);
    }));
});

describe("--deactivate", () => {
  test("switches off and leaves the rest as it was; a later run with --inactive deletes", () =>
    withSweep(async ({ account, left, report, sweep, writes }) => {
      const before = left(old(1));
      const found = await report("--no-stacks", "--yes", "--deactivate");
      expect(found).toMatchObject({ action: "deactivate", clients: [{ outcome: "switched-off" }] });
      expect(account.client(before.id)).toEqual({ ...before, isActive: false });
      expect(writes()).toEqual([`POST /api/v1/clients/${before.id}`]);
      expect((await report("--no-stacks", "--yes")).clients[0]).toMatchObject({
        sweep: false,
        reason: "inactive",
      });
      const last = await sweep("--no-stacks", "--yes", "--inactive");
      expect([last.code, account.client(before.id)]).toEqual([0, undefined]);
    }));

  test("says what a dry run would do", () =>
    withSweep(async ({ left, sweep }) => {
      left(old(1));
      const { code, out } = await sweep("--no-stacks", "--dry-run", "--deactivate");
      expect([code, out]).toEqual([1, expect.stringContaining("would be deactivated. Nothing was changed.")]);
    }));
});

test("a name that would change the screen does not", () =>
  withSweep(async ({ left, sweep }) => {
    left(`pr-\u001b[2J\u202e-${daysAgo(20)}`);
    const { out } = await sweep("--no-stacks", "--dry-run");
    expect(out).toContain(String.raw`pr-\u001b[2J\u202e-`);
    expect(out).not.toContain("\u001b");
  }));
