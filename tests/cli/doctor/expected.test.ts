import type { ZodType } from "zod";
import { EXPECTED, titleOf, type Shape } from "../../../cli/doctor/swagger/expected";
import { readArgs } from "../../../provider/model/client";
import { newBody } from "../../../provider/model/client-body";
import {
  accountAnswer,
  accountRolesAnswer,
  clientAnswer,
  clientsAnswer,
  rolesAnswer,
  usageAnswer,
} from "../../../provider/model/wire";

/** The schema with which the provider reads the response of each operation; a delete's is not read. */
const READ: Readonly<Record<string, ZodType>> = {
  "GET /api/v1/clients": clientsAnswer,
  "POST /api/v1/clients": clientAnswer,
  "GET /api/v1/clients/{clientId}": clientAnswer,
  "POST /api/v1/clients/{clientId}": clientAnswer,
  "GET /api/v1/clients/roles": rolesAnswer,
  "GET /api/v1/accounts/current": accountAnswer,
  "GET /api/v1/roles/accounts/current": accountRolesAnswer,
  "GET /api/v1/accounts/current/statistics/byclient": usageAnswer,
};
/** What provider/model/envelope.ts reads, of every response. */
const ENVELOPE = ["status", "error"];

const operations = EXPECTED.map((operation) => [titleOf(operation), operation] as const);

/** A value of a shape, without the fields that the provider does not use; `wrong` is the path of a value of another type. */
function sample(shape: Shape, wrong?: string, path = ""): unknown {
  if (path === wrong) return shape.type === "object" ? "text" : { another: "type" };
  if (shape.type === "array") return [sample(shape.items, wrong, `${path}[]`)];
  if (shape.type === "object")
    return Object.fromEntries(
      Object.entries(shape.fields)
        .filter(([name]) => path !== "" || !ENVELOPE.includes(name))
        .map(([name, { shape: inner }]) => [name, sample(inner, wrong, `${path}.${name}`)]),
    );
  if (shape.type === "string") return shape.values?.[0] ?? "a".repeat(40);
  return shape.type === "boolean" ? true : 1;
}

/** The paths of all values of a shape. */
function pathsIn(shape: Shape, path = ""): string[] {
  if (shape.type === "array") return [path, ...pathsIn(shape.items, `${path}[]`)];
  if (shape.type !== "object") return [path];
  const fields = Object.entries(shape.fields).filter(([name]) => path !== "" || !ENVELOPE.includes(name));
  return [
    ...(path === "" ? [] : [path]),
    ...fields.flatMap(([name, { shape: inner }]) => pathsIn(inner, `${path}.${name}`)),
  ];
}

/** The same value, which tells which of its members are read. */
function watched(value: unknown, read: Set<string>, path = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => watched(item, read, `${path}[]`));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, inner]: [string, unknown]) => [
    name,
    watched(inner, read, `${path}.${name}`),
  ]);
  return new Proxy(Object.fromEntries(members) as object, {
    get: (target, name) => {
      if (typeof name === "string") read.add(`${path}.${name}`);
      return Reflect.get(target, name) as unknown;
    },
  });
}

const isReadBy = (schema: ZodType, body: unknown): boolean => {
  const { success, data } = schema.safeParse(body);
  // A list leaves out a client that it cannot read, and says so.
  const unreadable = (data as { unreadable?: readonly unknown[] } | undefined)?.unreadable ?? [];
  return success && unreadable.length === 0;
};

describe.each(operations.filter(([title]) => title in READ))("the response to %s", (title, { answer }) => {
  const schema = READ[title] as ZodType;

  test("is read by the provider, and every expected field must have its type", () => {
    expect(isReadBy(schema, sample(answer))).toBe(true);
    const paths = pathsIn(answer);
    expect(paths.length).toBeGreaterThan(2);
    expect(paths.filter((path) => isReadBy(schema, sample(answer, path)))).toEqual([]);
  });

  test("has no other field that the provider reads", () => {
    const read = new Set<string>();
    schema.parse(watched(sample(answer), read));
    // Members by which the provider tells an envelope from an item, and the count, which public material has for clients only.
    const forms = /\[\]\.(?:data|id)$|^\.totalCount$/;
    const others = [...read].filter((path) => !pathsIn(answer).includes(path) && !forms.test(path));
    expect(others).toEqual([]);
  });
});

test("every operation but a delete has a schema", () => {
  expect(operations.map(([title]) => title).filter((title) => !(title in READ))).toEqual([
    "DELETE /api/v1/clients",
  ]);
});

test("the request of a create or an update has the fields that the provider writes, and the id", () => {
  const inputs = { type: "NativeConfidential", name: "Tiles", grantedRoles: ["User"] };
  const body = newBody(readArgs(inputs), ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"]);
  for (const [, { request }] of operations) {
    if (request?.type !== "object") continue;
    expect(Object.keys(request.fields).toSorted()).toEqual([...Object.keys(body), "id"].toSorted());
  }
  expect.assertions(2);
});
