import { compareShape, type Naming, type Place } from "./compare-shape";
import type { Difference } from "./difference";
import type { ApiDocument, Described } from "./document";
import { EXPECTED, PREFIX, titleOf, type Operation } from "./expected";

/**
 * Every difference between the server's description and what this version expects, the worst first.
 * @param base the path of thinkgeo:apiUrl, with which the paths of a description may begin
 */
export function compareDescription(document: ApiDocument, base = ""): Difference[] {
  const prefix = prefixIn(document, base);
  const moved: Difference = {
    kind: "every path",
    level: "fail",
    operation: "every operation",
    expected: PREFIX,
    found: prefix,
  };
  const differences = [
    ...([PREFIX, base + PREFIX].includes(prefix) ? [] : [moved]),
    ...compareOperations(document, prefix),
    ...extras(document, prefix),
  ];
  const rank = { fail: 0, warn: 1, info: 2 };
  return differences.toSorted((a, b) => rank[a.level] - rank[b.level]);
}

/** A path without the names of its parameters, in lower case: these do not matter. */
const key = (path: string): string =>
  path
    .split("/")
    .map((part) => (part.startsWith("{") ? "{}" : part.toLowerCase()))
    .join("/")
    .replace(/\/$/, "");

/** An expected path with the prefix of this document. */
const withPrefix = (path: string, prefix: string): string => prefix + path.slice(PREFIX.length);

/** What paths begin with here instead of /api/v1, if that is true for most of the expected paths. */
function prefixIn(document: ApiDocument, base: string): string {
  const keys = new Set([...document.paths.keys()].map(key));
  const paths = [...new Set(EXPECTED.map(({ path }) => path))];
  const count = (prefix: string): number =>
    paths.filter((path) => keys.has(key(withPrefix(path, prefix)))).length;
  const known = [PREFIX, base + PREFIX].find((prefix) => count(prefix) > 0);
  if (known !== undefined) return known;
  const candidates = [...document.paths.keys()]
    .filter((path) => key(path).endsWith("/clients"))
    .map((path) => path.replace(/\/clients\/?$/i, ""));
  return candidates.find((prefix) => count(prefix) > paths.length / 2) ?? PREFIX;
}

/** Compares once to see how names are written, and again if the whole document follows one rule. */
function compareOperations(document: ApiDocument, prefix: string): Difference[] {
  const namings: Naming[] = [];
  const compare = (usual?: Naming): Difference[] =>
    EXPECTED.flatMap((operation) =>
      compareOperation(document, operation, prefix, {
        operation: titleOf(operation),
        path: "",
        needed: operation.needed,
        usual,
        noteNaming: (naming) => namings.push(naming),
      }),
    );
  const first = compare();
  const groups = [...Map.groupBy(namings, ({ words }) => words).values()];
  const [usual] = groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return usual === undefined ? first : compare(usual);
}

function methodsAt(document: ApiDocument, path: string): readonly Described[] | undefined {
  for (const [candidate, methods] of document.paths) if (key(candidate) === key(path)) return methods;
  return undefined;
}

function compareOperation(
  document: ApiDocument,
  expected: Operation,
  prefix: string,
  place: Omit<Place, "side">,
): Difference[] {
  const { method, path, needed } = expected;
  const { operation } = place;
  const level = needed ? "fail" : "warn";
  const methods = methodsAt(document, withPrefix(path, prefix));
  if (methods === undefined)
    return [{ kind: "missing path", level, operation, found: elsewhere(document, path) }];
  const described = methods.find((one) => one.method === method);
  if (described === undefined) {
    const found = methods.map((one) => one.method.toUpperCase()).join(", ");
    return [{ kind: "other method", level, operation, found }];
  }
  return [
    ...compareParameters(expected, described),
    ...(expected.request === undefined
      ? []
      : compareShape(document, expected.request, described.request, { ...place, side: "request" })),
    ...compareShape(document, expected.answer, described.answer, { ...place, side: "answer" }),
  ];
}

/** The same path in another version of the API. */
function elsewhere(document: ApiDocument, path: string): string | undefined {
  const without = (text: string): string => key(text).replace(/\/v\d+\//, "/");
  return [...document.paths.keys()].find((candidate) => without(candidate) === without(path));
}

function compareParameters(expected: Operation, described: Described): Difference[] {
  const { needed, query = [] } = expected;
  const operation = titleOf(expected);
  const level = needed ? "fail" : "warn";
  const missing = query.flatMap((name): Difference[] => {
    const found = described.parameters.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (found?.place !== "query")
      return [{ kind: "missing parameter", level, operation, field: `query ${name}`, found: found?.place }];
    return found.isList
      ? []
      : [{ kind: "other type", level, operation, field: `query ${name}`, expected: "array" }];
  });
  const added = described.parameters
    .filter(({ name, place, required }) => required && place !== "path" && !query.includes(name))
    .map(({ name, place }): Difference => ({
      kind: "new required parameter",
      level,
      operation,
      field: `${place} ${name}`,
    }));
  return [...missing, ...added];
}

/** Operations beside the expected ones, under the paths that the provider uses. */
function extras(document: ApiDocument, prefix: string): Difference[] {
  const keyOf = ({ path }: Operation): string => key(withPrefix(path, prefix));
  return [...document.paths].flatMap(([path, methods]) => {
    const own = EXPECTED.filter((operation) => keyOf(operation) === key(path));
    if (own.length > 0)
      return methods
        .filter(({ method }) => !own.some((operation) => operation.method === method))
        .map(({ method }): Difference => ({
          kind: "extra method",
          level: "info",
          operation: titleOf({ method, path }),
        }));
    return key(path).startsWith(`${key(prefix)}/clients/`)
      ? methods.map(({ method }): Difference => ({
          kind: "extra path",
          level: "info",
          operation: titleOf({ method, path }),
        }))
      : [];
  });
}
