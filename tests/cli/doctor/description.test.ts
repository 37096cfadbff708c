import { compareDescription } from "../../../cli/doctor/swagger/compare";
import { differenceTexts, type Difference } from "../../../cli/doctor/swagger/difference";
import { ApiDocument } from "../../../cli/doctor/swagger/document";
import { startEmulator, type Switches } from "../../../emulator";
import { altered, at, emulatorDescription, model, paths, type Json } from "./altered-description";

let original: string;
beforeAll(async () => {
  original = await emulatorDescription();
});

function compared(change: (document: Json) => void): Difference[] {
  const document = ApiDocument.read(altered(original, change));
  if (document === undefined) throw new Error("That is no description.");
  return compareDescription(document);
}

const rename = (place: Json, from: string, to: string): void => {
  place[to] = place[from];
  Reflect.deleteProperty(place, from);
};

const WRITES = ["POST /api/v1/clients", "POST /api/v1/clients/{clientId}"];

test("as it is expected, nothing differs", () => {
  expect(compared(() => undefined)).toEqual([]);
});

async function describedUnder(switches: Partial<Switches>): Promise<Difference[] | undefined> {
  const emulator = await startEmulator({ switches });
  const text: unknown = await (await fetch(`${emulator.url}/swagger/v1/swagger.json`)).json();
  await emulator.close();
  const document = ApiDocument.read(text);
  return document && compareDescription(document);
}

describe("items of lists, in envelopes of their own or plain", () => {
  test.each(["wrapped", "plain", "mixed"] as const)("%s", async (listItems) => {
    expect(await describedUnder({ listItems })).toEqual([]);
  });

  const LISTS = { ClientsResponse: "ClientResponse", RolesToAccountResponse: "RoleToAccountResponse" };
  const reference = (name: string): Json => ({ $ref: `#/definitions/${name}` });
  const forms: Record<string, (item: string, definitions: Json) => Json> = {
    "an envelope, put together from parts": (item, definitions) => {
      definitions["Envelope"] = { properties: { status: { type: "string" } } };
      return { allOf: [reference("Envelope"), { properties: { data: reference(item) } }] };
    },
    "an envelope, whose data is put together from parts": (item) => ({
      type: "object",
      properties: { data: { allOf: [reference(item), { properties: {} }] } },
    }),
    "plain, put together from parts": (item, definitions) => {
      definitions[`${item}Base`] = definitions[item];
      return { allOf: [reference(`${item}Base`)] };
    },
    "either of both": (item) => ({ oneOf: [reference(`Response${item}`), reference(item)] }),
    "plain, by two references": (item, definitions) => {
      definitions[`${item}Alias`] = reference(item);
      return reference(`${item}Alias`);
    },
  };

  test.each(Object.entries(forms))("%s", (_, form) => {
    const change = (broken: boolean) => (document: Json) => {
      const definitions = at(document, "definitions");
      for (const [list, item] of Object.entries(LISTS)) {
        if (broken) Reflect.deleteProperty(at(model(document, item), "properties"), "id");
        if (broken) Reflect.deleteProperty(at(model(document, item), "properties"), "roleName");
        at(model(document, list), "properties")["data"] = { type: "array", items: form(item, definitions) };
      }
    };
    expect(compared(change(false))).toEqual([]);
    const missing = compared(change(true)).filter(({ field = "" }) => field.includes("[]"));
    expect(missing.map(({ kind, operation, field }) => [kind, operation, field?.split(".").at(-1)])).toEqual([
      ["missing field", "GET /api/v1/clients", "id"],
      ["missing field", "GET /api/v1/roles/accounts/current", "roleName"],
    ]);
  });
});

