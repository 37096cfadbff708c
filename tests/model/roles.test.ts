import fc from "fast-check";
import { isRoleId, sameRoles, toRoleIds, toRoleNames } from "../../provider/model/roles";

const USER = { id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", name: "User" };
const EVALUATOR = { id: "7a1b19ff-8b86-4d01-b42d-00cf4fc964aa", name: "Evaluator" };
const TABLE = [USER, EVALUATOR];

test("an id is a GUID, whole, in any case", () => {
  expect([USER.id, USER.id.toUpperCase()].map(isRoleId)).toEqual([true, true]);
  for (const text of [
    "User",
    "",
    `${USER.id}0`,
    `x${USER.id}`,
    USER.id.slice(1),
    USER.id.replaceAll("-", ""),
  ])
    expect(isRoleId(text)).toBe(false);
});

test("ids become names in order, and what the table lacks stays", () => {
  const values = [USER.id.toUpperCase(), "Partner", EVALUATOR.id, "00000000-0000-4000-8000-000000000000"];
  expect(toRoleNames(values, TABLE)).toEqual([
    "00000000-0000-4000-8000-000000000000",
    "Evaluator",
    "Partner",
    "User",
  ]);
  expect(toRoleNames([], TABLE)).toEqual([]);
});

test("names become ids in any case, ids stay, and what the table lacks is told apart", () => {
  expect(toRoleIds(["evaluator", "USER", USER.id.toUpperCase(), "Partner"], TABLE)).toEqual({
    ids: [EVALUATOR.id, USER.id, USER.id],
    unknown: ["Partner"],
  });
});

describe("two lists name the same roles", () => {
  test.each<[string[], string[], boolean]>([
    [[], [], true],
    [["User"], ["user"], true],
    [["User", "Evaluator"], ["evaluator", "User", "User"], true],
    [[], ["User"], false],
    [["User"], ["User", "Evaluator"], false],
    [["a\nb"], ["a", "b"], false],
    [["User"], ["Subscriber"], false],
  ])("%j and %j: %s", (left, right, same) => {
    expect(sameRoles(left, right)).toBe(same);
    expect(sameRoles(right, left)).toBe(same);
  });

  test("in any order and number", () => {
    const lists = fc.array(fc.string({ minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(
        lists.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, other]) => sameRoles(list, [...other, ...other]),
      ),
    );
  });
});

test("names and ids lead to each other", () => {
  fc.assert(
    fc.property(fc.subarray(TABLE), (roles) => {
      const names = roles.map(({ name }) => name);
      expect(toRoleNames(toRoleIds(names, TABLE).ids, TABLE)).toEqual([...names].sort());
    }),
  );
});
