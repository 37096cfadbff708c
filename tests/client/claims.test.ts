import { InForce } from "../../provider/client/claims";

const ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const INPUTS = { type: "JavaScript", autoName: "web-1234abcd", name: "web-11111111" };

describe("a client that goes on for a resource of the program", () => {
  test("is in force once the engine was at the resource and found no reason to replace it", () => {
    const inForce = new InForce();
    inForce.plan(INPUTS, INPUTS);
    inForce.judge(ID, INPUTS, true);
    expect([inForce.has(ID), inForce.has(ID.toUpperCase()), inForce.has("other")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("is recognised whichever generated name its inputs have, and by its own name only where it was declared", () => {
    const inForce = new InForce();
    inForce.plan(INPUTS, { ...INPUTS, name: "web-22222222" });
    inForce.judge(ID, INPUTS, true);
    expect(inForce.has(ID)).toBe(true);
    const declared = new InForce();
    declared.plan({ name: "A" }, { type: "JavaScript", name: "A" });
    declared.judge(ID, { type: "JavaScript", name: "B" }, true);
    expect(declared.has(ID)).toBe(false);
  });

  test.each<[string, (inForce: InForce) => void]>([
    ["the engine only refreshes, and was at no resource", () => undefined],
    [
      "the engine was at another resource",
      (inForce) => {
        inForce.plan(INPUTS, { ...INPUTS, autoName: "other-1234abcd" });
      },
    ],
    [
      "the resource begins anew",
      (inForce) => {
        inForce.plan({}, INPUTS);
      },
    ],
  ])("is not, where %s", (_, before) => {
    const inForce = new InForce();
    before(inForce);
    inForce.judge(ID, INPUTS, true);
    expect(inForce.has(ID)).toBe(false);
  });

  test("is not, once it is to be replaced or the resource begins anew", () => {
    for (const end of [
      (inForce: InForce) => {
        inForce.judge(ID, INPUTS, false);
      },
      (inForce: InForce) => {
        inForce.plan({}, { ...INPUTS, name: "web-33333333" });
      },
    ]) {
      const inForce = new InForce();
      inForce.plan(INPUTS, INPUTS);
      inForce.judge(ID, INPUTS, true);
      end(inForce);
      expect(inForce.has(ID)).toBe(false);
    }
  });
});
