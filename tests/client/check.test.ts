import { check, diff } from "../../provider/client/resource";
import type { Properties } from "../../provider/model/values";
import { UNKNOWN } from "../../provider/model/values";
import { generateName, Known } from "../../provider/client/known";
import { SHELL } from "../../provider/shell";

const GUID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const WEB = { type: "JavaScript", autoName: "web-1234abcd", __provider: SHELL };
const nameOf = (news: Properties): string =>
  generateName(
    { autoName: "web-1234abcd", type: news["type"], replaceWhenChanged: news["replaceWhenChanged"] },
    new Known(),
  );

describe("check", () => {
  test("completes what was declared, and drops the provider's text", () => {
    expect(check({}, { ...WEB, allowedOrigins: undefined }, new Known())).toStrictEqual({
      inputs: {
        type: "JavaScript",
        autoName: "web-1234abcd",
        name: nameOf(WEB),
        active: true,
        deletionPolicy: "delete",
      },
      failures: [],
      warning: expect.stringContaining("can use this key anywhere") as unknown,
    });
  });

  test("leaves what was declared as it is", () => {
    const news = {
      type: "NativeConfidential",
      name: "Own",
      active: false,
      deletionPolicy: "retain",
      grantedRoles: [],
    };
    expect(check({}, news, new Known())).toStrictEqual({ inputs: news, failures: [] });
  });

  test("does not keep a name that somebody gave the client and no program may declare", () => {
    for (const name of [" Something ", "a\tb", ""])
      expect(check({ ...WEB, name }, WEB, new Known())).toMatchObject({
        inputs: { name: nameOf(WEB) },
        failures: [],
      });
  });

  test("keeps a name while the client lives, whatever else changes", () => {
    const { inputs } = check({}, WEB, new Known());
    const known = new Known();
    const changed = { ...WEB, type: "NativeConfidential", replaceWhenChanged: { a: 1 } };
    expect(check(inputs, changed, known).inputs["name"]).toBe(inputs["name"]);
    expect(check({ name: "Own" }, WEB, known).inputs["name"]).toBe("Own");
    // And in its replacement, for which nothing of the old one is shown, takes another.
    expect(check({}, WEB, known).inputs["name"]).not.toBe(inputs["name"]);
  });

  test.each([
    ["the type is", { type: UNKNOWN }],
    ["something in replaceWhenChanged is", { replaceWhenChanged: { deep: [UNKNOWN] } }],
  ])("does not guess a name while %s not known", (_, unknown) => {
    const { inputs, failures } = check({}, { ...WEB, ...unknown }, new Known());
    expect([inputs["name"], failures]).toEqual([UNKNOWN, []]);
  });

  test("says what a transform must leave alone, where one has taken the generated name away", () => {
    const { failures } = check({}, { type: "JavaScript", __provider: SHELL }, new Known());
    expect(failures).toEqual([
      {
        property: "",
        reason:
          "autoName is missing: this package adds it for the name that it makes, and a transform must leave autoName and __provider as they are, or give a Client a name",
      },
    ]);
    // A name that the client has is kept.
    expect(check({ name: "Own" }, { type: "JavaScript" }, new Known()).failures).toEqual([]);
  });

  test("tells every problem, at the property where the engine can show its value", () => {
    const news = { ...WEB, type: "JavaScrpt", allowedOrigins: ["acme.com", "*.com"], active: "yes" };
    const { failures } = check({}, news, new Known());
    expect(failures.map(({ property }) => property)).toEqual(["type", "active", "allowedOrigins[1]"]);
  });

  test("points the engine at no value that may be a secret or no help", () => {
    const news = { ...WEB, clientSecret: "canary", replaceWhenChanged: "canary", "": 1 };
    const { failures } = check({}, news, new Known());
    expect(failures).toEqual(
      expect.arrayContaining([
        { property: "", reason: "clientSecret is no property of a Client" },
        { property: "", reason: "replaceWhenChanged must be a map" },
        { property: "", reason: "is no property of a Client" },
      ]),
    );
    expect(JSON.stringify(failures)).not.toContain("canary");
  });
});

