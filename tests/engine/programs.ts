import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository";

/** One resource of the program that a test runs. `{ $output: ["web", "apiKey"] }` stands for another's output. */
export interface Declaration {
  readonly name: string;
  /** The class; an Account is an explicit provider, which other resources name by the option `provider`. @default "Client" */
  readonly kind?: "Client" | "RotatingClient" | "Account";
  readonly args: Readonly<Record<string, unknown>>;
  readonly opts?: Readonly<Record<string, unknown>>;
}

/** A TypeScript program on the dynamic host, that declares what `program.json` says. */
export const DYNAMIC_PROGRAM = `
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const thinkgeo = require("pulumi-thinkgeo");
const made = {};
const resolve = (value) => {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== "object" || value === null) return value;
  if ("$output" in value) return made[value.$output[0]][value.$output[1]];
  if ("$secret" in value) return pulumi.secret(value.$secret);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
};
for (const { name, kind, args, opts } of JSON.parse(readFileSync("program.json", "utf8"))) {
  const options = Object.fromEntries(Object.entries(opts ?? {}).map(([key, value]) => [key, ["dependsOn", "parent", "deletedWith", "provider"].includes(key) ? [value].flat().map((other) => made[other]) : value]));
  for (const alias of options.aliases ?? []) if (alias.parent?.$root) alias.parent = pulumi.rootStackResource;
  if (options.parent) options.parent = options.parent[0];
  if (options.deletedWith) options.deletedWith = options.deletedWith[0];
  if (options.provider) options.provider = options.provider[0];
  const { $get, ...rest } = options;
  const client = $get ? thinkgeo.Client.get(name, $get) : new thinkgeo[kind ?? "Client"](name, resolve(args), rest);
  made[name] = client;
  if (kind === "Account") continue;
  exports[name] = { id: client.id, name: client.name, clientId: client.clientId, apiKey: client.apiKey, clientSecret: client.clientSecret, effectiveRoles: client.effectiveRoles };
  if (kind === "RotatingClient") for (const key of ["current", "previous", "rotatedAt", "nextAction", "nextActionAt"]) exports[name][key] = client[key];
}
`;

/** Where npm puts the plugin when the package is installed in a folder, and where a project that `thinkgeo export` wrote looks for it. */
export const PLUGIN_FOLDER = "./node_modules/.bin";

/** The plugin as it is started from this repository, in a folder of its own, for `plugins:` of a project. */
export function writePlugin(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const launcher = join(folder, "pulumi-resource-thinkgeo");
  const main = join(REPOSITORY, "dist/provider/hosts/native/main.js");
  writeFileSync(launcher, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(launcher, 0o755);
}

const OUTPUTS = ["id", "name", "clientId", "apiKey", "clientSecret", "effectiveRoles"];
const ROTATION_OUTPUTS = ["current", "previous", "rotatedAt", "nextAction", "nextActionAt"];

/** A YAML program that declares the same as a TypeScript one. JSON is YAML. */
export function nativeProgram(project: string, declarations: readonly Declaration[]): string {
  const resources = declarations.map(({ name, kind = "Client", args, opts = {} }) => {
    const { $get, ...options } = opts;
    return [
      name,
      {
        type: kind === "Account" ? "pulumi:providers:thinkgeo" : `thinkgeo:${kind}`,
        ...($get === undefined ? { properties: resolved(args) } : { get: { id: $get } }),
        options: optionsOf(options),
      },
    ];
  });
  const outputs = declarations
    .filter(({ kind }) => kind !== "Account")
    .map(({ name, kind }) => [
      name,
      Object.fromEntries(
        [...OUTPUTS, ...(kind === "RotatingClient" ? ROTATION_OUTPUTS : [])].map((key) => [
          key,
          `\${${name}.${key}}`,
        ]),
      ),
    ]);
  return JSON.stringify({
    name: project,
    runtime: "yaml",
    plugins: { providers: [{ name: "thinkgeo", path: "./plugin" }] },
    resources: Object.fromEntries(resources) as unknown,
    outputs: Object.fromEntries(outputs) as unknown,
  });
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (Array.isArray(fields["$output"])) return `\${${fields["$output"].join(".")}}`;
  if ("$secret" in fields) return { "fn::secret": fields["$secret"] };
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, resolved(inner)]));
}

const OF_RESOURCES = ["dependsOn", "deletedWith", "parent", "provider"];

const optionsOf = (options: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key,
      !OF_RESOURCES.includes(key)
        ? value
        : Array.isArray(value) || key === "dependsOn"
          ? [value].flat().map((name) => `\${${String(name)}}`)
          : `\${${String(value)}}`,
    ]),
  );
