import { Arrivals } from "../../provider/client/arrivals";

/**
 * The engine, as far as deletes see it: so many workers that each delete one client after another, and one file of
 * state, which is written before and after each. Answers how many deletes each batch had.
 */
function destroy({
  clients,
  parallel,
  writeMs,
}: Record<"clients" | "parallel" | "writeMs", number>): number[] {
  const arrivals = new Arrivals();
  const batches: number[] = [];
  let now = 0;
  let waiting = 0;
  let leaveAt = Infinity;
  // What is to be written, in turn: true for the end of a delete, after which its worker begins another.
  const writes = Array.from({ length: Math.min(parallel, clients) }, () => false);
  let begun = writes.length;
  const leave = (): void => {
    batches.push(waiting);
    arrivals.answered(now, waiting);
    writes.push(...Array.from({ length: waiting }, () => true));
    waiting = 0;
    leaveAt = Infinity;
  };
  while (writes.length > 0 || waiting > 0) {
    if (writes.length === 0 || leaveAt < now + writeMs) {
      now = leaveAt;
      arrivals.wasQuiet(waiting);
      leave();
      continue;
    }
    now += writeMs;
    const ended = writes.shift();
    if (ended === true) {
      if (begun < clients) {
        begun++;
        writes.push(false);
      }
      continue;
    }
    waiting++;
    if (arrivals.arrived(now, waiting, 0)) leave();
    else leaveAt = now + arrivals.quietMs;
  }
  return batches;
}

describe.each([1, 3, 7, 20, 45, 90, 200])("where the engine takes %i ms to write its state", (writeMs) => {
  test.each([1, 2, 8, 16])("deletes go out in whole batches of %i", (parallel) => {
    const clients = 25 * parallel;
    const batches = destroy({ clients, parallel, writeMs });
    expect(batches.reduce((sum, size) => sum + size)).toBe(clients);
    expect(batches.length).toBeLessThanOrEqual(25 + 3);
  });
});

test("those that come one by one, long after each other, wait twice and then no more", () => {
  const arrivals = new Arrivals();
  arrivals.arrived(0, 1, 0);
  arrivals.arrived(1, 2, 0);
  arrivals.answered(30, 2);
  const waited = [10_000, 20_000, 30_000, 40_000].map((now) => {
    if (arrivals.arrived(now, 1, 0)) return 0;
    const { quietMs } = arrivals;
    arrivals.wasQuiet(1);
    arrivals.answered(now + quietMs, 1);
    return quietMs;
  });
  expect(waited).toEqual([1_252.5, 1_501, 0, 0]);
});

test("nobody waits longer than five seconds", () => {
  const arrivals = new Arrivals();
  arrivals.arrived(0, 1, 0);
  arrivals.answered(0, 30);
  arrivals.arrived(1_000_000, 1, 0);
  expect(arrivals.quietMs).toBe(5_000);
});
