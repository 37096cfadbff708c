// npm run schema: writes provider/hosts/native/schema.json, the schema of the native plugin, from the SDK's types and docstrings
// and from the table of a client's properties. With --check it writes nothing, and fails where the file is not what it would be.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import ts from "typescript";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(root, "provider/hosts/native/schema.json");
const require = createRequire(import.meta.url);
const { PROPERTIES } = require(path.join(root, "dist/provider/model/client.js"));
const { VERSION } = require(path.join(root, "dist/provider/versions.js"));
const { variableOf } = require(path.join(root, "dist/provider/configuration.js"));
const manifest = require(path.join(root, "package.json"));
/** What only the owner can give; empty until then. */
const publication = require(path.join(root, "scripts/release/publication.json"));

const files = [
  ...["args", "client", "rotating-client", "resource-classes", "account", "lookups"].map(
    (name) => `sdk/${name}.ts`,
  ),
  "provider/client/lookup-results.ts",
].map((file) => path.join(root, file));
const program = ts.createProgram(
  files,
  ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  ).options,
);
const checker = program.getTypeChecker();

/** @param {string} name @returns {ts.Type} */
function typeNamed(name) {
  for (const file of program.getSourceFiles()) {
    if (!files.includes(file.fileName)) continue;
    for (const statement of file.statements)
      if (
        (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
        statement.name?.text === name
      )
        return checker.getTypeAtLocation(statement);
  }
  throw new Error(`There is no type ${name}.`);
}

/** What a property says of itself; code is of one language, and left out. @param {ts.Symbol} symbol */
function descriptionOf(symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const [fallback] = symbol.getJsDocTags(checker).filter(({ name }) => name === "default");
  const by = fallback === undefined ? "" : `\n\nDefault: ${ts.displayPartsToString(fallback.text).trim()}`;
  return plain(text + by);
}

/** @param {string} text */
const plain = (text) =>
  text
    .replace(/```[\s\S]*?```/g, "")
    .replace(/\{@link (\w+)\}/g, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/([^\n])\n(?!\n)/g, "$1 ")
    .replace(/ {2,}/g, " ")
    .replace(/ `pulumi import` does not work for dynamic resources; this does\./, "")
    .trim();

/** Strings of which a few are usual: any other goes on to the provider, whose error says what to write. */
const ENUMS = {
  ClientType: {
    values: ["JavaScript", "NativeConfidential"],
    description: "The kind of a client: for browsers, or for servers.",
  },
  DeletionPolicy: {
    values: ["delete", "deactivate", "retain"],
    description: "What becomes of a client when its resource is deleted or replaced.",
  },
  Retirement: {
    values: ["deactivate", "delete"],
    description: "What becomes of the client before the current one when the overlap is over.",
  },
};
const REFS = {
  RotatingClientMember: "RotatingClientMember",
  PreviousMember: "PreviousMember",
  ClientInfo: "ClientInfo",
  RoleInfo: "RoleInfo",
  AccountRole: "AccountRole",
};
const token = (/** @type {string} */ name) => `thinkgeo:index:${name}`;
const ref = (/** @type {string} */ name) => `#/types/${token(name)}`;

/** The schema's type of a type, without Input, Output, readonly and undefined. @param {ts.Type} type @param {boolean} isInput @returns {Record<string, unknown>} */
function schemaType(type, isInput) {
  const parts = (type.isUnion() ? type.types : [type])
    .flatMap(unwrapped)
    .filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  const texts = [...new Set(parts.filter((part) => part.isStringLiteral()).map((part) => part.value))];
  const [known] = Object.entries(ENUMS).filter(
    ([, { values }]) => texts.length === values.length && values.every((value) => texts.includes(value)),
  );
  if (known !== undefined && isInput)
    return { oneOf: [{ type: "string" }, { type: "string", $ref: ref(known[0]) }] };
  const [first] = parts;
  if (first === undefined) throw new Error(`A type is empty: ${checker.typeToString(type)}`);
  const element =
    checker.isArrayType(first) && isReference(first) ? checker.getTypeArguments(first)[0] : undefined;
  if (element !== undefined) return { type: "array", items: schemaType(element, isInput) };
  const name = first.getSymbol()?.name ?? "";
  if (name in REFS) return { $ref: ref(name) };
  // Left out again below.
  if (name === "RegExp") return {};
  if (first.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral) || texts.length > 0)
    return { type: "string" };
  if (first.flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
  if (first.flags & ts.TypeFlags.NumberLike) return { type: "number" };
  if (first.isIntersection()) return { type: "string" };
  if (name === "__type" && first.getStringIndexType() !== undefined)
    return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
  if (name === "__type") return { type: "object", properties: propertiesOf(first, isInput) };
  throw new Error(`No type of the schema for ${checker.typeToString(type)}`);
}

/** @param {ts.Type} type @returns {type is ts.TypeReference} */
const isReference = (type) => "target" in type;

/** @param {ts.Type} type @returns {ts.Type[]} */
function unwrapped(type) {
  const name = type.getSymbol()?.name ?? type.aliasSymbol?.name ?? "";
  if (name === "Promise") return [];
  if (name === "OutputInstance" || name === "Output" || type.aliasSymbol?.name === "Output") {
    const [inner] = type.aliasTypeArguments ?? (isReference(type) ? checker.getTypeArguments(type) : []);
    return inner === undefined ? [] : unwrapped(inner);
  }
  return type.isUnion() ? type.types.flatMap(unwrapped) : [type];
}

/** @param {ts.Type} type @param {boolean} isInput @returns {Record<string, Record<string, unknown>>} */
function propertiesOf(type, isInput) {
  return Object.fromEntries(
    checker
      .getPropertiesOfType(type)
      .filter((symbol) => !["urn", "id"].includes(symbol.name) || !type.isClass())
      .filter(
        (symbol) =>
          symbol.declarations?.some(
            (each) =>
              each.getSourceFile().fileName.startsWith(root) &&
              !each.getSourceFile().fileName.includes("node_modules"),
          ) &&
          !(symbol.flags & ts.SymbolFlags.Method) &&
          symbol.name !== "prototype",
      )
      .map((symbol) => {
        const [declaration] = symbol.declarations ?? [];
        const schema = schemaType(
          checker.getTypeOfSymbolAtLocation(symbol, /** @type {ts.Declaration} */ (declaration)),
          isInput,
        );
        const property = PROPERTIES[symbol.name];
        return [
          symbol.name,
          {
            ...schema,
            ...(descriptionOf(symbol) !== "" && { description: descriptionOf(symbol) }),
            ...((property?.secret === true || symbol.name === "previousClientSecret") && { secret: true }),
            ...(type.isClass() && symbol.name === "type" && { replaceOnChanges: true }),
          },
        ];
      }),
  );
}

/** The properties that are always there. @param {ts.Type} type */
const required = (type) =>
  checker
    .getPropertiesOfType(type)
    .filter((symbol) => {
      const [declaration] = symbol.declarations ?? [];
      if (
        declaration === undefined ||
        declaration.getSourceFile().fileName.includes("node_modules") ||
        symbol.flags & ts.SymbolFlags.Method
      )
        return false;
      const of = checker.getTypeOfSymbolAtLocation(symbol, declaration);
      return (
        !(symbol.flags & ts.SymbolFlags.Optional) &&
        ![of, ...unwrapped(of)].some(({ flags }) => flags & ts.TypeFlags.Undefined) &&
        symbol.name !== "prototype"
      );
    })
    .map(({ name }) => name)
    .filter((name) => !type.isClass() || !["urn", "id"].includes(name));

/** The documentation of a class or a function. @param {string} file @param {string} name */
function documentation(file, name) {
  const source = program.getSourceFile(path.join(root, file));
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  return symbol === undefined
    ? ""
    : plain(
        ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\n\nThe same[\s\S]*/, ""),
      );
}

