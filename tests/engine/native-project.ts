import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import type { Declaration } from "./engine-stack";

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
        type: `thinkgeo:${kind}`,
        ...($get === undefined ? { properties: resolved(args) } : { get: { id: $get } }),
        options: optionsOf(options),
      },
    ];
  });
  const outputs = declarations.map(({ name, kind }) => [
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
