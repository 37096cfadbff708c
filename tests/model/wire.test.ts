import fc from "fast-check";
import {
  accountAnswer,
  accountRolesAnswer,
  clientAnswer,
  clientsAnswer,
  completedBy,
  rolesAnswer,
  tokenAnswer,
  usageAnswer,
} from "../../provider/model/wire";

const ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const FULL = {
  id: ID,
  name: "Map",
  clientType: "NativeConfidential",
  sharedMode: "IpAddress",
  allowedOrigins: [],
  allowedIpAddresses: ["203.0.113.7"],
  grantedRoles: ["User"],
  isActive: false,
  apiKey: "key~",
  apiSecret: "Qm9hdHMtYW5kLTE3LW90aGVyLXRoaW5ncy1vbi10aGUtd2F0ZXI0~~~~",
  ownerId: "owner",
};
const EMPTY = {
  name: "",
  clientType: undefined,
  sharedMode: undefined,
  allowedOrigins: [],
  allowedIpAddresses: [],
  grantedRoles: [],
  isActive: true,
  apiKey: undefined,
  apiSecret: undefined,
  ownerId: undefined,
  omitted: [
    "name",
    "clientType",
    "isActive",
    "allowedOrigins",
    "allowedIpAddresses",
    "grantedRoles",
    "apiKey",
  ],
};

describe("a client", () => {
  test("is read with all its fields, and kept whole beside them", () => {
    expect(clientAnswer.parse({ data: FULL, status: "success" })).toStrictEqual({ ...FULL, raw: FULL });
  });

  test.each([
    ["absent", { id: ID }],
    ["null", Object.fromEntries(Object.keys(FULL).map((key) => [key, key === "id" ? ID : null]))],
  ])("may have everything but its id %s", (_, data) => {
    expect(clientAnswer.parse({ data })).toEqual({ id: ID, ...EMPTY, raw: data });
  });

  test.each<[object, readonly string[] | undefined]>([
    [{}, undefined],
    [{ allowedIpAddresses: null }, undefined],
    [{ sharedMode: "IpAddress", allowedIpAddresses: null }, ["allowedIpAddresses"]],
    [{ sharedMode: null, allowedIpAddresses: null }, ["allowedIpAddresses"]],
    [{ sharedMode: null, allowedOrigins: ["a.com"], allowedIpAddresses: ["203.0.113.7"] }, ["sharedMode"]],
    [{ sharedMode: null, allowedOrigins: ["a.com"], allowedIpAddresses: [] }, undefined],
    [{ clientType: "NativeConfidential", sharedMode: null, allowedOrigins: null }, undefined],
    [{ isActive: null, name: null, grantedRoles: null }, ["name", "isActive", "grantedRoles"]],
  ])("%j leaves out what counts: %j", (changes, omitted) => {
    const data = { ...FULL, clientType: "JavaScript", sharedMode: "Origin", ...changes };
    expect(clientAnswer.parse({ data }).omitted).toEqual(omitted);
  });

  test("of two answers has what either says, the first one first", () => {
    const one = clientAnswer.parse({ data: { ...FULL, name: "New", isActive: null, apiSecret: "****" } });
    const other = clientAnswer.parse({ data: { ...FULL, extra: 1 } });
    expect(completedBy(one, other)).toMatchObject({
      name: "New",
      isActive: false,
      apiSecret: FULL.apiSecret,
      raw: { extra: 1 },
    });
    expect(completedBy(one, other)).not.toHaveProperty("omitted");
  });

  test("may be of kinds that did not exist when this was written", () => {
    const data = { ...FULL, clientType: "Mobile", sharedMode: "Bundle", quota: { daily: [1, null] } };
    const client = clientAnswer.parse({ data });
    expect([client.clientType, client.sharedMode, client.raw["quota"]]).toEqual([
      "Mobile",
      "Bundle",
      { daily: [1, null] },
    ]);
  });

  test.each([
    ["nativeConfidential", "IPADDRESS", "NativeConfidential", "IpAddress"],
    ["javascript", "origin", "JavaScript", "Origin"],
    ["JAVASCRIPT", "ipAddress", "JavaScript", "IpAddress"],
  ])(
    "of type %s and mode %s is read in the spelling of the description",
    (type, mode, clientType, sharedMode) => {
      const data = { ...FULL, clientType: type, sharedMode: mode };
      expect(clientAnswer.parse({ data })).toMatchObject({ clientType, sharedMode, raw: data });
    },
  );

  test("may have roles as names, as ids, or as pairs of both", () => {
    const grantedRoles = ["User", { id: ID, name: "Evaluator", since: 2019 }];
    const client = clientAnswer.parse({ data: { ...FULL, grantedRoles } });
    expect(client.grantedRoles).toEqual(["User", ID]);
    expect(client.raw["grantedRoles"]).toEqual(grantedRoles);
  });

  test("has no secret where the answer has a mask", () => {
    expect(clientAnswer.parse({ data: { ...FULL, apiSecret: "[hidden]" } }).apiSecret).toBeUndefined();
  });

  test.each([
    ["no body", undefined],
    ["no data", {}],
    ["data null", { data: null }],
    ["data that is a list", { data: [FULL] }],
    ["no id", { data: { ...FULL, id: undefined } }],
    ["an empty id", { data: { ...FULL, id: "" } }],
    ["an id that is a number", { data: { ...FULL, id: 7 } }],
    ["a name that is a number", { data: { ...FULL, name: 7 } }],
    ["addresses that are one text", { data: { ...FULL, allowedIpAddresses: "203.0.113.7" } }],
    ["origins that are numbers", { data: { ...FULL, allowedOrigins: [7] } }],
    ["an activity in words", { data: { ...FULL, isActive: "true" } }],
    ["roles without an id", { data: { ...FULL, grantedRoles: [{ name: "User" }] } }],
  ])("is not to be had from %s", (_, body) => {
    expect(clientAnswer.safeParse(body).success).toBe(false);
  });

  test("keeps every field it does not know, and never throws, whatever else is in it", () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: true }), fc.object(), (more, envelope) => {
        const data = { ...more, ...FULL };
        const client = clientAnswer.parse({ ...envelope, data });
        expect({ ...client.raw }).toEqual(data);
        expect(clientAnswer.safeParse({ data: more })).toHaveProperty("success");
        expect(clientAnswer.safeParse(more)).toHaveProperty("success");
      }),
      { numRuns: 500, examples: [[JSON.parse('{"__proto__":[]}') as object, {}]] },
    );
  });

  test("pollutes nothing", () => {
    const body: unknown = JSON.parse(
      `{"data":{"id":"${ID}","__proto__":{"isActive":false,"polluted":1},"constructor":{"prototype":{"polluted":1}}},"__proto__":{"polluted":1}}`,
    );
    const client = clientAnswer.parse(body);
    expect(client.isActive).toBe(true);
    expect(Object.getPrototypeOf(client.raw)).toBe(Object.prototype);
    expect([client, client.raw, {}].map((item) => "polluted" in item)).toEqual([false, false, false]);
    const copy = { ...client.raw };
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
});

