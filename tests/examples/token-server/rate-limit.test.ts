import { RateLimit } from "../../../examples/token-server/server/rate-limit";

function limitOf(perMinute: number, most?: number): { limit: RateLimit; pass: (ms: number) => void } {
  let now = 0;
  return { limit: new RateLimit(perMinute, () => now, most), pass: (ms) => (now += ms) };
}

test("a caller may use its minute at once, and then waits for the next part of it", () => {
  const { limit, pass } = limitOf(3);

  expect([1, 2, 3].map(() => limit.take("a"))).toEqual([0, 0, 0]);
  expect(limit.take("a")).toBeCloseTo(20_000);
  pass(19_000);
  expect(limit.take("a")).toBeCloseTo(1_000);
  pass(1_000.001);
  expect(limit.take("a")).toBe(0);
  expect(limit.take("a")).toBeGreaterThan(19_000);
});

test("asking in vain does not make the wait longer", () => {
  const { limit, pass } = limitOf(1);
  limit.take("a");
  for (let second = 0; second < 60; second += 1) {
    expect(limit.take("a")).toBeGreaterThan(0);
    pass(1_000.001);
  }
  expect(limit.take("a")).toBe(0);
});

test("a quiet hour saves up no more than a minute", () => {
  const { limit, pass } = limitOf(2);
  limit.take("a");
  pass(3_600_000);
  expect([1, 2, 3].map(() => limit.take("a") === 0)).toEqual([true, true, false]);
});

test("memory is bounded: the caller that was quiet longest is forgotten", () => {
  const { limit } = limitOf(1, 3);
  for (const caller of ["a", "b", "c", "a", "d"]) limit.take(caller);

  expect(limit.callers).toBe(3);
  expect(limit.take("a")).toBeGreaterThan(0);
  expect(limit.take("b")).toBe(0);
  for (let n = 0; n < 10_000; n += 1) limit.take(`flood ${n}`);
  expect(limit.callers).toBe(3);
});
