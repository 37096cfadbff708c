import fc from "fast-check";
import { generateName, Known } from "../../provider/client/known";

const SEED = { autoName: "tiles-1234abcd", type: "JavaScript", replaceWhenChanged: undefined };

describe("a generated name", () => {
  test("is the resource's, with a hash that is the same in every run", () => {
    const name = generateName(SEED, new Known());
    expect(name).toMatch(/^tiles-[0-9a-f]{8}$/);
    expect(generateName(SEED, new Known())).toBe(name);
    // Written down, because a client that an interrupted run of an earlier version left must be recognised.
    expect(name).toBe("tiles-c1c36478");
  });

  test.each([
    ["the resource or its stack", { ...SEED, autoName: "tiles-1234abce" }],
    ["the type", { ...SEED, type: "NativeConfidential" }],
    ["what replaces it", { ...SEED, replaceWhenChanged: { rotation: 1 } }],
  ])("is another one with another of %s", (_, seed) => {
    expect(generateName(seed, new Known())).not.toBe(generateName(SEED, new Known()));
  });

  test("does not depend on the order of a map's keys", () => {
    const one = { ...SEED, replaceWhenChanged: { a: 1, b: { c: 2, d: [3] } } };
    const other = { ...SEED, replaceWhenChanged: { b: { d: [3], c: 2 }, a: 1 } };
    expect(generateName(other, new Known())).toBe(generateName(one, new Known()));
  });

  test.each(["my-web-app-1234abcd", "-1234abcd", "ünïcode 🗺-1234abcd"])(
    "keeps the whole of %s",
    (autoName) => {
      expect(generateName({ ...SEED, autoName }, new Known()).slice(0, -8)).toBe(autoName.slice(0, -8));
    },
  );
});

describe("while a client is replaced, its name is taken", () => {
  test("so that each new one has the next name, as often as it goes", () => {
    const known = new Known();
    const names = Array.from({ length: 20 }, () => {
      const name = generateName(SEED, known);
      known.seeName(name);
      return name;
    });
    expect(new Set(names).size).toBe(20);
    expect(names[0]).toBe(generateName(SEED, new Known()));
  });

  test("also where the first name has gone and only a later one lives", () => {
    const both = new Known();
    both.seeName(generateName(SEED, both));
    const second = generateName(SEED, both);
    const later = new Known();
    later.seeName(second);
    expect([generateName(SEED, new Known()), second]).not.toContain(generateName(SEED, later));
  });

  test("but the names of other resources do not matter", () => {
    const known = new Known();
    for (const name of ["tiles", "tiles-", "tiles-00000000", "tiles-1234abcd", "other-c1c36478"])
      known.seeName(name);
    expect(generateName(SEED, known)).toBe(generateName(SEED, new Known()));
  });

  test("old and new never share a name", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 }), (changes) => {
        const known = new Known();
        for (const replaceWhenChanged of changes) {
          const name = generateName({ ...SEED, replaceWhenChanged }, known);
          expect(known.hasName(name)).toBe(false);
          known.seeName(name);
        }
      }),
    );
  });
});

describe("what a process has been shown as state's own", () => {
  test("is known: names as they are, ids and owners in any case", () => {
    const known = new Known();
    known.seeName("Map");
    known.seeName(undefined);
    known.seeName(7);
    known.seeId("ABC-1");
    known.seeOwner("OWNER");
    known.seeOwner("owner");
    known.seeOwner(undefined);
    expect([known.hasName("Map"), known.hasName("map"), known.hasName("undefined")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([known.hasId("abc-1"), known.hasId("abc")]).toEqual([true, false]);
    expect(known.owners).toEqual(["owner"]);
    expect([known.hasNameBeginning("Ma"), known.hasNameBeginning("ap")]).toEqual([true, false]);
  });
});
