import { Claims } from "../../provider/client/claims";

const ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const INPUTS = { type: "JavaScript", autoName: "web-1234abcd", name: "web-11111111" };

describe("a client that goes on for a resource of the program", () => {
  test("is in effect once the engine was at the resource and found no reason to replace it", () => {
    const claims = new Claims();
    claims.plan(INPUTS, INPUTS);
    claims.mayGoOn(ID, INPUTS, true);
    expect([claims.has(ID), claims.has(ID.toUpperCase()), claims.has("other")]).toEqual([true, true, false]);
  });

  test("is recognised whichever generated name its inputs have, and by its own name only where it was declared", () => {
    const claims = new Claims();
    claims.plan(INPUTS, { ...INPUTS, name: "web-22222222" });
    claims.mayGoOn(ID, INPUTS, true);
    expect(claims.has(ID)).toBe(true);
    const declared = new Claims();
    declared.plan({ name: "A" }, { type: "JavaScript", name: "A" });
    declared.mayGoOn(ID, { type: "JavaScript", name: "B" }, true);
    expect(declared.has(ID)).toBe(false);
  });

  test.each<[string, (claims: Claims) => void]>([
    ["the engine only refreshes, and was at no resource", () => undefined],
    [
      "the engine was at another resource",
      (claims) => {
        claims.plan(INPUTS, { ...INPUTS, autoName: "other-1234abcd" });
      },
    ],
    [
      "the resource begins anew",
      (claims) => {
        claims.plan({}, INPUTS);
      },
    ],
  ])("is not, where %s", (_, before) => {
    const claims = new Claims();
    before(claims);
    claims.mayGoOn(ID, INPUTS, true);
    expect(claims.has(ID)).toBe(false);
  });

  test("is not, once it is to be replaced or the resource begins anew", () => {
    for (const end of [
      (claims: Claims) => {
        claims.mayGoOn(ID, INPUTS, false);
      },
      (claims: Claims) => {
        claims.plan({}, { ...INPUTS, name: "web-33333333" });
      },
    ]) {
      const claims = new Claims();
      claims.plan(INPUTS, INPUTS);
      claims.mayGoOn(ID, INPUTS, true);
      end(claims);
      expect(claims.has(ID)).toBe(false);
    }
  });
});