describe("what differs in one way everywhere is said once", () => {
  const texts = (change: (document: Json) => void): string[] =>
    differenceTexts(compared(change)).map(({ level, text }) => `${level}: ${text}`);

  /** Changes the properties of some models, or of all. */
  const everyModel =
    (change: (properties: Json, model: Json) => Json, names?: readonly string[]) =>
    (document: Json): void => {
      for (const [name, definition] of Object.entries(at(document, "definitions") as Record<string, Json>))
        if (names?.includes(name) ?? true)
          definition["properties"] = change(definition["properties"] as Json, definition);
    };
  const named = (of: (name: string) => string, names?: readonly string[]) =>
    everyModel((properties, model) => {
      if (model["required"] !== undefined) model["required"] = (model["required"] as string[]).map(of);
      return Object.fromEntries(Object.entries(properties).map(([name, value]) => [of(name), value]));
    }, names);
  const pascal = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
  const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

  const namings: readonly (readonly [string, (name: string) => string, string])[] = [
    ["PascalCase", pascal, 'written in PascalCase ("ClientType" for "clientType")'],
    ["upper case", (name) => name.toUpperCase(), 'written in upper case ("CLIENTTYPE" for "clientType")'],
    ["lower case", (name) => name.toLowerCase(), 'written in lower case ("clienttype" for "clientType")'],
    ["snake_case", snake, 'written in snake_case ("client_type" for "clientType")'],
    ["a suffix", (name) => `${name}Field`, 'written with something added ("nameField" for "name")'],
    ["a prefix", (name) => `its${pascal(name)}`, 'written with something added ("itsName" for "name")'],
  ];

  test.each(namings)("every name in %s", (_, of, words) => {
    expect(texts(named(of))).toEqual([`fail: Every field is ${words}: every operation.`]);
  });

  test("beside it, what else differs is said as well", () => {
    const change = (document: Json): void => {
      named(pascal)(document);
      Reflect.deleteProperty(at(model(document, "ClientResource"), "properties"), "SharedMode");
      at(model(document, "ClientResponse"), "properties")["LastUsed"] = { type: "string" };
    };
    const [first, ...others] = texts(change);
    expect(first).toMatch(/^fail: Every field is written in PascalCase .*: every operation\.$/);
    expect(others).toEqual([
      'fail: Missing field "sharedMode": POST /api/v1/clients (request sharedMode), POST /api/v1/clients/{clientId} (request sharedMode).',
      expect.stringContaining(
        'info: Extra field "LastUsed": GET /api/v1/clients (answer data[].data.LastUsed)',
      ),
    ]);
  });

  test("every name of one model only", () => {
    expect(texts(named(pascal, ["ClientResource"]))).toEqual([
      'fail: Every field is written in PascalCase ("ClientType" for "clientType"): POST /api/v1/clients (request), POST /api/v1/clients/{clientId} (request).',
    ]);
  });

  test.each(["nullable", "x-nullable"])("every field may be null (%s)", (word) => {
    const change = everyModel((properties) =>
      Object.fromEntries(
        Object.entries(properties as Record<string, Json>).map(([name, value]) => [
          name,
          value["$ref"] === undefined ? { ...value, [word]: true } : value,
        ]),
      ),
    );
    const [line = "", ...others] = texts(change);
    expect(line).toContain("info: Every field is perhaps null: ");
    expect(line).toContain("POST /api/v1/clients (request)");
    expect(others).toEqual([]);
    // A part of them is nothing to speak of.
    expect(
      texts((document) => {
        for (const name of ["ownerId", "apiSecret"])
          at(model(document, "ClientResponse"), "properties", name)[word] = true;
      }),
    ).toEqual([]);
  });

  test("every field of another type, missing, or required", () => {
    const ofRequest = (change: (properties: Json, model: Json) => Json): string[] =>
      texts(everyModel(change, ["ClientResource"]));
    const places = "POST /api/v1/clients (request), POST /api/v1/clients/{clientId} (request).";
    const objects = (properties: Json): Json =>
      Object.fromEntries(Object.keys(properties).map((name) => [name, { type: "object" }]));
    expect(ofRequest(objects)).toEqual([`fail: Every field is of type object: ${places}`]);
    expect(ofRequest(() => ({ client: { type: "object" } }))[0]).toBe(
      `fail: Every field is missing: ${places}`,
    );
    expect(
      ofRequest((properties, definition) => {
        definition["required"] = Object.keys(properties);
        return properties;
      }),
    ).toEqual([`fail: Every field is required: ${places}`]);
  });

  test("the same in every operation", () => {
    const lines = texts((document) => {
      for (const item of Object.values(paths(document)) as Record<string, Json>[])
        for (const operation of Object.values(item))
          operation["parameters"] = [
            ...(operation["parameters"] as Json[]),
            { name: "tenant", in: "header", required: true, type: "string" },
          ];
    });
    expect(lines).toEqual(['fail: New required parameter "tenant": every operation.']);
  });

  const moved = (prefix: string) => (document: Json) => {
    document["paths"] = Object.fromEntries(
      Object.entries(paths(document)).map(([path, item]) => [path.replace("/api/v1", prefix), item]),
    );
  };

  test.each(["/api/v2", "/gis/api/v1", "/rest"])("every path below %s", (prefix) => {
    expect(texts(moved(prefix))).toEqual([
      `fail: Every path begins with ${prefix}, expected /api/v1: every operation.`,
    ]);
  });

  test("what else differs below another prefix is said too; what lies beside our paths is none of ours", () => {
    expect(
      texts((document) => {
        Reflect.deleteProperty(paths(document), "/api/v1/clients/roles");
        moved("/api/v2")(document);
        paths(document)["/api/v2/clients/{clientId}/secret"] = { post: {} };
        paths(document)["/api/v2/maps"] = { get: {} };
      }),
    ).toEqual([
      "fail: Every path begins with /api/v2, expected /api/v1: every operation.",
      "warn: Missing path: GET /api/v1/clients/roles.",
      "info: Extra path: POST /api/v2/clients/{clientId}/secret.",
    ]);
  });

  test("a prefix that thinkgeo:apiUrl has is none", () => {
    const document = ApiDocument.read(altered(original, moved("/gis/api/v1")));
    expect(document && compareDescription(document, "/gis")).toEqual([]);
  });

  test.each([
    ["camel", 'camelCase ("javaScript" for "JavaScript")'],
    ["lower", 'lower case ("javascript" for "JavaScript")'],
    ["upper", 'upper case ("JAVASCRIPT" for "JavaScript")'],
  ] as const)("values in %s case are read as they are", async (enumCasing, words) => {
    const found = (await describedUnder({ enumCasing })) ?? [];
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(["info"]));
    const lines = differenceTexts(found).map(({ text }) => text);
    expect(lines[0]).toContain(
      `Every value is written in ${words}: GET /api/v1/clients (answer data[].data.`,
    );
  });
});