/** @param {string} name @param {string} argsName */
function resource(name, argsName) {
  const [type, args] = [typeNamed(name), typeNamed(argsName)];
  const { now, ...inputs } = propertiesOf(args, true);
  const replaces = (/** @type {string} */ key) =>
    PROPERTIES[key]?.change === "replace" && (key !== "adopt" || name === "Client");
  return {
    description: documentation("sdk/resource-classes.ts", name),
    properties: { ...propertiesOf(type, false), ...(name === "RotatingClient" && ROTATION) },
    required: required(type),
    inputProperties: Object.fromEntries(
      Object.entries(name === "RotatingClient" ? { ...inputs, now } : inputs).map(([key, value]) => [
        key,
        replaces(key) ? { ...value, replaceOnChanges: true, willReplaceOnChanges: true } : value,
      ]),
    ),
    requiredInputs: ["type"],
  };
}

const ROTATION = {
  rotation: { $ref: "pulumi.json#/Any", description: "Where the rotation stands, for the provider." },
};

/** @param {string} name */
const objectType = (name) => {
  const type = typeNamed(name);
  return { type: "object", properties: propertiesOf(type, false), required: required(type) };
};

/** @param {string} name @param {object} inputs @param {object} outputs */
const lookup = (name, inputs, outputs) => ({
  description: documentation("sdk/lookups.ts", name),
  ...(Object.keys(inputs).length > 0 && { inputs: { type: "object", properties: inputs } }),
  outputs,
});

