import { UNKNOWN } from "../../provider/model/unknown";
import { Known } from "../../provider/names";
import { checkRotation } from "../../provider/rotation/check";
import { diffRotation } from "../../provider/rotation/diff";
import { ROTATING_SHELL } from "../../provider/shell";

const NOW = Date.parse("2026-01-01T00:00:00Z");
const TILES = { type: "NativeConfidential", autoName: "tiles-1234abcd", __provider: ROTATING_SHELL };
const check = (more: Record<string, unknown>, olds: Record<string, unknown> = {}) =>
  checkRotation(olds, { ...TILES, ...more }, NOW, new Known());
const failures = (more: Record<string, unknown>): string[] =>
  check(more).failures.map(({ property, reason }) => `${property}: ${reason}`);

test("what is not declared is completed, and the first client is planned", () => {
  expect(check({})).toEqual({
    inputs: {
      type: "NativeConfidential",
      autoName: "tiles-1234abcd",
      active: true,
      deletionPolicy: "delete",
      overlapDays: 7,
      retire: "deactivate",
      rotation: { generation: 1, rotatedAt: "2026-01-01T00:00:00Z", previous: "none" },
    },
    failures: [],
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ type: undefined }, 'type: must be given: "JavaScript" or "NativeConfidential"'],
  [{ overlapDays: -1 }, "overlapDays: must be a number of days from 0 to 36500"],
  [{ rotateAfterDays: "90" }, "rotateAfterDays: must be a number of days from 0 to 36500"],
  [
    { rotateAfterDays: 7 },
    "rotateAfterDays: must be more than overlapDays (7): the old key must have gone before the next is made",
  ],
  [{ retire: "later" }, 'retire: must be "deactivate" or "delete"'],
  [{ emergency: "yes" }, "emergency: must be true or false"],
  [{ now: "tomorrow" }, "now: must be a time such as 2026-01-31T12:00:00Z"],
  [{ rotateWhenChanged: "x" }, ": rotateWhenChanged must be a map"],
  [
    { replaceWhenChanged: { a: 1 } },
    ": replaceWhenChanged is for a Client: use rotateWhenChanged, which keeps the old key alive",
  ],
  [
    { rotateAfterDay: 90 },
    ': rotateAfterDay is no property of a RotatingClient; did you mean "rotateAfterDays"?',
  ],
  [{ allowedIpAddresses: ["1.2.3"] }, "allowedIpAddresses[0]: "],
])("%j is refused", (more, expected) => {
  const [first = "", ...others] = failures(more);
  expect([first.slice(0, expected.length), others]).toEqual([expected, []]);
});

test("everything that is wrong is told at once", () => {
  expect(failures({ overlapDays: -1, retire: "x", allowedIpAddresses: ["1.2.3"] })).toHaveLength(3);
});

test("the time is not kept: another one is no change by itself", () => {
  const { inputs } = check({ now: "2026-02-01T00:00:00Z" });
  expect(inputs["now"]).toBeUndefined();
  expect(inputs["rotation"]).toMatchObject({ rotatedAt: "2026-02-01T00:00:00Z" });
});

test.each(["rotateWhenChanged", "rotateAfterDays", "overlapDays", "retire", "emergency"])(
  "%s that is not known before up: the preview shows a change, and decides nothing",
  (key) => {
    const { inputs, failures: wrong } = check({ [key]: UNKNOWN }, check({}).inputs);
    expect([inputs["rotation"], wrong]).toEqual([UNKNOWN, []]);
    expect(diffRotation({ type: "NativeConfidential" }, inputs, new Known()).changes).toBe(true);
  },
);

test("another type replaces", () => {
  const { inputs } = check({ type: "JavaScript" });
  expect(diffRotation({ type: "NativeConfidential" }, inputs, new Known()).replaces).toEqual(["type"]);
});

test("a resource that gets another name in the program keeps its clients' names", () => {
  const { inputs } = check({ autoName: "renamed-99999999" }, check({}).inputs);
  expect(inputs["autoName"]).toBe("tiles-1234abcd");
});
