import {
  CLIENT_TYPE_TOKEN,
  NATIVE_CLIENT_TYPE_TOKEN,
  NATIVE_ROTATING_CLIENT_TYPE_TOKEN,
  ROTATING_CLIENT_TYPE_TOKEN,
} from "../../provider/shell";
import { generateName, Known } from "../../provider/client/known";
import { autoNameOf } from "../../provider/naming";
import { clientPolicy } from "../../sdk/policy/rule";
import { clientCount, clientName, keyAge, noRetain, noUserRole, rolesDeclared } from "../../sdk/policy/rules";
import { judge, judgeRotating, judgeStack, UNKNOWN } from "./judge";

describe("thinkgeo-no-user-role", () => {
  const policy = clientPolicy(noUserRole);
  const granted = (role: string): string =>
    `Client "tiles" is granted the role "${role}": leave it out of grantedRoles, or let "except" of this rule match the name of an operator's key.`;

  test.each([[["User"]], [["Evaluator", "user"]], [[UNKNOWN, "User"]]])(
    "%s is a violation",
    (grantedRoles) => {
      expect(judge(policy, { grantedRoles })).toEqual([granted("User")]);
      expect(judgeRotating(policy, { grantedRoles })).toEqual([granted("User")]);
    },
  );

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
});

describe("thinkgeo-roles-declared", () => {
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
});

describe("thinkgeo-client-name", () => {
  const policy = clientPolicy(clientName);
  const config = { pattern: "(web|api)-[a-z]+" };
  const misnamed = (name: string, resource = "tiles"): string =>
    `Client "${resource}" is named ${JSON.stringify(name)}, and the whole name must match ${config.pattern}: rename it.`;

  test("by default every name is right", () => {
    expect(judge(policy, { name: "Anything at all, ünd mehr 🗺" })).toEqual([]);
  });

  test.each(["web", "web-", "web-tiles-2", "my web-tiles", "api-tiles\n", 'we"b'])(
    "%j is a violation",
    (name) => {
      expect(judge(policy, { name }, { config })).toEqual([misnamed(name)]);
      expect(judgeRotating(policy, { name }, { config })).toEqual([misnamed(name)]);
    },
  );

  test.each(["web-tiles", "api-x"])("%j is none", (name) => {
    expect(judge(policy, { name }, { config })).toEqual([]);
  });

  test("a name that is not known yet is no violation", () => {
    expect(judge(policy, { name: UNKNOWN }, { config })).toEqual([]);
  });

  describe("without a declared name, the resource's counts", () => {
    test("of a Client, whose generated name is beside what it is generated from", () => {
      const generated = { name: "tiles-1a2b3c4d", autoName: "tiles-0f0f0f0f" };
      expect(judge(policy, generated, { config, resource: "web-tiles" })).toEqual([]);
      expect(judge(policy, generated, { config, resource: "tiles" })).toEqual([misnamed("tiles")]);
      expect(judge(policy, { ...generated, name: UNKNOWN }, { config, resource: "tiles" })).toEqual([
        misnamed("tiles"),
      ]);
    });

    test("of a native Client, whose generated name is known by its form", () => {
      const token = NATIVE_CLIENT_TYPE_TOKEN;
      const generatedFor = (resource: string): string => {
        const autoName = autoNameOf(resource, `urn:pulumi:dev::acme::${token}::${resource}`);
        return generateName({ autoName, type: "JavaScript", replaceWhenChanged: undefined }, new Known());
      };
      for (const resource of ["web-tiles", "tiles", `web-${"x".repeat(300)}`, "we\u0007b"]) {
        const said = judge(policy, { name: generatedFor(resource) }, { config, resource, token });
        expect(said).toEqual(
          resource === "web-tiles" ? [] : [misnamed(resource, JSON.stringify(resource).slice(1, -1))],
        );
      }
      const judged = (name: unknown): string[] =>
        judge(policy, { name }, { config, resource: "web-tiles", token });
      for (const name of ["web-tiles-1a2b3c4", "web-tiles-1A2B3C4D", "other-1a2b3c4d", "web-tiles-2"])
        expect(judged(name)).toEqual([misnamed(name, "web-tiles")]);
      expect(judged(UNKNOWN)).toEqual([]);
    });

    test("of a native RotatingClient too", () => {
      const token = NATIVE_ROTATING_CLIENT_TYPE_TOKEN;
      expect(judge(policy, {}, { config, resource: "tiles", token })).toEqual([misnamed("tiles")]);
      expect(judge(policy, { name: "x" }, { config, resource: "web-y", token })).toEqual([
        misnamed("x", "web-y"),
      ]);
    });

    test("of a RotatingClient, whose inputs have a name only if one is declared", () => {
      const autoName = "tiles-0f0f0f0f";
      expect(judgeRotating(policy, { autoName }, { config, resource: "web-tiles" })).toEqual([]);
      expect(judgeRotating(policy, { autoName }, { config, resource: "tiles" })).toEqual([misnamed("tiles")]);
      expect(judgeRotating(policy, { autoName, name: "web-tiles" }, { config, resource: "tiles" })).toEqual(
        [],
      );
      expect(judgeRotating(policy, { autoName, name: "x" }, { config, resource: "web-y" })).toEqual([
        misnamed("x", "web-y"),
      ]);
    });
  });

  test("a pattern that cannot be read is said, with its place", () => {
    expect(() => judge(policy, { name: "web" }, { config: { pattern: "(web" } })).toThrow(
      /^"pattern" of thinkgeo-client-name is no regular expression of JavaScript .*Unterminated group/,
    );
  });
});