type Case = readonly [
  what: string,
  change: (document: Json) => void,
  expected: readonly Partial<Difference>[],
];

const cases: readonly Case[] = [
  [
    "a path that is gone, and found in another version",
    (document) => {
      rename(paths(document), "/api/v1/clients", "/api/v2/clients");
    },
    ["GET", "POST", "DELETE"].map((method) => ({
      kind: "missing path",
      level: "fail",
      operation: `${method} /api/v1/clients`,
      found: "/api/v2/clients",
    })),
  ],
  [
    "a path that one can do without",
    (document) => {
      Reflect.deleteProperty(paths(document), "/api/v1/accounts/current");
    },
    [{ kind: "missing path", level: "warn", operation: "GET /api/v1/accounts/current" }],
  ],
  [
    "another method",
    (document) => {
      rename(at(document, "paths", "/api/v1/clients/{clientId}"), "post", "put");
    },
    [
      { kind: "other method", level: "fail", operation: WRITES[1] ?? "", found: "GET, PUT" },
      { kind: "extra method", level: "info", operation: "PUT /api/v1/clients/{clientId}" },
    ],
  ],
  [
    "a field that is gone from requests",
    (document) => {
      Reflect.deleteProperty(at(model(document, "ClientResource"), "properties"), "sharedMode");
    },
    WRITES.map((operation) => ({
      kind: "missing field",
      level: "fail",
      operation,
      field: "request sharedMode",
    })),
  ],
  [
    "a field in another case",
    (document) => {
      rename(at(model(document, "ClientResponse"), "properties"), "apiKey", "ApiKey");
    },
    [
      {
        kind: "missing field",
        level: "fail",
        operation: "GET /api/v1/clients",
        field: "answer data[].data.apiKey",
        found: "ApiKey",
      },
      {
        kind: "extra field",
        level: "info",
        operation: "GET /api/v1/clients",
        field: "answer data[].data.ApiKey",
      },
    ],
  ],
  [
    "a field of another type",
    (document) => {
      at(model(document, "ClientResource"), "properties")["isActive"] = { type: "string" };
    },
    WRITES.map((operation) => ({
      kind: "other type",
      level: "fail",
      operation,
      field: "request isActive",
      expected: "boolean",
      found: "string",
    })),
  ],
  [
    "an enumeration by number",
    (document) => {
      at(model(document, "ClientResource"), "properties")["clientType"] = { type: "integer", enum: [0, 1] };
    },
    WRITES.map((operation) => ({ kind: "other type", operation, expected: "string", found: "integer" })),
  ],
  [
    "a list that is none any more",
    (document) => {
      at(model(document, "ClientsResponse"), "properties")["data"] = {
        $ref: "#/definitions/ClientResponse",
      };
    },
    [{ kind: "other type", level: "fail", field: "answer data", expected: "array", found: "object" }],
  ],
  [
    "a new required field",
    (document) => {
      const resource = model(document, "ClientResource");
      resource["required"] = ["name", "clientType", "region"];
      at(resource, "properties")["region"] = { type: "string" };
    },
    WRITES.flatMap((operation) => [
      { kind: "new required field", level: "fail", operation, field: "request region" },
    ]),
  ],
  [
    "a new required parameter",
    (document) => {
      const get = at(document, "paths", "/api/v1/clients", "get");
      get["parameters"] = [{ name: "tenant", in: "header", required: true, type: "string" }];
    },
    [
      {
        kind: "new required parameter",
        level: "fail",
        operation: "GET /api/v1/clients",
        field: "header tenant",
      },
    ],
  ],
  [
    "a parameter that is gone, or no list",
    (document) => {
      at(document, "paths", "/api/v1/clients", "delete")["parameters"] = [];
    },
    [{ kind: "missing parameter", level: "fail", field: "query clientIds" }],
  ],
  [
    "a new value, and one that is gone",
    (document) => {
      const type = at(model(document, "ClientResource"), "properties", "clientType");
      type["enum"] = ["JavaScript", "NativePublic"];
    },
    [
      { kind: "missing value", level: "fail", expected: "NativeConfidential" },
      { kind: "new value", level: "warn", found: "NativePublic" },
    ],
  ],
  [
    "what there is besides, for information",
    (document) => {
      at(model(document, "ClientResponse"), "properties")["lastUsed"] = { type: "string" };
      paths(document)["/api/v1/clients/{clientId}/secret"] = { post: {} };
      paths(document)["/api/v1/maps/new"] = { get: {} };
    },
    [
      { kind: "extra field", level: "info", field: "answer data[].data.lastUsed" },
      { kind: "extra path", level: "info", operation: "POST /api/v1/clients/{clientId}/secret" },
    ],
  ],
];

