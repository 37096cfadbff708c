import type { Difference } from "./difference";
import type { ApiDocument, Schema } from "./document";
import type { Field, Shape } from "./expected";

/** Where in an operation a schema is. */
export interface Place {
  readonly operation: string;
  readonly side: "request" | "answer";
  /** The path in the request or response, beginning with a dot; empty at the top. */
  readonly path: string;
  readonly needed: boolean;
  /** How names are written in most of the document, if not as expected. */
  readonly usual: Naming | undefined;
  /** Called with the way in which the names of a model are written, if not as expected. */
  readonly noteNaming: (naming: Naming) => void;
}

/** The differences between one schema and the expected shape. */
export function compareShape(
  document: ApiDocument,
  shape: Shape,
  described: unknown,
  place: Place,
): Difference[] {
  const schema = document.schema(described);
  const wrong = otherType(shape, schema);
  if (wrong !== undefined) return [difference(place, "other type", { expected: shape.type, found: wrong })];
  if (shape.type === "array") return compareItems(document, shape, schema, place);
  if (shape.type === "object") return compareFields(document, shape, schema, place);
  return shape.type === "string" && shape.values !== undefined
    ? compareValues(shape.values, schema.values, place)
    : [];
}

/** A schema without a type is no difference. */
function otherType(shape: Shape, { types }: Schema): string | undefined {
  const same = types.length === 0 || types.some((type) => type === shape.type);
  const number = shape.type === "integer" && types.includes("number");
  return same || number ? undefined : types.join(" or ");
}

/** Items may be in envelopes of their own: the provider reads both forms. */
function compareItems(
  document: ApiDocument,
  { items, inEnvelopes = false }: Extract<Shape, { type: "array" }>,
  schema: Schema,
  place: Place,
): Difference[] {
  const { fields } = document.schema(schema.items);
  const naming = place.usual?.of("data") ?? "data";
  const inner = inEnvelopes ? (fields.get("data") ?? fields.get(naming)) : undefined;
  return inner === undefined
    ? compareShape(document, items, schema.items, { ...place, path: `${place.path}[]` })
    : compareShape(document, items, inner, { ...place, path: `${place.path}[].data` });
}

function compareFields(
  document: ApiDocument,
  { fields: expected, others }: Extract<Shape, { type: "object" }>,
  schema: Schema,
  place: Place,
): Difference[] {
  if (schema.open) return [];
  const naming = namingOf([...Object.keys(expected), ...others], [...schema.fields.keys()], place.usual);
  if (naming !== undefined) place.noteNaming(naming);
  const { fields, required } = renamed(schema, [...Object.keys(expected), ...others], naming);
  const at = (name: string, needed = place.needed): Place => ({
    ...place,
    path: `${place.path}.${name}`,
    needed,
  });
  const known = Object.entries(expected).map(([name, field]) => {
    const inner = at(name, place.needed && field.needed);
    if (fields.has(name)) return compareShape(document, field.shape, fields.get(name), inner);
    const likely = [...fields.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
    return [difference(inner, "missing field", { found: likely })];
  });
  const extra = [...fields.keys()].filter(
    (name) => !Object.hasOwn(expected, name) && !others.includes(name) && !required.includes(name),
  );
  const newlyRequired = required
    .filter((name) => name !== "name" && place.side === "request")
    .map((name) => [difference(at(name, !isAlwaysSent(name, expected)), "new required field")]);
  const described = Object.keys(expected).flatMap((name) =>
    fields.has(name) ? [document.schema(fields.get(name))] : [],
  );
  return [
    ...(naming === undefined ? [] : [everyField(place, naming.words)]),
    ...atOnce(known, place, Object.keys(expected).length),
    ...atOnce(newlyRequired, place, Object.keys(expected).length - 1),
    ...(isNullable(described) ? [{ ...everyField(place, "perhaps null"), level: "info" as const }] : []),
    ...extra.map((name): Difference => ({ ...difference(at(name), "extra field"), level: "info" })),
  ];
}

/** The fields, and which are required, under the names that are expected. */
function renamed(
  schema: Schema,
  expected: readonly string[],
  naming: Naming | undefined,
): Pick<Schema, "fields" | "required"> {
  if (naming === undefined) return schema;
  const plain = new Map(expected.map((name) => [naming.of(name), name]));
  return {
    fields: new Map([...schema.fields].map(([name, value]) => [plain.get(name) ?? name, value])),
    required: schema.required.map((name) => plain.get(name) ?? name),
  };
}

/** A field that is always sent may be required: all that are known, except the id of a new client, and roles. */
const isAlwaysSent = (name: string, expected: Readonly<Record<string, Field>>): boolean =>
  Object.hasOwn(expected, name) && !["id", "grantedRoles"].includes(name);

const FEW = 3;

/** Whether every field of a plain type may be null. A reference cannot say that about itself. */
function isNullable(described: readonly Schema[]): boolean {
  const plain = described.filter(({ types }) => !types.includes("object"));
  return plain.length >= FEW && plain.every(({ nullable }) => nullable);
}

/** The differences of a model's fields; if all fields have the same difference, only one. */
function atOnce(fields: readonly (readonly Difference[])[], place: Place, all: number): Difference[] {
  const [first] = fields.flat();
  const isOne = (of: readonly Difference[]): boolean =>
    of.length === 1 && of[0]?.kind === first?.kind && of[0]?.found === first?.found;
  if (first === undefined || all < FEW || fields.length < all || !fields.every(isOne)) return fields.flat();
  const words: Partial<Record<Difference["kind"], string>> = {
    "missing field": "missing",
    "other type": `of type ${first.found ?? ""}`,
    "new required field": "required",
  };
  const found = words[first.kind];
  const level = fields.flat().some((one) => one.level === "fail") ? "fail" : "warn";
  return found === undefined ? fields.flat() : [{ ...everyField(place, found), level }];
}

function compareValues(expected: readonly string[], found: readonly string[], place: Place): Difference[] {
  if (found.length === 0) return [];
  const casing = expected.every((value) => found.includes(value)) ? undefined : casingOf(expected, found);
  const same = (left: string, right: string): boolean =>
    casing === undefined ? left === right : left.toLowerCase() === right.toLowerCase();
  const gone = expected.filter((value) => !found.some((one) => same(one, value)));
  const added = found.filter((value) => !expected.some((one) => same(one, value)));
  return [
    ...(casing === undefined
      ? []
      : [{ ...difference(place, "every value", { found: casing }), level: "info" as const }]),
    ...gone.map((value) =>
      difference(place, "missing value", { expected: value, found: found.join(" or ") }),
    ),
    ...added.map((value): Difference => ({
      ...difference(place, "new value", { found: value }),
      level: "warn",
    })),
  ];
}

const everyField = (place: Place, found: string): Difference => difference(place, "every field", { found });

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

/** A rule by which all names of a model, or all values of an enumeration, are written otherwise than expected. */
export interface Naming {
  /** Completes "Every field is …". */
  readonly words: string;
  readonly of: (name: string) => string;
}

const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
const small = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);
const separatedBy = (sign: string) => (name: string) =>
  small(name).replace(/[A-Z]/g, (letter) => sign + letter.toLowerCase());

