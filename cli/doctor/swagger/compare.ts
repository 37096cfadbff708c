import { compareShape } from "./compare-shape";
import type { Difference } from "./difference";
import type { ApiDocument, Described } from "./document";
import { EXPECTED, type Operation } from "./expected";

/** Names every difference between the server's description and what this version expects; the gravest first. */
export function compareDescription(document: ApiDocument): Difference[] {
  const differences = [
    ...EXPECTED.flatMap((operation) => compareOperation(document, operation)),
    ...extras(document),
  ];
  const rank = { fail: 0, warn: 1, info: 2 };
  return differences.toSorted((a, b) => rank[a.level] - rank[b.level]);
}

/** The names of parameters in a path, and the case of the rest, do not matter. */
const key = (path: string): string =>
  path
    .split("/")
    .map((part) => (part.startsWith("{") ? "{}" : part.toLowerCase()))
    .join("/")
    .replace(/\/$/, "");

const title = (method: string, path: string): string => `${method.toUpperCase()} ${path}`;

function methodsAt(document: ApiDocument, path: string): readonly Described[] | undefined {
  for (const [candidate, methods] of document.paths) if (key(candidate) === key(path)) return methods;
  return undefined;
}

function compareOperation(document: ApiDocument, expected: Operation): Difference[] {
  const { method, path, needed } = expected;
  const operation = title(method, path);
  const level = needed ? "fail" : "warn";
  const methods = methodsAt(document, path);
  if (methods === undefined)
    return [{ kind: "missing path", level, operation, found: elsewhere(document, path) }];
  const described = methods.find((one) => one.method === method);
  if (described === undefined) {
    const found = methods.map((one) => one.method.toUpperCase()).join(", ");
    return [{ kind: "other method", level, operation, found }];
  }
  const place = { operation, path: "", needed };
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

function compareParameters(
  { method, path, needed, query = [] }: Operation,
  described: Described,
): Difference[] {
  const operation = title(method, path);
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

/** What the part of the API that we use has beside it: the rest of the service is none of ours. */
function extras(document: ApiDocument): Difference[] {
  const known = new Set(EXPECTED.map(({ path }) => key(path)));
  return [...document.paths].flatMap(([path, methods]) => {
    const own = EXPECTED.filter((operation) => key(operation.path) === key(path));
    if (own.length > 0)
      return methods
        .filter(({ method }) => !own.some((operation) => operation.method === method))
        .map(({ method }): Difference => ({
          kind: "extra method",
          level: "info",
          operation: title(method, path),
        }));
    const near = key(path).startsWith("/api/v1/clients/") && !known.has(key(path));
    return near
      ? methods.map(({ method }): Difference => ({
          kind: "extra path",
          level: "info",
          operation: title(method, path),
        }))
      : [];
  });
}
