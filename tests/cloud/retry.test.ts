import fc from "fast-check";
import {
  decide,
  readRetryAfter,
  type Attempt,
  type Decision,
  type Operation,
  type Failed,
} from "../../provider/cloud/retry";
import { anyText } from "./any-text";

const OPERATIONS: readonly Operation[] = ["token", "read", "create", "update", "delete"];

const attempt = (changes: Partial<Attempt>): Attempt => ({
  operation: "read",
  failure: { kind: "ambiguous" },
  attempt: 1,
  renewed: false,
  leftMs: 90_000,
  random: 0.5,
  ...changes,
});

describe("what an outcome means for each operation (reliability table B2)", () => {
  type Row = [failure: string, ...actions: Decision["action"][]];
  const rows: Row[] = [
    ["not-sent", "repeat", "repeat", "repeat", "repeat", "repeat"],
    ["ambiguous", "repeat", "repeat", "reconcile", "repeat", "repeat"],
    ["unreadable", "stop", "stop", "reconcile", "repeat", "repeat"],
    ["untrusted", "stop", "stop", "reconcile", "stop", "stop"],
    ["408", "repeat", "repeat", "reconcile", "repeat", "repeat"],
    ["500", "repeat", "repeat", "reconcile", "repeat", "repeat"],
    ["502", "repeat", "repeat", "reconcile", "repeat", "repeat"],
    ["503", "repeat", "repeat", "reconcile", "repeat", "repeat"],
    ["504", "repeat", "repeat", "reconcile", "repeat", "repeat"],
    ["429", "repeat", "repeat", "repeat", "repeat", "repeat"],
    ["401", "stop", "renew-token", "renew-token", "renew-token", "renew-token"],
    ...[301, 302, 307, 400, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 501, 505].map((status): Row => [
      String(status),
      "stop",
      "stop",
      "stop",
      "stop",
      "stop",
    ]),
  ];
  const cells = rows.flatMap(([outcome, ...actions]) =>
    OPERATIONS.map((operation, column) => [outcome, operation, actions[column]] as const),
  );

  test.each(cells)("%s on %s: %s", (text, operation, action) => {
    const failure: Failed = /^\d+$/.test(text)
      ? { kind: "refused", status: Number(text) }
      : { kind: text as "not-sent" };
    expect(decide(attempt({ operation, failure })).action).toBe(action);
  });

  test.each(OPERATIONS)("a second 401 stops %s, whatever the first did", (operation) => {
    const failure: Failed = { kind: "refused", status: 401 };
    expect(decide(attempt({ operation, failure, renewed: true })).action).toBe("stop");
  });
});

