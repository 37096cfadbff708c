import { compareDescription } from "../../../cli/doctor/swagger/compare";
import { differenceTexts, type Difference } from "../../../cli/doctor/swagger/difference";
import { ApiDocument } from "../../../cli/doctor/swagger/document";
import { startEmulator } from "../../../emulator";
import { stepOf, withDoctor, wordsOf } from "./run-doctor";

type Json = Record<string, unknown>;

const at = (place: Json, ...steps: readonly string[]): Json =>
  steps.reduce((inner, step) => inner[step] as Json, place);

let original: string;
beforeAll(async () => {
  const emulator = await startEmulator();
  original = await (await fetch(`${emulator.url}/swagger/v1/swagger.json`)).text();
  await emulator.close();
});

/** The emulator's own description, with something done to it. */
function altered(change: (document: Json) => void): Json {
  const document = JSON.parse(original) as Json;
  change(document);
  return document;
}

function compared(change: (document: Json) => void): Difference[] {
  const document = ApiDocument.read(altered(change));
  if (document === undefined) throw new Error("That is no description.");
  return compareDescription(document);
}

const model = (document: Json, name: string): Json => at(document, "definitions", name);
const paths = (document: Json): Json => at(document, "paths");
const rename = (place: Json, from: string, to: string): void => {
  place[to] = place[from];
  Reflect.deleteProperty(place, from);
};

const WRITES = ["POST /api/v1/clients", "POST /api/v1/clients/{clientId}"];

test("as it is expected, nothing differs", () => {
  expect(compared(() => undefined)).toEqual([]);
});

test("lists without envelopes around their items are as well as expected", async () => {
  const emulator = await startEmulator({ switches: { listItems: "plain" } });
  const plain: unknown = await (await fetch(`${emulator.url}/swagger/v1/swagger.json`)).json();
  await emulator.close();
  const document = ApiDocument.read(plain);
  expect(document && compareDescription(document)).toEqual([]);
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
      altered((document) => {
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

describe("the step", () => {
  const path = "/swagger/v1/swagger.json";

  test("fails for what the provider needs, and names each difference in the report", () =>
    withDoctor(async ({ cloud, report }) => {
      const document = altered((one) => {
        Reflect.deleteProperty(at(model(one, "ClientResponse"), "properties"), "apiSecret");
      });
      cloud.fault({ kind: "reply", status: 200, text: JSON.stringify(document), path });
      const found = await report();
      expect(stepOf(found, "description").result).toBe("fail");
      expect(wordsOf(found, "description")).toContain('fail: Missing field "apiSecret": ');
      expect(found.differences).toHaveLength(4);
    }));

  test("warns for what it can do without, and where there is no description", () =>
    withDoctor(async ({ cloud, report }) => {
      const document = altered((one) => {
        Reflect.deleteProperty(paths(one), "/api/v1/clients/roles");
      });
      cloud.fault({ kind: "reply", status: 200, text: JSON.stringify(document), path, times: 1 });
      expect(stepOf(await report(), "description").result).toBe("warn");
      cloud.fault({ kind: "reply", status: 200, text: '{"swagger":"2.0"}', path, times: 1 });
      expect(wordsOf(await report(), "description")).toContain("is no description of an API");
      cloud.fault({ kind: "status", status: 404, body: "html", path, times: 1 });
      const none = await report();
      expect(wordsOf(none, "description")).toContain("There is none to compare");
      expect([stepOf(none, "address").result, none.result]).toEqual(["pass", "warn"]);
    }));

  test("says what is new for information only", () =>
    withDoctor(async ({ cloud, report }) => {
      const document = altered((one) => {
        at(model(one, "ClientResponse"), "properties")["lastUsed"] = { type: "string" };
      });
      cloud.fault({ kind: "reply", status: 200, text: JSON.stringify(document), path });
      const found = await report();
      expect(stepOf(found, "description").result).toBe("pass");
      expect(wordsOf(found, "description")).toContain('info: Extra field "lastUsed"');
    }));
});
