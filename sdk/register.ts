import * as pulumi from "@pulumi/pulumi";
import { isTextOfOutput } from "../provider/whitelist/entry";

/** Refuses what Pulumi would take, or turn down in words that do not say what to do. */
export function requireUsable(kind: string, name: unknown, opts: pulumi.CustomResourceOptions): void {
  if (typeof name !== "string" || isTextOfOutput(name))
    throw new Error(
      `The name of a ${kind} resource must be a plain string, and this one is ${typeName(name)}: Pulumi knows a resource by it before anything is made. ` +
        'Write a name out; the value of an Output can go into the input "name", by pulumi.interpolate.',
    );
  if (opts.import !== undefined)
    throw new Error(
      `${kind} ${JSON.stringify(name)} has the option "import", which Pulumi does not support for dynamic resources. ` +
        `Declare adopt: ${JSON.stringify(opts.import)} among its arguments instead; "thinkgeo export" writes such a program for a whole account (docs/adopt.md).`,
    );
}

function typeName(name: unknown): string {
  if (typeof name === "string") return "the text of an Output";
  return pulumi.Output.isInstance(name) ? "an Output" : name === null ? "null" : `of type ${typeof name}`;
}

/** The GUID that a look-up was given. Pulumi would make a client where there is none. */
export function requireId(name: string, id: unknown): pulumi.Input<pulumi.ID> {
  if (pulumi.Output.isInstance(id) || id instanceof Promise)
    return pulumi.output(id).apply((known: unknown) => requireText(name, known));
  return requireText(name, id);
}

function requireText(name: string, id: unknown): string {
  if (typeof id === "string" && id !== "") return id;
  throw new Error(
    `Client.get(${JSON.stringify(name)}, …) was given no GUID. "thinkgeo export" shows the GUIDs of an account's clients; getClient finds one by its name.`,
  );
}

/** Pulumi's SDK knows which settings are encrypted, and does not declare that it does. */
function isConfigSecret(key: string): boolean {
  const known = (pulumi.runtime as { readonly isConfigSecret?: (key: string) => boolean }).isConfigSecret;
  return known?.(key) ?? true;
}

/** One process may run the programs of several stacks (the Automation API). */
const told = new WeakSet<object>();
const NO_STACK = {};

/** Warns once a run where everybody who reads the repository can sign in. */
export function warnAboutPlainSecret(): void {
  const key = "thinkgeo:clientSecret";
  const run = pulumi.runtime.getStackResource() ?? NO_STACK;
  if (told.has(run) || pulumi.runtime.getConfig(key) === undefined || isConfigSecret(key)) return;
  told.add(run);
  void pulumi.log.warn(
    `${key} is in plain text in Pulumi.${pulumi.getStack()}.yaml, so everybody who reads that file has it. ` +
      `Store it with "pulumi config set --secret ${key}"; if the file was ever shared, sign in with a new client, and delete this one.`,
  );
}