describe("how long to wait", () => {
  const delayOf = (changes: Partial<Attempt>): unknown => {
    const decision = decide(attempt(changes));
    return decision.action === "repeat" ? decision.delayMs : decision.action;
  };

  test("our own delays double from half a second to eight, with full jitter", () => {
    const delays = (random: number): unknown[] =>
      [1, 2, 3, 4, 5, 6, 9].map((number) => delayOf({ attempt: number, random }));
    expect(delays(0.5)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
    expect(delays(0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(delays(0.999).map((delay) => Math.round(Number(delay)))).toEqual([
      500, 999, 1_998, 3_996, 7_992, 7_992, 7_992,
    ]);
  });

  test("ten attempts are the most, also where the server says to come back at once", () => {
    const now: Failed = { kind: "refused", status: 503, retryAfterMs: 0 };
    for (const failure of [{ kind: "ambiguous" } as const, now]) {
      expect(decide(attempt({ failure, attempt: 9 })).action).toBe("repeat");
      expect(decide(attempt({ failure, attempt: 10 })).action).toBe("stop");
    }
  });

  test("a wait that would use up the budget is not begun", () => {
    expect(delayOf({ leftMs: 250 })).toBe("stop");
    expect(delayOf({ leftMs: 251 })).toBe(250);
    expect(delayOf({ leftMs: 0, random: 0 })).toBe("stop");
  });

  const asked = (retryAfterMs: number, status = 429): Failed => ({ kind: "refused", status, retryAfterMs });

  test.each([429, 503])("Retry-After of HTTP %d is obeyed, with up to a tenth on top", (status) => {
    expect(delayOf({ failure: asked(10_000, status), random: 0 })).toBe(10_000);
    expect(delayOf({ failure: asked(10_000, status), random: 0.5 })).toBe(10_500);
    expect(delayOf({ failure: asked(10_000, status), random: 0.999 })).toBeCloseTo(10_999);
    expect(delayOf({ failure: asked(1, status), random: 0, attempt: 9 })).toBe(1);
  });

  test("a Retry-After of 0, which is also a date that has passed, leaves our own delays as they are", () => {
    const delays = [1, 2, 3, 9].map((number) => delayOf({ failure: asked(0), attempt: number }));
    expect(delays).toEqual([250, 500, 1_000, 4_000]);
    expect(delayOf({ failure: asked(0), leftMs: 250 })).toBe("stop");
    expect(delayOf({ failure: asked(0), leftMs: 0, random: 0 })).toBe("stop");
  });

  test("the tenth on top never costs the attempt that the budget still allows", () => {
    expect(delayOf({ failure: asked(10_000), leftMs: 10_001, random: 0.9 })).toBe(10_000);
    expect(delayOf({ failure: asked(10_000), leftMs: 10_000.5, random: 0.9 })).toBe(10_000);
    expect(delayOf({ failure: asked(10_000), leftMs: 10_600, random: 0.9 })).toBe(10_599);
  });

  test.each(OPERATIONS.filter((operation) => operation !== "create"))(
    "a longer wait than the budget allows ends %s at once, with the wait that was asked for",
    (operation) => {
      const failure = asked(86_400_000);
      expect(decide(attempt({ operation, failure }))).toEqual({ action: "too-long", waitMs: 86_400_000 });
      expect(decide(attempt({ operation, failure: asked(90_000) })).action).toBe("too-long");
      expect(decide(attempt({ operation, failure: asked(89_999) })).action).toBe("repeat");
    },
  );

  test("Retry-After does not make a create repeatable that may have been applied", () => {
    expect(decide(attempt({ operation: "create", failure: asked(1_000, 503) })).action).toBe("reconcile");
    expect(decide(attempt({ operation: "create", failure: asked(1_000, 429) })).action).toBe("repeat");
  });

  test("never earlier than the server asks, and never past the budget", () => {
    fc.assert(
      fc.property(
        fc.nat(200_000),
        fc.nat(100_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (retryAfterMs, leftMs, random, number) => {
          const failure = asked(retryAfterMs);
          const decision = decide(attempt({ failure, leftMs, random, attempt: number }));
          if (decision.action === "stop") return retryAfterMs === 0;
          if (decision.action !== "repeat") return decision.action === "too-long" && retryAfterMs >= leftMs;
          return decision.delayMs >= retryAfterMs && decision.delayMs <= Math.max(leftMs, retryAfterMs);
        },
      ),
    );
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 10, 24, 9, 0, 0);

  test.each([
    ["0", 0],
    ["120", 120_000],
    [" 7 ", 7_000],
    ["999999999", 999_999_999_000],
    ["Tue, 24 Nov 2026 09:01:30 GMT", 90_000],
    ["Tue, 24 Nov 2026 08:00:00 GMT", 0],
    ["Wed, 25 Nov 2026 00:00:00 GMT", 54_000_000],
  ])("%j is %d ms", (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });

  test.each([
    [undefined],
    [""],
    ["soon"],
    ["-1"],
    ["1.5"],
    ["1e3"],
    ["0x10"],
    ["10, 20"],
    ["9999999999"],
    ["Sat, 31 Feb 2026 00:00:00 GMT"],
    ["Mon, 24 Nov 2026 09:01:30 GMT"],
    ["Tue, 24 Nov 2026 25:00:00 GMT"],
    ["Tue, 24 Nov 2026 09:01:30 +0100"],
    ["Tuesday, 24-Nov-26 09:01:30 GMT"],
    ["2026-11-24T09:01:30Z"],
    ["x Tue, 24 Nov 2026 09:01:30 GMT"],
    ["Tue, 24 Nov 2026 09:01:30 GMT x"],
    ["Tue, 24 Nov 2026 09:01:30"],
    ["Invalid Date"],
  ])("%j is no wait that can be understood: our own delays apply", (header) => {
    expect(readRetryAfter(header, now)).toBeUndefined();
  });

  test("any text is read without an error, as a wait that is not negative or as none", () => {
    fc.assert(fc.property(anyText(), (header) => (readRetryAfter(header, now) ?? 0) >= 0));
  });
});
