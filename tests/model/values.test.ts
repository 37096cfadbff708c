import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { hasUnknown, UNKNOWN } from "../../provider/model/values";

test("is what Pulumi sends for a value that is not known yet", () => {
  expect(UNKNOWN).toBe((pulumi.runtime as unknown as { unknownValue: string }).unknownValue);
});

test("is found at any depth, and nowhere else", () => {
  expect([UNKNOWN, [UNKNOWN], { a: { b: [0, { c: UNKNOWN }] } }].every(hasUnknown)).toBe(true);
  expect([undefined, null, 0, "", "x", [], {}, { a: [{}] }, `${UNKNOWN} `].some(hasUnknown)).toBe(false);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => !hasUnknown(value) && hasUnknown([value, { value, at: UNKNOWN }])),
  );
});
