import { nextStep, plan, type Rotation, type Schedule } from "../../provider/rotation/plan";

const DAY = 86_400_000;
const day = (days: number): number => Date.parse("2026-01-01T00:00:00Z") + days * DAY;
const iso = (days: number): string => new Date(day(days)).toISOString().replace(".000", "");

const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  overlapDays: 7,
  retire: "deactivate",
  emergency: false,
  ...more,
});
const rotation = (more: Partial<Rotation> = {}): Rotation => ({
  generation: 3,
  rotatedAt: iso(0),
  previous: "none",
  ...more,
});

describe("the next state of a rotation", () => {
  test("begins with the first client", () => {
    expect(plan(undefined, schedule({ trigger: "a" }), day(5))).toEqual({
      generation: 1,
      rotatedAt: iso(5),
      rotatedFor: "a",
      previous: "none",
    });
  });

  const valid = rotation({ previous: "valid" });
  const inactive = rotation({ previous: "inactive", retiredAt: iso(7) });
  const rotated = (at: number, previous: Rotation["previous"], rotatedFor?: string): Rotation => ({
    generation: 4,
    rotatedAt: iso(at),
    rotatedFor,
    previous,
  });

  test.each<[string, Rotation, Partial<Schedule>, number, Rotation]>([
    ["nothing asked for", rotation(), {}, 1000, rotation()],
    ["too young", rotation(), { rotateAfterDays: 30 }, 29.49, rotation()],
    ["old enough for a nightly run", rotation(), { rotateAfterDays: 30 }, 29.51, rotated(29.51, "valid")],
    ["old enough", rotation(), { rotateAfterDays: 30 }, 30, rotated(30, "valid")],
    ["triggered", rotation({ rotatedFor: "a" }), { trigger: "b" }, 1, rotated(1, "valid", "b")],
    ["triggered for the first time", rotation(), { trigger: "b" }, 1, rotated(1, "valid", "b")],
    ["the same trigger", rotation({ rotatedFor: "a" }), { trigger: "a" }, 1, rotation({ rotatedFor: "a" })],
    ["no trigger any more", rotation({ rotatedFor: "a" }), {}, 1, rotation({ rotatedFor: "a" })],
    ["in the overlap", valid, {}, 6.64, valid],
    ["triggered in the overlap", valid, { trigger: "b" }, 6.64, valid],
    ["nearly after the overlap", valid, {}, 6.66, { ...valid, previous: "inactive", retiredAt: iso(6.66) }],
    ["after the overlap", valid, {}, 7, { ...valid, previous: "inactive", retiredAt: iso(7) }],
    ["after the overlap, to be deleted", valid, { retire: "delete" }, 7, { ...valid, previous: "none" }],
    ["long after", valid, {}, 500, { ...valid, previous: "inactive", retiredAt: iso(500) }],
    ["due and triggered", valid, { trigger: "b" }, 7, { ...valid, previous: "inactive", retiredAt: iso(7) }],
    ["switched off, and not long ago", inactive, {}, 13.64, inactive],
    [
      "switched off nearly at the end",
      { ...inactive, retiredAt: iso(6.66) },
      {},
      6.67,
      { ...inactive, retiredAt: iso(6.66) },
    ],
    ["switched off long enough", inactive, {}, 14, { ...inactive, previous: "none", retiredAt: undefined }],
    [
      "a longer overlap",
      inactive,
      { overlapDays: 10 },
      9,
      { ...inactive, previous: "valid", retiredAt: undefined },
    ],
    ["switched off, and triggered", inactive, { trigger: "b" }, 8, rotated(8, "valid", "b")],
    ["an emergency", rotation(), { emergency: true }, 1, rotated(1, "none")],
    ["an emergency in the overlap", valid, { emergency: true, trigger: "b" }, 1, rotated(1, "none", "b")],
    ["a clock that goes back", rotation(), { rotateAfterDays: 30 }, -5, rotation()],
  ])("%s", (_, before, more, at, expected) => {
    expect(plan(before, schedule(more), day(at))).toEqual(expected);
  });

  test("is settled: the same moment asks for nothing more, but to act on what waited", () => {
    const before = plan(rotation(), schedule({ trigger: "b" }), day(1));
    expect(plan(before, schedule({ trigger: "b" }), day(1))).toEqual(before);
  });
});

test.each([
  ["weekly", 7, 7],
  ["nightly", 30, 1],
])(
  "a pipeline that runs %s, seconds early or late, keeps a period of %d days",
  (_, rotateAfterDays, every) => {
    let standing = plan(undefined, schedule({ overlapDays: 0, retire: "delete" }), day(0));
    const turns: number[] = [];
    for (let run = 1; run * every <= 210; run++) {
      const time = run * every + Math.sin(run) / 1440;
      const next = plan(standing, schedule({ rotateAfterDays, overlapDays: 0, retire: "delete" }), day(time));
      if (next.generation > standing.generation) turns.push(Math.round(time));
      standing = next.previous === "valid" ? { ...next, previous: "none" } : next;
    }
    expect(turns).toEqual(
      Array.from({ length: 210 / rotateAfterDays }, (__, turn) => (turn + 1) * rotateAfterDays),
    );
  },
);

describe("what comes next", () => {
  test.each<[string, Rotation, Partial<Schedule>, ReturnType<typeof nextStep>]>([
    ["nothing", rotation(), {}, undefined],
    ["a rotation by age", rotation(), { rotateAfterDays: 30 }, { action: "rotate", at: iso(30) }],
    [
      "the end of the overlap",
      rotation({ previous: "valid" }),
      { rotateAfterDays: 30 },
      { action: "deactivate", at: iso(7) },
    ],
    ["deletion", rotation({ previous: "valid" }), { retire: "delete" }, { action: "delete", at: iso(7) }],
    [
      "deletion of what is switched off",
      rotation({ previous: "inactive", retiredAt: iso(9) }),
      { rotateAfterDays: 30 },
      { action: "delete", at: iso(16) },
    ],
    [
      "a rotation before that",
      rotation({ previous: "inactive", retiredAt: iso(9) }),
      { rotateAfterDays: 10 },
      { action: "rotate", at: iso(10) },
    ],
    [
      "the end of the overlap that a change waits for",
      rotation({ previous: "valid" }),
      { trigger: "b" },
      { action: "deactivate", at: iso(7) },
    ],
    [
      "a change that is due",
      rotation({ previous: "inactive", retiredAt: iso(7) }),
      { trigger: "b" },
      { action: "rotate", at: iso(0) },
    ],
  ])("%s", (_, standing, more, expected) => {
    expect(nextStep(standing, schedule(more))).toEqual(expected);
  });
});
