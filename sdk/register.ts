import * as pulumi from "@pulumi/pulumi";
import { autoNameOf } from "../provider/naming";
import { plainSecretWarning } from "../provider/plain-secret";
import { UserError } from "../provider/troubleshooting";
import { isTextOfOutput } from "../provider/whitelist/entry";

/** Refuses what Pulumi would take, or turn down in words that do not say what to do. */
export function requireUsable(kind: string, name: unknown, opts: pulumi.CustomResourceOptions): void {
  if (typeof name !== "string" || isTextOfOutput(name))
    throw new UserError(
      "resource-options",
      `The name of a ${kind} resource must be a plain string, and this one is ${typeName(name)}: Pulumi knows a resource by it before anything is made. ` +
        'Write a name out; the value of an Output can go into the input "name", by pulumi.interpolate.',
    );
  if (opts.import !== undefined)
    throw new UserError(
      "resource-options",
      `${kind} ${JSON.stringify(name)} has the option "import", which Pulumi does not support for dynamic resources. ` +
        `Declare adopt: ${JSON.stringify(opts.import)} among its arguments instead; "thinkgeo export" writes such a program for a whole account (docs/guides/import.md).`,
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
  throw new UserError(
    "resource-options",
    `Client.get(${JSON.stringify(name)}, …) was given no GUID. "thinkgeo export" shows the GUIDs of an account's clients; getClient finds one by its name.`,
  );
}

/** Pulumi's SDK knows which settings are encrypted, and does not declare that it does. */
function isConfigSecret(key: string): boolean {
  const known = (pulumi.runtime as { readonly isConfigSecret?: (key: string) => boolean }).isConfigSecret;
  return known?.(key) ?? true;
}

const NO_STACK = {};

/** The run of a program: one process may run those of several stacks, one after the other or at once (the Automation API). */
export const currentRun = (): object => pulumi.runtime.getStackResource() ?? NO_STACK;

const warned = new WeakSet<object>();

/** Warns once a run where everybody who reads the repository can sign in. */
export function warnAboutPlainSecret(): void {
  const key = "thinkgeo:clientSecret";
  const run = currentRun();
  if (warned.has(run) || pulumi.runtime.getConfig(key) === undefined || isConfigSecret(key)) return;
  warned.add(run);
  void pulumi.log.warn(plainSecretWarning(pulumi.getStack()));
}

/** What the name is made of where the program gives none. */
export function autoName(
  name: string,
  type: string,
  parent: pulumi.Resource | undefined,
): pulumi.Output<string> {
  const urn = valueOf(pulumi.createUrn(name, type, parent));
  return pulumi.output(urn.then((text) => autoNameOf(name, text)));
}

/**
 * The value of an output without its dependencies. A URN depends on the parent, which for a component means all of its
 * children: as an input of a child it would make siblings wait for each other for ever.
 */
const valueOf = (output: pulumi.Output<string>): Promise<string> =>
  (output as unknown as { promise: () => Promise<string> }).promise();

/** Inputs that no program declares: what the provider has to know, and the engine does not tell it. */
export const internalInputs = (
  args: object | undefined,
  { replaceOnChanges = [], ignoreChanges = [] }: pulumi.CustomResourceOptions,
): pulumi.Inputs => ({
  ...(ignoreChanges.length > 0 && { ignoreChanges }),
  ...(replaceOnChanges.length > 0 && { replaceOnChanges }),
  ...secretInputs(args ?? {}),
});

/**
 * The properties that the program has made secret: the engine shows a provider their plain values, and its messages must
 * not. None where all values are plain, as in most programs.
 */
function secretInputs(args: object): { secretInputs?: pulumi.Output<string[] | undefined> } {
  const late = Object.entries(args).filter(([, value]) => isLate(value));
  if (late.length === 0) return {};
  const found = late.map(async ([key, value]) => {
    // Of a value that fails, the engine hears with the value itself.
    const isSecret = await pulumi.isSecret(pulumi.output(value)).catch(() => false);
    return isSecret ? [key] : [];
  });
  const secret = Promise.all(found).then((keys) => keys.flat());
  return { secretInputs: pulumi.output(secret.then((keys) => (keys.length === 0 ? undefined : keys))) };
}

const isLate = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) ||
  value instanceof Promise ||
  (typeof value === "object" && value !== null && Object.values(value).some(isLate));

/**
 * Makes stacks one frame long until the answer is called. Pulumi's SDK writes down a stack for every promise of every
 * property of a resource, which is most of the time that a program with many resources takes (contributing/benchmarks.md). The
 * place in the program that it sends to the engine does not depend on this; but the SDK finds that place by counting
 * frames, so no class may stand between a resource's own and `CustomResource`.
 */
export function shortStacks(): () => void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  return () => {
    Error.stackTraceLimit = limit;
  };
}

/** Gives an error that was made meanwhile the frames that it lacks, so that it still names the line of the program. */
export function withCallers(error: unknown): unknown {
  if (error instanceof Error) {
    const callers = (new Error().stack ?? "").split("\n").slice(2);
    error.stack = [error.stack ?? String(error), ...callers].join("\n");
  }
  return error;
}