describe("a list of clients", () => {
  test("comes with the number that the server says there are", () => {
    const { clients, totalCount } = clientsAnswer.parse({
      data: [FULL, { id: "b" }],
      totalCount: 7,
      returningCount: 2,
    });
    expect([clients.map(({ id }) => id), totalCount]).toEqual([[ID, "b"], 7]);
    expect(clientsAnswer.parse({ data: [] })).toEqual({ clients: [], unreadable: [], totalCount: undefined });
    expect(clientsAnswer.parse({ data: [], totalCount: null }).totalCount).toBeUndefined();
  });

  test.each([
    ["wrapped", [{ data: FULL, link: {}, status: "success", elapsedTime: "1" }, { data: { id: "b" } }]],
    ["plain", [FULL, { id: "b" }]],
    ["mixed", [FULL, { data: { id: "b" }, error: null }]],
  ])("has %s items", (_, data) => {
    const { clients, unreadable } = clientsAnswer.parse({ data, totalCount: 2 });
    expect(clients).toEqual([
      { ...FULL, raw: FULL },
      { id: "b", ...EMPTY, raw: { id: "b" } },
    ]);
    expect(unreadable).toEqual([]);
  });

  test("keeps a client's own field called data", () => {
    const odd = { ...FULL, data: { id: "other" } };
    expect(clientsAnswer.parse({ data: [odd] }).clients).toEqual([{ ...FULL, raw: odd }]);
  });

  test("says which items cannot be read, and reads the others", () => {
    const data = [
      { data: { ...FULL, id: "b", isActive: "yes", grantedRoles: "User" }, status: "success" },
      FULL,
      { status: "error", error: { message: "This one is broken." } },
      { name: "no id" },
      null,
    ];
    const { clients, unreadable } = clientsAnswer.parse({ data });
    expect(clients.map(({ id }) => id)).toEqual([ID]);
    expect(unreadable).toEqual([
      { id: "b", name: "Map", position: 1, fields: ["grantedRoles", "isActive"] },
      { id: undefined, name: undefined, position: 3, fields: ["id"] },
      { id: undefined, name: "no id", position: 4, fields: ["id"] },
      { id: undefined, name: undefined, position: 5, fields: ["the whole item"] },
    ]);
  });

  test.each([
    ["a number that is none", { data: [], totalCount: "7" }],
    ["a negative number", { data: [], totalCount: -1 }],
    ["no list", { data: { 0: FULL } }],
    ["null", { data: null }],
    ["nothing", {}],
  ])("with %s proves nothing, and is refused", (_, body) => {
    expect(clientsAnswer.safeParse(body).success).toBe(false);
  });
});

