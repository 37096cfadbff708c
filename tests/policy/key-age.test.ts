import { clientPolicy } from "../../policy/client-rule";
import { keyAge } from "../../policy/key-age";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(keyAge);
const native = { type: "NativeConfidential" };

test("a Client is never renewed", () => {
  expect(judge(policy, native)).toEqual([
    'Client "tiles" is never renewed: make it a RotatingClient with rotateAfterDays of at most 90.',
  ]);
});

test("a RotatingClient without rotateAfterDays is renewed only on demand", () => {
  expect(judgeRotating(policy, native)).toEqual([
    'Client "tiles" is renewed only on demand: give it a rotateAfterDays of at most 90.',
  ]);
});

test.each([
  [90, 90, []],
  [90.5, 90, ['Client "tiles" is renewed after 90.5 days: give it a rotateAfterDays of at most 90.']],
  [30, 30, []],
  [31, 30, ['Client "tiles" is renewed after 31 days: give it a rotateAfterDays of at most 30.']],
  [0.5, 0.5, []],
])("rotateAfterDays %s where %s are allowed", (rotateAfterDays, maximumDays, said) => {
  expect(judgeRotating(policy, { ...native, rotateAfterDays }, { config: { maximumDays } })).toEqual(said);
});

test("90 days are the default", () => {
  expect(judgeRotating(policy, { ...native, rotateAfterDays: 90 })).toEqual([]);
  expect(judgeRotating(policy, { ...native, rotateAfterDays: 91 })).toHaveLength(1);
});

test("what is not known yet is no violation", () => {
  expect(judgeRotating(policy, { ...native, rotateAfterDays: UNKNOWN })).toEqual([]);
  expect(judge(policy, { type: UNKNOWN })).toEqual([]);
});

test("JavaScript clients, whose keys are public, count only if they are named", () => {
  expect(judge(policy, { type: "JavaScript" })).toEqual([]);
  expect(judge(policy, { type: "JavaScript" }, { config: { types: ["JavaScript"] } })).toHaveLength(1);
  expect(judge(policy, native, { config: { types: ["JavaScript"] } })).toEqual([]);
});
