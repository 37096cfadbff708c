import { endingRoles } from "../../../cli/drift/findings";

const NOW = Date.UTC(2026, 0, 15, 12);

test.each([
  [undefined, undefined],
  ["no date", undefined],
  ["2026-01-29T12:00:00Z", undefined],
  ["2026-01-28T12:00:00Z", "The role ends on 2026-01-28, in 13 days."],
  ["2026-01-16T12:00:00Z", "The role ends on 2026-01-16, in 1 day."],
  ["2026-01-15T11:59:59Z", "The role ended on 2026-01-15."],
  ["2025-01-01", "The role ended on 2025-01-01."],
])("a role that ends at %s", (expiration, message) => {
  const found = endingRoles([{ name: "Evaluator", expiration }], NOW);
  expect(found.map((one) => one.message)).toEqual(
    message === undefined ? [] : [`${message} Keys that live by it stop working then.`],
  );
});
