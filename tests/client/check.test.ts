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
      warnings: [expect.stringContaining("can use this key anywhere")],
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
    expect(check({}, news, new Known())).toStrictEqual({ inputs: news, failures: [], warnings: [] });
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

describe("check, where the last run left a whitelist in effect", () => {
  const { inputs: closed } = check({}, { ...WEB, allowedOrigins: ["acme.com"] }, new Known());
  /** What check and diff of one run warn of. */
  const warnings = (lists: Properties): readonly string[] => {
    const known = new Known();
    const checked = check(closed, { ...WEB, ...lists }, known);
    // The engine stops where check fails.
    if (checked.failures.length > 0) return checked.warnings;
    const state = { ...closed, clientId: "key" };
    return [...checked.warnings, ...diff(GUID, state, checked.inputs, known).warnings];
  };

  test("a program that leaves it out is warned, and no refresh is", () => {
    expect(warnings({})).toEqual([expect.stringContaining("is opened to the world")]);
    const { inputs } = check(closed, WEB, new Known());
    expect(diff(GUID, { ...closed, clientId: "key" }, inputs, new Known()).warnings).toEqual([]);
  });

  test.each([
    ["another list", { allowedOrigins: ["acme.org"] }],
    ["the other kind", { allowedIpAddresses: ["203.0.113.7"] }],
    ["one that is refused", { allowedOrigins: [] }],
  ])("and one that has %s is not", (_, lists) => {
    expect(warnings(lists)).toEqual([]);
  });

  test("both kinds at once are refused, by diff where one of them is what state has", () => {
    const both = { allowedOrigins: ["acme.com"], allowedIpAddresses: ["203.0.113.7"] };
    expect(check({}, { ...WEB, ...both }, new Known()).failures).toEqual([
      { property: "", reason: expect.stringContaining("cannot be used together") as string },
    ]);
    expect(() => warnings(both)).toThrow("allowedIpAddresses cannot be used together with allowedOrigins");
    const [first] = check(closed, { ...WEB, ...both, allowedOrigins: ["acme.org"] }, new Known()).failures;
    expect(first?.reason).toContain("cannot be used together");
  });
});

describe("check, of what no program may declare", () => {
  const held = {
    type: "JavaScript",
    name: " x ",
    allowedOrigins: ["https://acme.com", "acme.org"],
    grantedRoles: ["3c1f4b0e-58e7-4b1a-9d3d-7a1f7b1f4a10"],
  };

  test("warns where state has it word for word", () => {
    const { failures, warnings } = check(held, { ...held, active: false }, new Known());
    expect(failures).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining(
        'client " x ": name must not have spaces around it; write "x". The client has it already',
      ),
      expect.stringContaining('allowedOrigins[0] "https://acme.com" has a scheme'),
      expect.stringContaining("grantedRoles[0] is a role's id"),
    ]);
  });

  test.each<[string, Properties, string]>([
    ["another entry", { allowedOrigins: ["https://acme.com", "https://acme.net"] }, "allowedOrigins[1]"],
    ["another name", { name: " y " }, "name"],
    ["another role", { grantedRoles: ["4c1f4b0e-58e7-4b1a-9d3d-7a1f7b1f4a10"] }, "grantedRoles[0]"],
  ])("refuses %s", (_, changes, property) => {
    const { failures } = check(held, { ...held, ...changes }, new Known());
    expect(failures.map((failure) => failure.property)).toEqual([property]);
  });

  test("refuses all of it for a client that is to be made", () => {
    expect(check({}, held, new Known()).failures).toHaveLength(3);
  });

  test("warns of origins that a person gave a NativeConfidential client", () => {
    const native = { type: "NativeConfidential", name: "N", allowedOrigins: ["acme.com"] };
    expect(check(native, native, new Known())).toMatchObject({
      failures: [],
      warnings: [expect.stringContaining("allowedOrigins cannot be used with type NativeConfidential")],
    });
    expect(check({}, native, new Known()).failures).toHaveLength(1);
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
  const NOTHING = { changes: false, replaces: [], deleteBeforeReplace: false, differing: [], warnings: [] };

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
