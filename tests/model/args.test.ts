import fc from "fast-check";
import { findProblems } from "../../provider/model/args";
import { readArgs } from "../../provider/model/client";
import { withoutUndefined } from "../../provider/model/values";
import { UNKNOWN } from "../../provider/model/values";

const WEB = { type: "JavaScript", name: "Web" };
const SERVER = { type: "NativeConfidential", name: "Server" };
const GUID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

const said = (declared: Record<string, unknown>): string[] =>
  findProblems(declared).map(({ path, reason }) => `${path}: ${reason}`);

describe("what may be declared", () => {
  test.each<[Record<string, unknown>]>([
    [WEB],
    [SERVER],
    [{ ...WEB, allowedOrigins: ["acme.com", "*.acme.com"] }],
    [{ ...WEB, allowedIpAddresses: ["203.0.113.7"] }],
    [{ ...WEB, allowedOrigins: undefined, allowedIpAddresses: ["203.0.113.7"] }],
    [{ ...WEB, allowedOrigins: ["my_app.example.com"] }],
    [{ ...SERVER, allowedIpAddresses: ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"] }],
    [{ ...SERVER, grantedRoles: [] }],
    [{ ...SERVER, grantedRoles: ["User", "Evaluator", "Partner"] }],
    [{ ...SERVER, active: false, deletionPolicy: "deactivate", adopt: GUID }],
    [{ ...SERVER, replaceWhenChanged: { rotation: 1, of: ["any", { kind: null }] } }],
    [{ ...SERVER, autoName: "server-12345678", name: undefined, active: undefined }],
  ])("%j", (declared) => {
    expect(findProblems(declared)).toEqual([]);
  });
});

describe("what may not, where it stands, and why", () => {
  const TYPES = '"JavaScript" or "NativeConfidential"';
  const LEAVE_OUT = "leave the list out to restrict nothing";
  test.each<[Record<string, unknown>, string[]]>([
    [{}, [`type: must be given: ${TYPES}`]],
    [{ type: 7 }, ["type: must be a string"]],
    [{ type: "javascript" }, [`type: must be ${TYPES}, not "javascript"; did you mean "JavaScript"?`]],
    [{ type: "Native" }, [`type: must be ${TYPES}, not "Native"; did you mean "NativeConfidential"?`]],
    [{ type: "Browser" }, [`type: must be ${TYPES}, not "Browser"`]],
    [
      { ...WEB, deletionPolicy: "retian" },
      ['deletionPolicy: must be "delete" or "deactivate" or "retain", not "retian"; did you mean "retain"?'],
    ],
    [{ ...WEB, active: "true" }, ["active: must be true or false"]],
    [{ ...WEB, adopt: "not a guid" }, ["adopt: must be the client's GUID (the API's id, not its key)"]],
    [{ ...WEB, adopt: `x${GUID}` }, ["adopt: must be the client's GUID (the API's id, not its key)"]],
    [{ ...WEB, adopt: `${GUID}0` }, ["adopt: must be the client's GUID (the API's id, not its key)"]],
    [{ ...WEB, replaceWhenChanged: ["a"] }, ["replaceWhenChanged: must be a map"]],
    [{ ...WEB, replaceWhenChanged: "a" }, ["replaceWhenChanged: must be a map"]],
    [{ ...WEB, allowedOrigins: "acme.com" }, ["allowedOrigins: must be a list"]],
    [{ ...WEB, allowedOrigins: [7] }, ["allowedOrigins[0]: must be a string"]],
    [
      { ...WEB, allowedOrigins: ["acme.com", "https://acme.org/x", "*.com"] },
      [
        'allowedOrigins[1]: "https://acme.org/x" has a scheme: a bare host is wanted; write "acme.org"',
        'allowedOrigins[2]: "*.com" is a public suffix: anybody can have a site under it, so name your own domain',
      ],
    ],
    [
      { ...SERVER, allowedIpAddresses: ["203.0.113.5/24"] },
      ['allowedIpAddresses[0]: "203.0.113.5/24" has bits set after its prefix; write "203.0.113.0/24"'],
    ],
    [
      { ...SERVER, grantedRoles: ["User", "Evaluater", GUID, " "] },
      [
        'grantedRoles[1]: "Evaluater" is no role; did you mean "Evaluator"?',
        "grantedRoles[2]: is a role's id: name the role, as ThinkGeo's console does",
        "grantedRoles[3]: must not be empty",
      ],
    ],
    [
      { ...WEB, allowedOrigin: [], Name: "x", colour: 1 },
      [
        'allowedOrigin: is no property of a Client; did you mean "allowedOrigins"?',
        'Name: is no property of a Client; did you mean "name"?',
        "colour: is no property of a Client",
      ],
    ],
    [
      { ...SERVER, grantedRoles: ["Usr", "Subscribr", GUID, GUID] },
      [
        'grantedRoles[0]: "Usr" is no role; did you mean "User"?',
        'grantedRoles[1]: "Subscribr" is no role; did you mean "Subscriber"?',
        "grantedRoles[2]: is a role's id: name the role, as ThinkGeo's console does",
        "grantedRoles[3]: is a role's id: name the role, as ThinkGeo's console does",
      ],
    ],
    [{ ...WEB, allowedOrigins: [] }, [`allowedOrigins: is empty: ${LEAVE_OUT}`]],
    [
      { ...SERVER, allowedOrigins: [], allowedIpAddresses: [] },
      [`allowedOrigins: is empty: ${LEAVE_OUT}`, `allowedIpAddresses: is empty: ${LEAVE_OUT}`],
    ],
    [{ ...WEB, autoNam: "x" }, ["autoNam: is no property of a Client"]],
    [{ ...WEB, clientSecret: "x" }, ["clientSecret: is no property of a Client"]],
  ])("%j", (declared, problems) => {
    expect(said(declared)).toEqual(problems);
  });
});

describe("everything by the union of the entries", () => {
  const TOLD = [
    "allowedIpAddresses: allows every address, all of its entries together: leave the list out to restrict nothing",
  ];
  test.each<[string, string[]]>([
    ["two halves", ["128.0.0.0/1", "0.0.0.0/1"]],
    ["256 wildcards", Array.from({ length: 256 }, (_, first) => `${first}.*.*.*`)],
    ["halves that overlap, and what is not known yet", ["0.0.0.0/1", UNKNOWN, "64.0.0.0/2", "128.0.0.0/1"]],
  ])("%s", (_, allowedIpAddresses) => {
    expect(said({ ...SERVER, allowedIpAddresses })).toEqual(TOLD);
    expect(said({ ...SERVER, allowedIpAddresses: allowedIpAddresses.slice(1) })).toEqual([]);
  });
});

describe("entries that mean the same pass", () => {
  test.each<[Record<string, unknown>]>([
    [{ ...SERVER, allowedIpAddresses: ["104.210.128.0/24", "104.210.128.*", "104.210.128.0/24"] }],
    [{ ...WEB, allowedOrigins: ["a.com", "bücher.de", "A.com.", "xn--bcher-kva.de", "a.com"] }],
    [{ ...SERVER, grantedRoles: ["Partner", "partner"] }],
    [{ ...SERVER, allowedIpAddresses: ["203.0.113.0/24", "203.0.113.7", UNKNOWN, UNKNOWN] }],
    [{ ...WEB, allowedOrigins: [UNKNOWN, UNKNOWN] }],
  ])("%j", (declared) => {
    expect(said(declared)).toEqual([]);
  });
});

describe("a value that is secret is in no reason, and its place is", () => {
  test.each<[Record<string, unknown>, string[], string[]]>([
    [
      { ...WEB, allowedOrigins: ["acme.com", "https://canary.com"] },
      ["allowedOrigins"],
      ["allowedOrigins[1]: has a scheme: a bare host is wanted"],
    ],
    [
      { ...SERVER, allowedIpAddresses: ["87.65.43.21/33"] },
      ["name", "allowedIpAddresses"],
      ["allowedIpAddresses[0]: has no prefix length from 1 to 32 after its slash"],
    ],
    [{ ...SERVER, grantedRoles: ["Usr"] }, ["grantedRoles"], ["grantedRoles[0]: is no role"]],
    [
      { ...SERVER, name: " canary", type: "canary", deletionPolicy: "canary" },
      ["name", "type", "deletionPolicy"],
      [
        'type: must be "JavaScript" or "NativeConfidential"',
        "name: must not have spaces around it",
        'deletionPolicy: must be "delete" or "deactivate" or "retain"',
      ],
    ],
  ])("%j", (declared, secretInputs, problems) => {
    expect(said({ ...declared, secretInputs })).toEqual(problems);
    expect(findProblems({ ...declared, secretInputs }).every(({ isSecret }) => isSecret)).toBe(true);
    expect(said(declared)).not.toEqual(problems);
    expect(findProblems(declared).some(({ isSecret }) => isSecret)).toBe(false);
  });
});

describe("right by themselves and wrong together", () => {
  test("origins on a NativeConfidential client", () => {
    expect(said({ ...SERVER, allowedOrigins: ["acme.com"], allowedIpAddresses: ["203.0.113.7"] })).toEqual([
      "allowedOrigins: cannot be used with type NativeConfidential: such clients run where no browser sends an origin, so ThinkGeo restricts them by address only; use allowedIpAddresses, or type JavaScript",
    ]);
  });

  test("both lists", () => {
    expect(said({ ...WEB, allowedOrigins: ["acme.com"], allowedIpAddresses: ["203.0.113.7"] })).toEqual([
      "allowedIpAddresses: cannot be used together with allowedOrigins: a client has origins or IP addresses, not both; leave one of the two out",
    ]);
  });

  test.each<[Record<string, unknown>]>([
    [{ type: UNKNOWN, allowedOrigins: ["acme.com"] }],
    [{ ...WEB, allowedOrigins: UNKNOWN, allowedIpAddresses: ["203.0.113.7"] }],
    [{ ...WEB, allowedOrigins: ["acme.com"], allowedIpAddresses: UNKNOWN }],
  ])("but not where one of them is not known yet: %j", (declared) => {
    expect(said(declared)).toEqual([]);
  });
});

test("every problem is told at once", () => {
  const declared = {
    type: "Javascript",
    name: " ",
    active: 1,
    adopt: "x",
    deletionPolicy: "never",
    grantedRoles: ["User", "Usr", 5],
    allowedOrigins: ["acme.com", "*.com", "a b"],
    allowedIpAddresses: ["1.2.3", "203.0.113.7", "203.0.113.7/33"],
    replaceWhenChanged: 5,
    naem: "x",
  };
  expect(
    findProblems(declared)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(
    [
      ...["type", "name", "active", "adopt", "deletionPolicy", "replaceWhenChanged", "naem"],
      ...["grantedRoles[1]", "grantedRoles[2]", "allowedOrigins[1]", "allowedOrigins[2]"],
      ...["allowedIpAddresses[0]", "allowedIpAddresses[2]", "allowedIpAddresses"],
    ].sort(),
  );
});

test("values that are not known pass anywhere", () => {
  const all = ["type", "name", "active", "adopt", "deletionPolicy", "grantedRoles"];
  const lists = ["allowedOrigins", "allowedIpAddresses", "grantedRoles"];
  const keys = [...all, ...lists, "replaceWhenChanged"];
  expect(said(Object.fromEntries(keys.map((key) => [key, UNKNOWN])))).toEqual([]);
  for (const list of lists) expect(said({ ...WEB, [list]: [UNKNOWN] })).toEqual([]);
  expect(said({ ...WEB, replaceWhenChanged: { deep: [{ value: UNKNOWN }] } })).toEqual([]);
});

describe("hostile input", () => {
  test("is judged without an error, whatever it is", () => {
    const keys = fc.constantFrom(...Object.keys(WEB), "allowedOrigins", "allowedIpAddresses", "grantedRoles");
    const declared = fc.dictionary(
      fc.oneof(keys, fc.string()),
      fc.anything({ withBigInt: true, withNullPrototype: true }),
    );
    fc.assert(
      fc.property(declared, (inputs) => {
        for (const { path, reason } of findProblems(inputs))
          expect(typeof path + typeof reason).toBe("stringstring");
      }),
      { numRuns: 500 },
    );
  });

  test("of a million characters makes short messages", () => {
    const long = "x".repeat(1_000_000);
    const declared = {
      type: long,
      name: long,
      [long]: 1,
      grantedRoles: [long, long],
      allowedOrigins: [long],
    };
    for (const { path, reason } of findProblems(declared)) expect((path + reason).length).toBeLessThan(300);
    expect(findProblems(declared).map(({ path }) => path.slice(0, 15))).toEqual(
      expect.arrayContaining(["type", "name", "allowedOrigins[", "x".repeat(15)]),
    );
  });

  test("cannot write to the screen through a message", () => {
    const nasty = "\u001b[2J\u202e\r\n\u009b";
    const declared = {
      [`key${nasty}`]: 1,
      type: nasty,
      deletionPolicy: nasty,
      grantedRoles: [`role${nasty}`, `role${nasty}`],
      allowedOrigins: [`a${nasty}b.com`],
      allowedIpAddresses: [`1.2.3.4/${nasty}`],
    };
    const text = said(declared).join("");
    expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toContain("\\u001b[2J\\u202e\\u000d\\u000a\\u009b");
  });

  test("named after the members of every object is a property like others", () => {
    const declared = JSON.parse('{"constructor":1,"toString":2,"__proto__":{"type":"JavaScript"}}') as object;
    expect(said({ ...WEB, ...declared })).toEqual(
      expect.arrayContaining([
        "constructor: is no property of a Client",
        "toString: is no property of a Client",
      ]),
    );
    expect(said(declared as Record<string, unknown>)[0]).toContain("type: must be given");
    expect(({} as Record<string, unknown>)["type"]).toBeUndefined();
  });
});

describe("arguments that check has passed", () => {
  test("are completed with the defaults", () => {
    const args = readArgs({ ...SERVER, grantedRoles: undefined, __provider: "text" });
    expect(args).toMatchObject({ ...SERVER, active: true, deletionPolicy: "delete" });
    expect([args.grantedRoles, args.allowedOrigins]).toEqual([undefined, undefined]);
  });

  test("keep what was declared as it was spelled", () => {
    const declared = { ...WEB, active: false, deletionPolicy: "retain", allowedOrigins: ["ACME.com."] };
    expect(JSON.parse(JSON.stringify(readArgs(declared)))).toMatchObject(declared);
  });

  test("without a name or a type are a mistake of ours", () => {
    expect(() => readArgs({ type: "JavaScript" })).toThrow();
    expect(() => readArgs({ name: "x" })).toThrow();
  });
});

test("undefined members are dropped, others are kept as they are", () => {
  expect(withoutUndefined({ a: undefined, b: null, c: 0, d: "" })).toStrictEqual({ b: null, c: 0, d: "" });
});
