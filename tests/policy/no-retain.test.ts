import { clientPolicy } from "../../policy/client-rule";
import { noRetain } from "../../policy/no-retain";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(noRetain);
const retain = { deletionPolicy: "retain" };
const forbidden = (stack: string): string =>
  `Client "tiles" has the deletionPolicy "retain", which leaves a working key behind and is forbidden in the stack "${stack}": use "delete", or "deactivate", which keeps the client switched off.`;

test.each(["prod", "production", "prod-eu", "acme-prod", "acme_production.eu", "eu.prod"])(
  "by default it is forbidden in %s",
  (stack) => {
    expect(judge(policy, retain, { stack })).toEqual([forbidden(stack)]);
    expect(judgeRotating(policy, retain, { stack })).toEqual([forbidden(stack)]);
  },
);

test.each(["dev", "preprod", "product", "productive-dev", "reprod-x"])("and allowed in %s", (stack) => {
  expect(judge(policy, retain, { stack })).toEqual([]);
});

test.each(["delete", "deactivate", undefined, UNKNOWN])("%s is allowed everywhere", (deletionPolicy) => {
  expect(judge(policy, { deletionPolicy }, { stack: "prod" })).toEqual([]);
});

test("the stacks can be others", () => {
  const config = { stacks: "pr-[0-9]+" };
  expect(judge(policy, retain, { stack: "pr-12", config })).toEqual([forbidden("pr-12")]);
  expect(judge(policy, retain, { stack: "my-pr-12", config })).toEqual([]);
  expect(judge(policy, retain, { stack: "prod", config })).toEqual([]);
});

test("an expression that cannot be read is said, with its place", () => {
  expect(() => judge(policy, retain, { config: { stacks: "*" } })).toThrow(
    /^"stacks" of thinkgeo-no-retain is no/,
  );
});