test("roles are read as pairs of id and name", () => {
  expect(rolesAnswer.parse({ data: [{ id: "1", name: "User", more: 1 }] })).toEqual([
    { id: "1", name: "User" },
  ]);
  const wrapped = {
    data: [
      { data: { id: "1", name: "User" }, status: "success" },
      { id: "2", name: "Evaluator" },
    ],
  };
  expect(rolesAnswer.parse(wrapped).map(({ name }) => name)).toEqual(["User", "Evaluator"]);
  expect(rolesAnswer.safeParse({ data: [{ id: "1" }] }).success).toBe(false);
  expect(rolesAnswer.safeParse({ data: ["User"] }).success).toBe(false);
});

describe("the account that is signed in with", () => {
  test("has an id and a name", () => {
    expect(accountAnswer.parse({ data: { id: "1", name: "Acme", email: "x" } })).toStrictEqual({
      id: "1",
      name: "Acme",
    });
    for (const data of [undefined, null, {}, { id: "1" }, { name: "Acme" }, { id: 1, name: "Acme" }])
      expect(accountAnswer.safeParse({ data }).success).toBe(false);
  });

  test("has roles, some of which end", () => {
    const data = [
      { roleName: "Evaluator", expiration: "2026-12-24T00:00:00Z", isExpired: false },
      { roleName: "User", expiration: null },
      { roleName: "Partner" },
    ];
    expect(accountRolesAnswer.parse({ data })).toStrictEqual([
      { name: "Evaluator", expiration: "2026-12-24T00:00:00Z" },
      { name: "User", expiration: undefined },
      { name: "Partner", expiration: undefined },
    ]);
    expect(
      accountRolesAnswer.parse({ data: data.map((each) => ({ data: each, status: "success" })) }),
    ).toEqual(accountRolesAnswer.parse({ data }));
    for (const wrong of [undefined, {}, [{ roleId: "1" }], [{ roleName: 7 }]])
      expect(accountRolesAnswer.safeParse({ data: wrong }).success).toBe(false);
  });

  test("has used its clients, or not", () => {
    const day = { dateTime: "2026-11-24T00:00:00Z", amount: 7 };
    const data = [
      { clientId: "1", clientName: "Map", data: [day] },
      { clientId: "2", data: null },
      { clientId: "3" },
    ];
    // Nothing said is not "no use".
    expect(usageAnswer.parse({ data, totalCount: 4 })).toStrictEqual({
      clients: [
        { clientId: "1", days: [day] },
        { clientId: "2", days: undefined },
        { clientId: "3", days: undefined },
      ],
      totalCount: 4,
    });
    for (const wrong of [
      undefined,
      [{}],
      [{ clientId: "1", data: [{ dateTime: "x" }] }],
      [{ clientId: "1", data: [{ amount: 1 }] }],
    ])
      expect(usageAnswer.safeParse({ data: wrong }).success).toBe(false);
  });
});

describe("a token answer", () => {
  test.each([
    [3600, 3600],
    ["3600", 3600],
    ["soon", 0],
    [undefined, 0],
    [null, 0],
    [-1, -1],
    [Infinity, 0],
    [{}, 0],
  ])("that expires in %j seconds", (expires_in, seconds) => {
    expect(tokenAnswer.parse({ access_token: "t", expires_in }).expires_in).toBe(seconds);
  });

  test.each([[{}], [{ access_token: "" }], [{ access_token: 7 }], [null], ["t"]])("is not %j", (body) => {
    expect(tokenAnswer.safeParse(body).success).toBe(false);
  });
});
