import * as z from "zod";

type Json = Readonly<Record<string, unknown>>;

const json = z.record(z.string(), z.unknown());
const asObject = (value: unknown): Json => {
  const parsed = json.safeParse(value);
  return parsed.success ? parsed.data : {};
};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isText = (value: unknown): value is string => typeof value === "string";

/** A schema, with its references resolved. */
export interface Schema {
  readonly types: readonly string[];
  readonly values: readonly string[];
  readonly required: readonly string[];
  readonly fields: ReadonlyMap<string, unknown>;
  readonly items: unknown;
  readonly nullable: boolean;
  /** Whether it does not say what is in it. */
  readonly open: boolean;
}

interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly isList: boolean;
}

/** One operation as the document describes it. */
export interface Described {
  readonly method: string;
  readonly parameters: readonly Parameter[];
  readonly request: unknown;
  readonly answer: unknown;
}

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEEPEST_REFERENCE = 20;

/** A document of Swagger 2 or OpenAPI 3, read leniently into the same form. */
export class ApiDocument {
  readonly #root: Json;
  readonly paths: ReadonlyMap<string, readonly Described[]>;

  private constructor(root: Json) {
    this.#root = root;
    const base = basePath(root);
    this.paths = new Map(
      Object.entries(asObject(root["paths"])).map(([path, item]) => [
        base + path,
        this.#operations(asObject(item)),
      ]),
    );
  }

  /** Undefined if it is no such document. */
  static read(document: unknown): ApiDocument | undefined {
    const root = asObject(document);
    return json.safeParse(root["paths"]).success ? new ApiDocument(root) : undefined;
  }

  schema(value: unknown): Schema {
    const parts = this.#parts(value, 0);
    const all = (key: string): unknown[] =>
      parts.map((part) => part[key]).filter((part) => part !== undefined);
    const fields = new Map(all("properties").flatMap((part) => Object.entries(asObject(part))));
    const types = all("type").flat().filter(isText);
    const said = types.filter((type) => type !== "null");
    return {
      types: said.length > 0 ? said : fields.size > 0 ? ["object"] : [],
      values: all("enum").flat().filter(isText),
      required: all("required").flat().filter(isText),
      fields,
      items: all("items")[0],
      nullable: types.includes("null") || [...all("nullable"), ...all("x-nullable")].includes(true),
      open: fields.size === 0 && all("items").length === 0,
    };
  }

  /** The schema itself, and the schemas that it is composed of. */
  #parts(value: unknown, depth: number): Json[] {
    const schema = asObject(value);
    if (depth > DEEPEST_REFERENCE) return [];
    const reference = schema["$ref"];
    if (isText(reference)) return this.#parts(this.#resolve(reference), depth + 1);
    const joined = ["allOf", "oneOf", "anyOf"].flatMap((key) => asList(schema[key]));
    return [schema, ...joined.flatMap((part) => this.#parts(part, depth + 1))];
  }

  #resolve(reference: string): unknown {
    if (!reference.startsWith("#/")) return undefined;
    const steps = reference.slice(2).split("/");
    return steps.reduce<unknown>(
      (place, step) => asObject(place)[step.replaceAll("~1", "/").replaceAll("~0", "~")],
      this.#root,
    );
  }

  #operations(item: Json): Described[] {
    const shared = asList(item["parameters"]);
    return METHODS.flatMap((method) => {
      if (item[method] === undefined) return [];
      const operation = asObject(item[method]);
      const parameters = [...shared, ...asList(operation["parameters"])].map((one) => this.#flat(one));
      const inBody = parameters.find((one) => one["in"] === "body");
      return {
        method,
        parameters: parameters.filter((one) => one !== inBody).map((one) => this.#parameter(one)),
        request: inBody?.["schema"] ?? contentOf(this.#flat(operation["requestBody"])),
        answer: this.#answer(asObject(operation["responses"])),
      };
    });
  }

  #flat(value: unknown): Json {
    const one = asObject(value);
    return isText(one["$ref"]) ? asObject(this.#resolve(one["$ref"])) : one;
  }

  #parameter(one: Json): Parameter {
    const types = [...asList([one["type"]]), ...this.schema(one["schema"]).types];
    return {
      name: String(one["name"]),
      place: String(one["in"]),
      required: one["required"] === true,
      isList: types.includes("array"),
    };
  }

  #answer(responses: Json): unknown {
    const status = Object.keys(responses).find((key) => /^2/.test(key)) ?? "default";
    const response = this.#flat(responses[status]);
    return response["schema"] ?? contentOf(response);
  }
}

/** The path with which all paths begin: `basePath` in Swagger 2, the path of the first server's URL in OpenAPI 3. */
function basePath(root: Json): string {
  const server = asObject(asList(root["servers"])[0])["url"];
  const text = isText(root["basePath"]) ? root["basePath"] : isText(server) ? server : "";
  const base = "http://localhost/";
  const path = URL.canParse(text, base) ? new URL(text, base).pathname : "";
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

function contentOf(holder: Json): unknown {
  const content = asObject(holder["content"]);
  const type = Object.keys(content).find((key) => key.includes("json")) ?? Object.keys(content)[0] ?? "";
  return asObject(content[type])["schema"];
}
