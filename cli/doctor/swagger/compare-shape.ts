import type { Difference } from "./difference";
import type { ApiDocument, Schema } from "./document";
import type { Field, Shape } from "./expected";

export type Side = "request" | "answer";

interface Place {
  readonly operation: string;
  readonly side: Side;
  /** Where in the request or the answer, beginning with a dot; none at the top. */
  readonly path: string;
  readonly needed: boolean;
}

/** Where one schema is not the expected shape. */
export function compareShape(
  document: ApiDocument,
  shape: Shape,
  described: unknown,
  place: Place,
): Difference[] {
  const schema = document.schema(described);
  const wrong = otherType(shape, schema);
  if (wrong !== undefined) return [difference(place, "other type", { expected: shape.type, found: wrong })];
  if (shape.type === "array") {
    const inner = shape.inEnvelopes === true ? document.schema(schema.items).fields.get("data") : undefined;
    const path = inner === undefined ? `${place.path}[]` : `${place.path}[].data`;
    return compareShape(document, shape.items, inner ?? schema.items, { ...place, path });
  }
  if (shape.type === "object") return compareFields(document, shape, schema, place);
  return shape.type === "string" && shape.values !== undefined
    ? compareValues(shape.values, schema.values, place)
    : [];
}

/** What is not described is not another type. */
function otherType(shape: Shape, { types }: Schema): string | undefined {
  const same = types.length === 0 || types.some((type) => type === shape.type);
  const number = shape.type === "integer" && types.includes("number");
  return same || number ? undefined : types.join(" or ");
}

function compareFields(
  document: ApiDocument,
  { fields: expected, others }: Extract<Shape, { type: "object" }>,
  schema: Schema,
  place: Place,
): Difference[] {
  if (schema.open) return [];
  const at = (name: string, needed = place.needed): Place => ({
    ...place,
    path: `${place.path}.${name}`,
    needed,
  });
  const known = Object.entries(expected).flatMap(([name, field]) => {
    const needed = place.needed && field.needed;
    if (schema.fields.has(name))
      return compareShape(document, field.shape, schema.fields.get(name), at(name, needed));
    const likely = [...schema.fields.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
    return [difference(at(name, needed), "missing field", { found: likely })];
  });
  const extra = [...schema.fields.keys()].filter(
    (name) => !Object.hasOwn(expected, name) && !others.includes(name),
  );
  const required = schema.required.filter((name) => name !== "name" && place.side === "request");
  return [
    ...known,
    ...required.map((name) => difference(at(name, !isAlwaysSent(name, expected)), "new required field")),
    ...extra
      .filter((name) => !required.includes(name))
      .map((name): Difference => ({ ...difference(at(name), "extra field"), level: "info" })),
  ];
}

/** What is required and sent anyway does no harm: everything that we know but the id of a client that is not made yet. */
const isAlwaysSent = (name: string, expected: Readonly<Record<string, Field>>): boolean =>
  Object.hasOwn(expected, name) && !["id", "grantedRoles"].includes(name);

function compareValues(expected: readonly string[], found: readonly string[], place: Place): Difference[] {
  if (found.length === 0) return [];
  const gone = expected.filter((value) => !found.includes(value));
  const added = found.filter((value) => !expected.includes(value));
  return [
    ...gone.map((value) =>
      difference(place, "missing value", { expected: value, found: found.join(" or ") }),
    ),
    ...added.map((value): Difference => ({
      ...difference(place, "new value", { found: value }),
      level: "warn",
    })),
  ];
}

function difference(
  { operation, side, path, needed }: Place,
  kind: Difference["kind"],
  words: { readonly expected?: string; readonly found?: string | undefined } = {},
): Difference {
  return {
    kind,
    level: needed ? "fail" : "warn",
    operation,
    field: `${side} ${path.slice(1)}`.trim(),
    ...words,
  };
}
