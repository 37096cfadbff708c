import * as pulumi from "@pulumi/pulumi";

/** What the provider has to know and the engine does not tell it: dynamic resources have no detailed differences. */
export const replaceOnChanges = ({
  replaceOnChanges: paths,
}: pulumi.CustomResourceOptions): { replaceOnChanges?: string[] } =>
  paths === undefined || paths.length === 0 ? {} : { replaceOnChanges: paths };

/**
 * The properties that the program has made secret: the engine shows a provider their plain values, and its messages must
 * not. None where all values are plain, as in most programs.
 */
export function secretInputs(args: object): { secretInputs?: pulumi.Output<string[] | undefined> } {
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
