import type * as pulumi from "@pulumi/pulumi";

/** What the provider has to know and the engine does not tell it: dynamic resources have no detailed differences. */
export const replaceOnChanges = ({
  replaceOnChanges: paths,
}: pulumi.CustomResourceOptions): { replaceOnChanges?: string[] } =>
  paths === undefined || paths.length === 0 ? {} : { replaceOnChanges: paths };
