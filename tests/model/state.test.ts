import fc from "fast-check";
import { parseState } from "../../provider/model/state";

const WHOLE = {
  name: "Map",
  type: "JavaScript",
  active: false,
  deletionPolicy: "retain",
  allowedOrigins: ["acme.com"],
  allowedIpAddresses: ["203.0.113.7"],
  grantedRoles: ["User"],
  replaceWhenChanged: { rotation: 1 },
  clientId: "key",
  clientSecret: "secret",
  effectiveRoles: ["User"],
  ownerId: "owner",
};

test("what was written is read", () => {
  expect(parseState(WHOLE)).toStrictEqual(WHOLE);
  expect(parseState({ ...WHOLE, __provider: "text", later: 1 })).toStrictEqual({
    ...WHOLE,
    __provider: "text",
    later: 1,
  });
});

test("what is missing or of another kind is as if it had not been said", () => {
  const nothing = { name: "", type: "", active: true, deletionPolicy: "delete" };
  expect({ ...parseState({}) }).toEqual(nothing);
  const odd = Object.fromEntries(Object.keys(WHOLE).map((key) => [key, 7]));
  expect({ ...parseState(odd) }).toEqual(nothing);
  expect(parseState({ ...WHOLE, allowedOrigins: ["acme.com", 7] }).allowedOrigins).toBeUndefined();
});

test.each([undefined, null, 7, "text", [WHOLE]])("%j instead of outputs says nothing", (outputs) => {
  expect(parseState(outputs)).toEqual(parseState({}));
});

test("any outputs are read without an error", () => {
  const keys = fc.oneof(fc.constantFrom(...Object.keys(WHOLE)), fc.string());
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), (outputs) => {
      const state = parseState(outputs);
      expect([typeof state.name, typeof state.type, typeof state.active]).toEqual([
        "string",
        "string",
        "boolean",
      ]);
      expect(["delete", "deactivate", "retain"]).toContain(state.deletionPolicy);
    }),
  );
});