describe("check, of values that are secret", () => {
  test("names no property to the engine, which would print it", () => {
    const news = { ...WEB, name: " canary", allowedOrigins: ["https://canary.com"] };
    const { inputs, failures } = check(
      {},
      { ...news, secretInputs: ["name", "allowedOrigins"] },
      new Known(),
    );
    expect(failures).toEqual([
      { property: "", reason: "name must not have spaces around it" },
      { property: "", reason: "allowedOrigins[0] has a scheme: a bare host is wanted" },
    ]);
    // The provider's later messages must know it, too.
    expect(inputs["secretInputs"]).toEqual(["name", "allowedOrigins"]);
  });

  test("names none for a list as a whole either, which may be long", () => {
    const news = { ...WEB, type: "NativeConfidential", allowedOrigins: ["acme.com"] };
    expect(check({}, news, new Known()).failures).toEqual([
      { property: "", reason: expect.stringMatching(/^allowedOrigins cannot be used with type/) as string },
    ]);
  });
});

describe("check, where the last run left a whitelist in force", () => {
  const { inputs: closed } = check({}, { ...WEB, allowedOrigins: ["acme.com"] }, new Known());

  test("warns of a program that leaves it out", () => {
    const { failures, warning } = check(closed, WEB, new Known());
    expect([failures, warning]).toEqual([[], expect.stringContaining("is opened to the world")]);
  });

  test.each([
    ["another list", { allowedOrigins: ["acme.org"] }],
    ["the other kind", { allowedIpAddresses: ["203.0.113.7"] }],
    ["one that is refused", { allowedOrigins: [] }],
  ])("and of none that has %s", (_, lists) => {
    expect(check(closed, { ...WEB, ...lists }, new Known()).warning).toBeUndefined();
  });
});

describe("diff", () => {
  const state = (changes: Properties = {}): Properties => ({
    ...check({}, { ...WEB, allowedOrigins: ["acme.com"] }, new Known()).inputs,
    effectiveRoles: ["Evaluator", "User"],
    ownerId: "owner",
    clientId: "key",
    __provider: SHELL,
    ...changes,
  });
  const news = (changes: Properties = {}): Properties => ({
    ...check(state(), { ...WEB, allowedOrigins: ["acme.com"], ...changes }, new Known()).inputs,
    __provider: SHELL,
  });
  const NOTHING = { changes: false, replaces: [], deleteBeforeReplace: false, differing: [] };

  test("finds nothing where nothing changed", () => {
    expect(diff(GUID, state(), news(), new Known())).toStrictEqual(NOTHING);
  });

  test.each<[Properties, string[]]>([
    [{ allowedOrigins: ["acme.org"] }, []],
    [{ active: false }, []],
    [{ deletionPolicy: "retain" }, []],
    [{ type: "NativeConfidential" }, ["type"]],
    [{ replaceWhenChanged: { a: 1 } }, ["replaceWhenChanged"]],
    [{ adopt: "00000000-0000-4000-8000-000000000000" }, ["adopt"]],
  ])("%j", (changes, replaces) => {
    expect(diff(GUID, state(), news(changes), new Known())).toEqual({
      ...NOTHING,
      changes: true,
      replaces,
      differing: Object.keys(changes).filter((name) => replaces.length === 0 || replaces.includes(name)),
    });
  });

  test("compares roles that are declared for the first time with those that the client has", () => {
    expect(diff(GUID, state(), news({ grantedRoles: ["User", "Evaluator"] }), new Known())).toEqual(NOTHING);
    expect(diff(GUID, state(), news({ grantedRoles: ["User"] }), new Known()).changes).toBe(true);
  });

  test("shows the process what state has", () => {
    const known = new Known();
    diff(GUID.toUpperCase(), state({ name: "Shown" }), news(), known);
    expect([known.hasId(GUID), known.hasName("Shown"), known.owners]).toEqual([true, true, ["owner"]]);
  });
});
