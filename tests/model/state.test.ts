import fc from "fast-check";
import { readState } from "../../provider/model/client";
import { toProperties } from "../../provider/model/outputs";

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
  expect(toProperties(readState(WHOLE))).toMatchObject(WHOLE);
  expect(toProperties(readState({ ...WHOLE, __provider: "text", later: 1 }))).toEqual(
    toProperties(readState(WHOLE)),
  );
});

test("what is missing or of another kind is as if it had not been said", () => {
  const nothing = {
    name: "",
    type: "",
    active: true,
    deletionPolicy: "delete",
    replaceOnChanges: [],
    ignoreChanges: [],
  };
  expect(toProperties(readState({}))).toEqual(nothing);
  const odd = Object.fromEntries(Object.keys(WHOLE).map((key) => [key, 7]));
  expect(toProperties(readState(odd))).toEqual(nothing);
  expect(readState({ ...WHOLE, allowedOrigins: ["acme.com", 7] }).allowedOrigins).toBeUndefined();
});

test.each([undefined, null, 7, "text", [WHOLE]])("%j instead of outputs says nothing", (outputs) => {
  expect(readState(outputs)).toEqual(readState({}));
});

test("any outputs are read without an error", () => {
  const keys = fc.oneof(fc.constantFrom(...Object.keys(WHOLE)), fc.string());
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), (outputs) => {
      const state = readState(outputs);
      expect([typeof state.name, typeof state.type, typeof state.active]).toEqual([
        "string",
        "string",
        "boolean",
      ]);
      expect(["delete", "deactivate", "retain"]).toContain(state.deletionPolicy);
    }),
  );
});