test.each(cases)("%s", (_, change, expected) => {
  const found = compared(change);
  for (const difference of expected)
    expect(found).toContainEqual(expect.objectContaining(difference) as unknown);
  const kinds = new Set(expected.map(({ kind }) => kind));
  expect([...new Set(found.map(({ kind }) => kind))].filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("the same in several operations is one sentence", () => {
  const texts = differenceTexts(
    compared((document) => {
      at(model(document, "ClientResource"), "properties")["isActive"] = { type: "string" };
    }),
  );
  expect(texts).toEqual([
    {
      kind: "other type",
      level: "fail",
      text: 'Other type "isActive", expected boolean, found string: POST /api/v1/clients (request isActive), POST /api/v1/clients/{clientId} (request isActive).',
    },
  ]);
});

/** The same document in the form of OpenAPI 3. */
function asOpenApi3(document: Json): Json {
  const text = JSON.stringify(document).replaceAll("#/definitions/", "#/components/schemas/");
  const old = JSON.parse(text) as { paths: Record<string, Record<string, Json>>; definitions: Json };
  for (const item of Object.values(old.paths)) {
    for (const operation of Object.values(item)) {
      const parameters = operation["parameters"] as Json[];
      const body = parameters.find((one) => one["in"] === "body");
      operation["parameters"] = parameters
        .filter((one) => one !== body)
        .map(({ name, in: place, required, type, items }) => ({
          ...{ name, in: place, required },
          schema: { type: type === "string" ? [type, "null"] : type, items },
        }));
      if (body) operation["requestBody"] = { content: { "application/json": { schema: body["schema"] } } };
      const schema = at(operation, "responses", "200")["schema"];
      operation["responses"] = { 201: { content: { "text/json": { schema } } } };
    }
  }
  const paths = Object.fromEntries(
    Object.entries(old.paths).map(([path, item]) => [path.replace("/api/v1", ""), item]),
  );
  return {
    openapi: "3.0.1",
    servers: [{ url: "https://cloud.example/api/v1/" }],
    paths,
    components: { schemas: old.definitions },
  };
}

test("OpenAPI 3 is read as well", () => {
  const same = ApiDocument.read(asOpenApi3(JSON.parse(original) as Json));
  expect(same && compareDescription(same)).toEqual([]);
  const changed = ApiDocument.read(
    asOpenApi3(
      altered(original, (document) => {
        Reflect.deleteProperty(at(model(document, "ClientResource"), "properties"), "name");
      }),
    ),
  );
  expect(changed && compareDescription(changed).map(({ kind, field }) => [kind, field])).toEqual(
    WRITES.map(() => ["missing field", "request name"]),
  );
});

test("parts that are put together, and references in a circle, come to an end", () => {
  const found = compared((document) => {
    const definitions = at(document, "definitions");
    definitions["Base"] = definitions["ClientResource"];
    definitions["ClientResource"] = { allOf: [{ $ref: "#/definitions/Base" }] };
    definitions["ErrorResponse"] = { $ref: "#/definitions/ErrorResponse" };
    definitions["ResponseObject"] = { allOf: [{ $ref: "https://elsewhere.example/model" }] };
  });
  expect(found).toEqual([]);
});

test.each([["no object"], [[]], [{}], [{ paths: [] }], [null]])("%j is no description", (document) => {
  expect(ApiDocument.read(document)).toBeUndefined();
});