describe("thinkgeo-no-retain", () => {
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
});

describe("thinkgeo-key-age", () => {
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
});

describe("thinkgeo-client-count", () => {
  const clients = (count: number): [string, string][] =>
    // In no order, as the engine gives them.
    Array.from({ length: count }, (_, index) => [CLIENT_TYPE_TOKEN, `c${100 + count - index}`]);
  const advice = "take some out, or move them to another stack.";

  test.each([
    [100, []],
    [
      101,
      [
        `The stack has 101 clients (c101, c102, c103, c104, c105, c106, c107, c108, c109, c110, 91 more), and may have 100: ${advice}`,
      ],
    ],
  ])("%s clients, by default", (count, said) => {
    expect(judgeStack(clientCount, clients(count))).toEqual(said);
  });

  test.each([
    [2, 2, []],
    [3, 2, [`The stack has 3 clients (c101, c102, c103), and may have 2: ${advice}`]],
    [
      10,
      9,
      [
        `The stack has 10 clients (c101, c102, c103, c104, c105, c106, c107, c108, c109, c110), and may have 9: ${advice}`,
      ],
    ],
    [1, 0, [`The stack has 1 client (c101), and may have 0: ${advice}`]],
    [0, 0, []],
  ])("%s clients where %s are allowed", (count, maximum, said) => {
    expect(judgeStack(clientCount, clients(count), { maximum })).toEqual(said);
  });

  test("a RotatingClient counts as one, and other resources do not count", () => {
    const resources = [
      ["pulumi:pulumi:Stack", "acme-dev"],
      ["aws:s3/bucket:Bucket", "tiles"],
      [ROTATING_CLIENT_TYPE_TOKEN, "api"],
      [CLIENT_TYPE_TOKEN, "web"],
    ] as const;
    expect(judgeStack(clientCount, resources, { maximum: 2 })).toEqual([]);
    expect(judgeStack(clientCount, resources, { maximum: 1 })).toEqual([
      `The stack has 2 clients (api, web), and may have 1: ${advice}`,
    ]);
  });

  test("a setting that it does not have is refused", () => {
    expect(() => judgeStack(clientCount, [], { maximun: 1 })).toThrow(
      'thinkgeo-client-count has no setting "maximun": it has "maximum".',
    );
  });
});
