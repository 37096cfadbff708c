import { problemsOf, type LocatedObjection } from "../../provider/model/problems";

const scheme = (index: number): LocatedObjection => ({
  path: ["allowedOrigins", index],
  before: `"https://a${index}.com" `,
  reason: "has a scheme",
  after: `; write "a${index}.com"`,
});
const count = (length: number, of = scheme): LocatedObjection[] =>
  Array.from({ length }, (_, index) => of(index));

test("each problem has its place, the value, the reason and what to write instead", () => {
  expect(problemsOf(count(5), [])).toEqual(
    [0, 1, 2, 3, 4].map((index) => ({
      path: `allowedOrigins[${index}]`,
      reason: `"https://a${index}.com" has a scheme; write "a${index}.com"`,
    })),
  );
  const deep: LocatedObjection = { path: ["replaceWhenChanged", "a", 0, "b"], reason: "is wrong" };
  expect(problemsOf([deep, { path: [], reason: "is wrong" }], [])).toEqual([
    { path: "replaceWhenChanged.a[0].b", reason: "is wrong" },
    { path: "", reason: "is wrong" },
  ]);
});

test("more than five that are alike in one list are one sentence, with the first of them", () => {
  const other: LocatedObjection = { path: ["allowedOrigins", 3], before: '"x" ', reason: "is no host" };
  const elsewhere: LocatedObjection = { path: ["allowedIpAddresses", 3], reason: "has a scheme" };
  expect(problemsOf([...count(400), other, elsewhere], [])).toEqual([
    {
      path: "allowedOrigins",
      reason:
        'has 400 entries of which each has a scheme. The first are [0] "https://a0.com" (write "a0.com"), [1] "https://a1.com" (write "a1.com"), [2] "https://a2.com" (write "a2.com"), [3] "https://a3.com" (write "a3.com"), [4] "https://a4.com" (write "a4.com"); there are 395 more',
    },
    { path: "allowedOrigins[3]", reason: '"x" is no host' },
    { path: "allowedIpAddresses[3]", reason: "has a scheme" },
  ]);
});

test("of a secret the places are told, and nothing of the values", () => {
  expect(problemsOf(count(400), ["allowedOrigins"])).toEqual([
    {
      path: "allowedOrigins",
      reason:
        "has 400 entries of which each has a scheme. The first are [0], [1], [2], [3], [4]; there are 395 more",
      isSecret: true,
    },
  ]);
  expect(problemsOf([scheme(7)], ["allowedOrigins"])).toEqual([
    { path: "allowedOrigins[7]", reason: "has a scheme", isSecret: true },
  ]);
  expect(problemsOf([scheme(7)], ["allowedIpAddresses"])[0]?.isSecret).toBeUndefined();
});

test("what could write to the screen is made printable, also where many are one", () => {
  const nasty = (index: number): LocatedObjection => ({ ...scheme(index), before: '"\u001b[2J" ' });
  for (const { reason } of [...problemsOf(count(1, nasty), []), ...problemsOf(count(9, nasty), [])]) {
    expect(reason).toContain("\\u001b[2J");
    expect(reason).not.toContain("\u001b");
  }
});