const CASINGS: readonly (readonly [name: string, of: (name: string) => string])[] = [
  ["PascalCase", capital],
  ["camelCase", small],
  ["lower case", (name) => name.toLowerCase()],
  ["upper case", (name) => name.toUpperCase()],
  ["snake_case", separatedBy("_")],
  ["kebab-case", separatedBy("-")],
];

const casings = (example: string): Naming[] =>
  CASINGS.map(([name, of]) => ({ words: `written in ${name} ("${of(example)}" for "${example}")`, of }));

/**
 * The rule by which all names of a model are written; undefined if they are as expected, or follow no rule. One name is no
 * proof, unless it follows the rule that the rest of the document follows (`usual`).
 */
function namingOf(
  expected: readonly string[],
  found: readonly string[],
  usual: Naming | undefined,
): Naming | undefined {
  const names = new Set(found);
  const candidates = [
    ...(usual === undefined ? [] : [usual]),
    ...casings("clientType"),
    ...affixes(expected, found),
  ];
  const hits = candidates.map((naming) => {
    const changed = expected.filter((name) => naming.of(name) !== name);
    if (changed.some((name) => names.has(name))) return 0;
    const count = changed.filter((name) => names.has(naming.of(name))).length;
    return count > 1 || naming === usual ? count : 0;
  });
  const most = Math.max(...hits);
  return most === 0 ? undefined : candidates[hits.indexOf(most)];
}

/** The prefixes and suffixes that each pair of an expected and a found name shows. */
function affixes(expected: readonly string[], found: readonly string[]): Naming[] {
  const seen = new Map<string, Naming>();
  for (const form of [(name: string) => name, capital])
    for (const name of expected)
      for (const other of found) {
        const at = other.indexOf(form(name));
        if (at < 0 || other.length === name.length) continue;
        const [before, after] = [other.slice(0, at), other.slice(at + name.length)];
        const of = (plain: string): string => before + form(plain) + after;
        const words = `written with something added ("${of("name")}" for "name")`;
        seen.set(words, { words, of });
      }
  return [...seen.values()];
}

/** In which casing the expected values are there; undefined if one is missing in every casing. */
function casingOf(expected: readonly string[], found: readonly string[]): string | undefined {
  const [example = ""] = expected;
  const known = casings(example).find(({ of }) => expected.every((value) => found.includes(of(value))));
  if (known !== undefined) return known.words;
  const lower = found.map((value) => value.toLowerCase());
  return expected.every((value) => lower.includes(value.toLowerCase()))
    ? "written in another casing"
    : undefined;
}
