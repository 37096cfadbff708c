import { clientPolicy } from "../../policy/client-rule";
import { rolesDeclared } from "../../policy/roles-declared";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(rolesDeclared);
const message =
  'Client "tiles" declares no grantedRoles, so ThinkGeo grants it every role of the account, User too if the account has it: declare those that it needs, as in grantedRoles: ["Evaluator"].';

test("roles that are not declared are a violation", () => {
  expect(judge(policy, { type: "JavaScript" })).toEqual([message]);
  expect(judgeRotating(policy, { type: "JavaScript" })).toEqual([message]);
});

test.each([[["Evaluator"]], [[]], [UNKNOWN], [[UNKNOWN]]])("%s are none", (grantedRoles) => {
  expect(judge(policy, { type: "JavaScript", grantedRoles })).toEqual([]);
});