const settings = Object.fromEntries(
  Object.entries(propertiesOf(typeNamed("AccountArgs"), true)).map(([key, { description, ...value }]) => [
    key,
    {
      ...value,
      description: String(description)
        .replace(/ Encrypted in state\./, "")
        .replace(/THINKGEO_API_URL in the environment, else /, ""),
      defaultInfo: { environment: [variableOf(key)] },
      ...(key === "clientSecret" && { secret: true }),
    },
  ]),
);

const { type: clientType, active: isActive } = propertiesOf(typeNamed("GetClientsArgs"), true);
// Not every language has JavaScript's regular expressions.
const CLIENTS_ARGS = {
  type: { ...clientType, description: "Clients of this type." },
  active: { ...isActive, description: "Clients whose key works, or does not." },
  nameStartsWith: { type: "string", description: "Clients whose name begins so." },
};

const info = objectType("ClientInfo");
const account = objectType("AccountInfo");

const schema = {
  name: "thinkgeo",
  version: VERSION,
  displayName: "ThinkGeo Cloud",
  description: "Client keys of a ThinkGeo Cloud account: their whitelists, roles and rotation.",
  keywords: ["pulumi", "thinkgeo", "maps", "geocoding", "category/cloud", "kind/native"],
  license: "Apache-2.0",
  publisher: publication.publisher || "pulumi-thinkgeo",
  ...(manifest.homepage && { homepage: manifest.homepage }),
  ...(manifest.repository && { repository: manifest.repository.url.replace(/^git\+|\.git$/g, "") }),
  ...(publication.logoUrl && { logoUrl: publication.logoUrl }),
  ...(publication.pluginDownloadURL && { pluginDownloadURL: publication.pluginDownloadURL }),
  attribution:
    "Not made by ThinkGeo. Nothing here was run against the live service: see docs/thinkgeo-api.md.",
  // With this the Go SDK is a module of its own, and the version must be here.
  meta: { moduleFormat: "(.*)", supportPack: true },
  language: {
    nodejs: { packageName: "pulumi-thinkgeo-native", respectSchemaVersion: true },
    python: {
      packageName: "pulumi_thinkgeo",
      respectSchemaVersion: true,
      pyproject: { enabled: true },
      inputTypes: "classes-and-dicts",
    },
    go: {
      // Without an address the SDK is generated where it is used, and a go.mod points at that folder.
      importBasePath: publication.goImportPath || "pulumi-thinkgeo/thinkgeo",
      respectSchemaVersion: true,
      generateResourceContainerTypes: true,
    },
    csharp: { namespaces: { thinkgeo: "ThinkGeo" }, respectSchemaVersion: true },
    // Never com.pulumi, which is Pulumi's own domain.
    java: { basePackage: publication.javaPackage || "pulumi", buildFiles: "gradle" },
  },
  config: { variables: settings },
  provider: {
    description: "One ThinkGeo Cloud account, and how to talk to it.",
    inputProperties: settings,
  },
  types: {
    ...Object.fromEntries(
      Object.entries(ENUMS).map(([name, { values, description }]) => [
        token(name),
        {
          type: "string",
          description,
          enum: values.map((value) => ({ value, name: value[0]?.toUpperCase() + value.slice(1) })),
        },
      ]),
    ),
    [token("RotatingClientMember")]: objectType("RotatingClientMember"),
    [token("PreviousMember")]: objectType("PreviousMember"),
    [token("ClientInfo")]: info,
    [token("RoleInfo")]: objectType("RoleInfo"),
    [token("AccountRole")]: objectType("AccountRole"),
  },
  resources: {
    [token("Client")]: resource("Client", "ClientArgs"),
    [token("RotatingClient")]: resource("RotatingClient", "RotatingClientArgs"),
  },
  functions: {
    [token("getClient")]: lookup("getClient", propertiesOf(typeNamed("GetClientArgs"), true), {
      ...info,
      properties: {
        ...info.properties,
        clientSecret: {
          type: "string",
          secret: true,
          description: "The secret, if it was asked for and ThinkGeo gives it.",
        },
      },
    }),
    [token("getClients")]: lookup("getClients", CLIENTS_ARGS, {
      type: "object",
      properties: {
        clients: {
          type: "array",
          items: { $ref: ref("ClientInfo") },
          description: "The clients that fit, ordered by name.",
        },
      },
      required: ["clients"],
    }),
    [token("getRoles")]: lookup(
      "getRoles",
      {},
      {
        type: "object",
        properties: { roles: { type: "array", items: { $ref: ref("RoleInfo") }, description: "The roles." } },
        required: ["roles"],
      },
    ),
    [token("getAccount")]: lookup("getAccount", {}, account),
  },
};

const text = await prettier.format(JSON.stringify(schema), {
  ...(await prettier.resolveConfig(target)),
  filepath: target,
});
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  process.stderr.write("provider/hosts/native/schema.json is not what the types say: run npm run schema.\n");
  process.exitCode = 1;
}
