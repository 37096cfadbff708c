import { clientPolicy, type ClientRule } from "../../policy/client-rule";
import type { DeclaredClient } from "../../policy/declared-client";
import { ROTATING_CLIENT_TYPE_TOKEN } from "../../provider/shell";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const findProblems = jest.fn((client: DeclaredClient, { limit }: { limit: number }) => [
  `exceeds ${limit} in ${client.stack}.`,
  "is odd.",
]);
const rule: ClientRule<{ readonly limit: number }> = {
  name: "a-rule",
  description: "A rule.",
  level: "advisory",
  settings: { limit: { type: "integer", default: 7, description: "The limit." } },
  findProblems,
};
const policy = clientPolicy(rule);

beforeEach(() => {
  findProblems.mockClear();
});

test("every problem is a violation, and says which client it is of", () => {
  expect(judge(policy, {}, { resource: 'my "web"', stack: "prod" })).toEqual([
    'Client "my \\"web\\"" exceeds 7 in prod.',
    'Client "my \\"web\\"" is odd.',
  ]);
});

test("the engine is told the level, and the settings with their types and defaults", () => {
  expect(policy).toMatchObject({
    name: "a-rule",
    description: "A rule.",
    enforcementLevel: "advisory",
    configSchema: {
      properties: { limit: { type: "integer", default: 7 }, except: { type: "string", default: "" } },
    },
  });
});

test("the rule gets what is configured, and no exception among it that it does not know", () => {
  judge(policy, {}, { config: { limit: 9 } });
  expect(findProblems.mock.calls[0]?.[1]).toMatchObject({ limit: 9 });
});

test("only clients are looked at", () => {
  expect(judge(policy, {}, { token: "aws:s3/bucket:Bucket" })).toEqual([]);
  expect(judge(policy, {}, { token: "pulumi-nodejs:dynamic:Resource" })).toEqual([]);
  expect(findProblems).not.toHaveBeenCalled();
  expect(judge(policy, {}, { token: ROTATING_CLIENT_TYPE_TOKEN })).toHaveLength(2);
});

test("what a program declares is read through the unknown", () => {
  const declared = {
    type: UNKNOWN,
    name: "Tiles",
    allowedOrigins: ["acme.com", UNKNOWN],
    allowedIpAddresses: UNKNOWN,
    grantedRoles: [],
    deletionPolicy: UNKNOWN,
    rotateAfterDays: UNKNOWN,
  };
  judgeRotating(policy, declared, { stack: "dev" });
  expect(findProblems.mock.calls[0]?.[0]).toEqual({
    resource: "tiles",
    stack: "dev",
    rotating: true,
    name: "Tiles",
    type: undefined,
    deletionPolicy: undefined,
    allowedOrigins: ["acme.com", undefined],
    allowedIpAddresses: [undefined],
    grantedRoles: [],
    rotateAfterDays: "unknown",
  });
});

describe("exceptions", () => {
  const config = { except: "old .*" };

  test.each([
    ["old web", 0],
    ["older web", 2],
    ["my old web", 2],
  ])("%s: %s violations", (name, count) => {
    expect(judge(policy, { name }, { config })).toHaveLength(count);
  });

  test("go by the resource's name where none is declared", () => {
    const generated = { name: "x-1a2b3c4d", autoName: "x-0f0f0f0f" };
    expect(judge(policy, generated, { config, resource: "old x" })).toEqual([]);
  });

  test("may hold a name that is not known yet, so that is no violation", () => {
    expect(judge(policy, { name: UNKNOWN }, { config })).toEqual([]);
    expect(judge(policy, { name: UNKNOWN })).toHaveLength(2);
  });

  test("are named where they cannot be read", () => {
    expect(() => judge(policy, { name: "web" }, { config: { except: "[" } })).toThrow(
      /^"except" of a-rule is no/,
    );
  });
});

test("a setting that the rule does not have is refused", () => {
  expect(() => judge(policy, {}, { config: { limits: 9 } })).toThrow(
    'a-rule has no setting "limits": it has "limit", "except".',
  );
});
