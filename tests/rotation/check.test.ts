import { UNKNOWN, type Properties } from "../../provider/model/values";
import { Known } from "../../provider/client/known";
import { checkRotation } from "../../provider/rotation/check";
import { decide } from "../../provider/rotation/decide";
import { diffRotation } from "../../provider/rotation/diff";
import { clientInputs } from "../../provider/rotation/pair";
import { ROTATING_SHELL } from "../../provider/shell";

const NOW = Date.parse("2026-01-01T00:00:00Z");
const TILES = { type: "NativeConfidential", autoName: "tiles-1234abcd", __provider: ROTATING_SHELL };
const check = (more: Record<string, unknown>, olds: Record<string, unknown> = {}) =>
  checkRotation(olds, { ...TILES, ...more }, new Known());
const nameOf = (inputs: Record<string, unknown>): unknown => clientInputs(inputs, 1)["name"];
const failures = (more: Record<string, unknown>): string[] =>
  check(more).failures.map(({ property, reason }) => `${property}: ${reason}`);

test("what is not declared is completed, and nothing that depends on the clock is in it", () => {
  expect(check({})).toEqual({
    inputs: {
      type: "NativeConfidential",
      autoName: "tiles-1234abcd",
      active: true,
      deletionPolicy: "delete",
      overlapDays: 7,
      retire: "deactivate",
    },
    failures: [],
    warnings: [],
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ autoName: undefined, name: "Tiles" }, ": autoName is missing: this package adds it"],
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

test("a value that is secret is shown to nobody", () => {
  const secretInputs = ["allowedIpAddresses", "retire", "rotateWhenChanged"];
  expect(
    failures({
      secretInputs,
      allowedIpAddresses: ["87.65.43.21/99"],
      retire: "canary",
      rotateWhenChanged: "x",
    }),
  ).toEqual([
    ": allowedIpAddresses[0] has no prefix length from 1 to 32 after its slash",
    ": rotateWhenChanged must be a map",
    ': retire must be "deactivate" or "delete"',
  ]);
});

test("a whitelist that is left out opens the rotation to everybody, which is told", () => {
  const { inputs, warnings } = check({ allowedIpAddresses: ["203.0.113.7"] });
  expect(warnings).toEqual([]);
  const known = new Known();
  const state = {
    ...inputs,
    name: "tiles-1",
    clientId: "key",
    current: { id: "1", name: "tiles-1", generation: 1 },
  };
  const opened = checkRotation(inputs, TILES, known);
  expect([...opened.warnings, ...diffRotation(state, opened.inputs, NOW, known).warnings]).toEqual([
    expect.stringContaining('client "tiles-1234abcd" is opened to the world'),
  ]);
});

test("everything that is wrong is told at once", () => {
  expect(failures({ overlapDays: -1, retire: "x", allowedIpAddresses: ["1.2.3"] })).toHaveLength(3);
});

test("the clock decides at the diff of an up, not of a refresh, and at the time that the program gives", () => {
  const { inputs } = check({ rotateAfterDays: 30 });
  const rotation = { generation: 1, rotatedAt: "2025-12-01T00:00:00Z", previous: "none" };
  const current = { id: "1", name: nameOf(inputs), generation: 1 };
  const outputs = {
    ...{ type: "NativeConfidential", active: true, deletionPolicy: "delete", rotateAfterDays: 30 },
    ...{ overlapDays: 7, retire: "deactivate", name: current.name, current, rotation },
    nextActionAt: "2025-12-31T00:00:00Z",
  };
  const changes = (now: number, known: Known): boolean => diffRotation(outputs, inputs, now, known).changes;
  const planned = new Known();
  planned.claims.plan(outputs, inputs);
  const early = Date.parse("2025-12-29T00:00:00Z");
  expect([changes(early, planned), changes(NOW, planned)]).toEqual([false, true]);
  expect(changes(NOW, new Known())).toBe(false);
  expect(decide(outputs, { ...inputs, now: "2025-12-15T00:00:00Z" }, NOW)).toEqual(rotation);
});

test("what version 0.1.0 had decided, and kept among the inputs, goes on to count until outputs have it", () => {
  const rotation = { generation: 4, rotatedAt: "2025-12-31T00:00:00Z", previous: "none" };
  const { inputs } = check({}, { rotation });
  expect(inputs["rotation"]).toEqual(rotation);
  expect(decide({}, inputs, NOW)).toEqual(rotation);
  expect(decide({ rotation: { ...rotation, generation: 5 } }, inputs, NOW)).toMatchObject({ generation: 5 });
});

test.each(["rotateWhenChanged", "rotateAfterDays", "overlapDays", "retire", "emergency"])(
  "%s that is not known before up: the preview shows a change, and decides nothing",
  (key) => {
    const { inputs, failures: wrong } = check({ [key]: UNKNOWN }, check({}).inputs);
    const known = new Known();
    known.claims.plan({ type: "NativeConfidential" }, inputs);
    expect([decide({}, inputs, NOW), wrong]).toEqual([undefined, []]);
    expect(diffRotation({ type: "NativeConfidential" }, inputs, NOW, known).changes).toBe(true);
  },
);

test("a rotation that is due shows what else changes; where that replaces, no step is announced", () => {
  const inputs = { ...check({ rotateAfterDays: 30, allowedIpAddresses: ["198.51.100.7"] }).inputs };
  const current = { id: "1", name: nameOf(inputs), generation: 1 };
  const outputs = {
    ...{ type: "NativeConfidential", active: true, deletionPolicy: "delete", rotateAfterDays: 30 },
    ...{
      overlapDays: 7,
      retire: "deactivate",
      name: current.name,
      current,
      allowedIpAddresses: ["203.0.113.7"],
    },
    rotation: { generation: 1, rotatedAt: "2025-12-01T00:00:00Z", previous: "none" },
  };
  const diffed = (news: Properties): ReturnType<typeof diffRotation> => {
    const known = new Known();
    known.claims.plan(outputs, news);
    return diffRotation(outputs, news, NOW, known);
  };
  const shown = diffed(inputs);
  expect([shown.differing.includes("allowedIpAddresses"), shown.replaces]).toEqual([true, []]);
  expect(shown.step).toContain("a rotation is due");
  const replaced = diffed({ ...inputs, replaceOnChanges: ["allowedIpAddresses"] });
  expect([replaced.replaces, replaced.step]).toEqual([["allowedIpAddresses"], undefined]);
  expect(diffed({ ...inputs, active: false }).step).toContain("both are inactive");
});

test("another type replaces", () => {
  const { inputs } = check({ type: "JavaScript" });
  expect(diffRotation({ type: "NativeConfidential" }, inputs, NOW, new Known()).replaces).toEqual(["type"]);
});

test("a resource that gets another name in the program keeps its clients' names", () => {
  const { inputs } = check({ autoName: "renamed-99999999" }, check({}).inputs);
  expect(inputs["autoName"]).toBe("tiles-1234abcd");
});
