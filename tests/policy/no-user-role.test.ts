import { clientPolicy } from "../../policy/client-rule";
import { noUserRole } from "../../policy/no-user-role";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(noUserRole);
const granted = (role: string): string =>
  `Client "tiles" is granted the role "${role}": leave it out of grantedRoles, or let "except" of this rule match the name of an operator's key.`;

test.each([[["User"]], [["Evaluator", "user"]], [[UNKNOWN, "User"]]])("%s is a violation", (grantedRoles) => {
  expect(judge(policy, { grantedRoles })).toEqual([granted("User")]);
  expect(judgeRotating(policy, { grantedRoles })).toEqual([granted("User")]);
});

test.each([
  ["another role", ["Evaluator", "Superuser"]],
  ["no role", []],
  ["no list", undefined],
  ["a list that is not known yet", UNKNOWN],
  ["a role that is not known yet", [UNKNOWN]],
])("%s is none", (_, grantedRoles) => {
  expect(judge(policy, { grantedRoles })).toEqual([]);
});

test("an operator's key is an exception, by its whole name", () => {
  const config = { except: "operator-[a-z]+" };
  expect(judge(policy, { name: "operator-ann", grantedRoles: ["User"] }, { config })).toEqual([]);
  expect(judge(policy, { name: "no-operator-ann", grantedRoles: ["User"] }, { config })).toEqual([
    granted("User"),
  ]);
});

test("other roles can be forbidden instead", () => {
  const config = { roles: ["Subscriber", "Evaluator"] };
  expect(judge(policy, { grantedRoles: ["User", "Evaluator", "Subscriber"] }, { config })).toEqual([
    granted("Subscriber"),
    granted("Evaluator"),
  ]);
});
