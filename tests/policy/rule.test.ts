import {
  NATIVE_CLIENT_TYPE_TOKEN,
  NATIVE_ROTATING_CLIENT_TYPE_TOKEN,
  ROTATING_CLIENT_TYPE_TOKEN,
} from "../../provider/shell";
import {
  clientPolicy,
  type ClientRule,
  type DeclaredClient,
  matchesAll,
  readSettings,
  type SettingsSchema,
} from "../../sdk/policy/rule";
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

test("only clients are looked at, of the dynamic provider and of the native one", () => {
  expect(judge(policy, {}, { token: "aws:s3/bucket:Bucket" })).toEqual([]);
  expect(judge(policy, {}, { token: "pulumi-nodejs:dynamic:Resource" })).toEqual([]);
  expect(findProblems).not.toHaveBeenCalled();
  expect(judge(policy, {}, { token: "thinkgeo:index:Other" })).toEqual([]);
  expect(findProblems).not.toHaveBeenCalled();
  for (const token of [
    ROTATING_CLIENT_TYPE_TOKEN,
    NATIVE_CLIENT_TYPE_TOKEN,
    NATIVE_ROTATING_CLIENT_TYPE_TOKEN,
  ])
    expect(judge(policy, {}, { token })).toHaveLength(2);
  expect(findProblems.mock.calls.map(([{ rotating }]) => rotating)).toEqual([true, false, true]);
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

describe("settings", () => {
  const SCHEMA: SettingsSchema<{ most: number; names: readonly string[] }> = {
    most: { type: "integer", default: 3, description: "How many." },
    names: { type: "array", default: ["a"], description: "Which." },
  };

  test("what is not configured has its default", () => {
    expect(readSettings("rule", SCHEMA, {})).toEqual({ most: 3, names: ["a"] });
    expect(readSettings("rule", SCHEMA, { most: 0 })).toEqual({ most: 0, names: ["a"] });
  });

  test("a setting that there is not is refused, without a stack that would hide the message", () => {
    const read = (): unknown => readSettings("rule", SCHEMA, { mots: 4 });
    expect(read).toThrow('rule has no setting "mots": it has "most", "names".');
    try {
      read();
    } catch (error) {
      expect((error as Error).stack).toBe(
        'rule has no setting "mots": it has "most", "names".\nSee docs/troubleshooting.md#policy-config in the package pulumi-thinkgeo.',
      );
    }
    expect.assertions(2);
  });
});

describe("a regular expression in a setting", () => {
  const matches = (expression: string, text: string): boolean =>
    matchesAll(expression, text, '"except" of a rule');

  test.each([
    ["web", "web", true],
    ["web", "web-2", false],
    ["web", "my web", false],
    ["web|api", "web-2", false],
    ["^web$", "web", true],
    [".*", "", true],
    [".", "🗺", true],
    ["web", "web\n", false],
    [String.raw`\p{L}+`, "Büro", true],
    ["WEB", "web", false],
  ])("%j and %j: %s", (expression, text, answer) => {
    expect(matches(expression, text)).toBe(answer);
  });

  test.each([
    ["(web", "Unterminated group"],
    ["*", "Nothing to repeat"],
    [String.raw`\-`, "Invalid escape"],
    // Right only between brackets that are put around it, and then it would match the beginning of a text.
    ["a)|(?:b", "Unmatched"],
  ])("%j is refused", (expression, reason) => {
    expect(() => matches(expression, "web")).toThrow(
      '"except" of a rule is no regular expression of JavaScript (with the flag u): Invalid regular expression',
    );
    expect(() => matches(expression, "web")).toThrow(reason);
  });

  test("text that is longer than a name can be does not match", () => {
    expect(matches("a*", "a".repeat(256))).toBe(true);
    expect(matches("a*", "a".repeat(257))).toBe(false);
  });

  test("an expression that would take years is given up, and named", () => {
    const text = `${"a".repeat(60)}!`;
    expect(() => matches("(a+)+", text)).toThrow(
      `"except" of a rule is "(a+)+", which takes too long on "${text}". A repetition within a repetition, such as (a+)+, does that: write it without.`,
    );
  });
});
