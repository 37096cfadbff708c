import { setImmediate as turn } from "node:timers/promises";
import { TokenFailure } from "../../../examples/token-server/server/token-failure";
import type { Grant } from "../../../examples/token-server/server/token-request";
import { TokenSource, TokenUnavailable } from "../../../examples/token-server/server/token-source";
import { FakeClock } from "./fake-clock";

/** A source whose requests the test answers, one by one. */
function sourceOf(): {
  source: TokenSource;
  clock: FakeClock;
  requests: { grant: (grant: Grant) => Promise<void>; fail: (failure: Error) => Promise<void> }[];
  reports: string[];
} {
  const clock = new FakeClock();
  const requests: ReturnType<typeof sourceOf>["requests"] = [];
  const reports: string[] = [];
  const request = (): Promise<Grant> =>
    new Promise((resolve, reject) => {
      requests.push({
        grant: (grant) => {
          resolve(grant);
          return turn();
        },
        fail: (failure) => {
          reject(failure);
          return turn();
        },
      });
    });
  const source = new TokenSource(request, clock, {
    refreshed: (life) => reports.push(`refreshed ${life}`),
    failed: ({ reason }, retryInMs) => reports.push(`failed ${reason}, again in ${retryInMs}`),
  });
  return { source, clock, requests, reports };
}

const network = new TokenFailure("network", "not reached");
const ONE_HOUR: Grant = { token: "one", lifeSeconds: 3600 };

test("expires_in is what is left, counted from when the token was asked for", async () => {
  const { source, clock, requests } = sourceOf();
  source.start();
  clock.advance(2_000);
  await requests[0]?.grant(ONE_HOUR);
  expect(source.peek()).toEqual({ value: "one", expiresInSeconds: 3598, overdue: false });
  clock.advance(1_000_500);
  expect((await source.get()).expiresInSeconds).toBe(2597);
});

test("waits double from a second to a minute, with chance, and start anew after a success", async () => {
  const { source, clock, requests } = sourceOf();
  clock.chance = 0;
  source.start();
  const waits: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    await requests[n]?.fail(network);
    waits.push(...clock.due);
    clock.advance(clock.due[0] ?? 0);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  await requests[9]?.grant(ONE_HOUR);
  clock.advance(2_880_000);
  clock.chance = 1;
  await requests[10]?.fail(network);
  expect(clock.due).toEqual([1_000]);
});

test.each([
  ["refused credentials are not tried again soon", new TokenFailure("refused", ""), 45_000],
  ["ThinkGeo's Retry-After is obeyed", new TokenFailure("rate_limited", "", 120_000), 120_000],
  ["one that is shorter than our own wait is not", new TokenFailure("server_error", "", 0), 750],
  ["one of days counts as an hour", new TokenFailure("server_error", "", 900_000_000), 3_600_000],
  ["an error that is none of ours", new TypeError("a mistake"), 750],
])("%s", async (_, failure, wait) => {
  const { source, clock, requests } = sourceOf();
  source.start();
  await requests[0]?.fail(failure);
  expect(clock.due).toEqual([wait]);
});

test("between two attempts callers are told when to come back, and ask ThinkGeo nothing", async () => {
  const { source, clock, requests } = sourceOf();
  source.start();
  await requests[0]?.fail(new TokenFailure("rate_limited", "", 120_000));
  clock.advance(20_000);

  await expect(source.get()).rejects.toMatchObject({ retryAfterMs: 100_000 });
  expect(requests).toHaveLength(1);
});

test("callers who come during an attempt wait for it", async () => {
  const { source, clock, requests } = sourceOf();
  source.start();
  await requests[0]?.fail(network);
  clock.advance(clock.due[0] ?? 0);
  const waiting = source.get();
  await requests[1]?.grant(ONE_HOUR);

  expect((await waiting).value).toBe("one");
  expect(requests).toHaveLength(2);
});

test("a very short life does not make it ask without a pause", async () => {
  const { source, clock, requests } = sourceOf();
  source.start();
  await requests[0]?.grant({ token: "one", lifeSeconds: 0.001 });
  expect(clock.due).toEqual([1_000]);
});

test("stopped, it ends what is under way, and reports no failure", async () => {
  const clock = new FakeClock();
  const reports: string[] = [];
  const request = (stop: AbortSignal): Promise<Grant> =>
    new Promise((_, reject) => {
      stop.addEventListener("abort", () => {
        reject(new TokenFailure("network", "aborted"));
      });
    });
  const report = (): void => void reports.push("told");
  const source = new TokenSource(request, clock, { refreshed: report, failed: report });
  const waiting = source.get();
  source.stop();

  await expect(waiting).rejects.toThrow(TokenUnavailable);
  expect(reports).toEqual([]);
  expect(clock.due).toEqual([]);
});
