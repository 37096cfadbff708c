import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadAll } from "js-yaml";

/** GitLab's component for drift. A user copies it to `ci/thinkgeo-drift.yml`, or makes a project of its directory. */
export const COMPONENT = resolve(
  __dirname,
  "../../examples/pipelines/gitlab-component",
  join("templates", "drift.yml"),
);

type Value = string | boolean;

interface Input {
  readonly description: string;
  readonly type?: "string" | "boolean";
  readonly default?: Value;
}

interface ComponentJob {
  readonly stage: string;
  readonly image: string;
  readonly rules: readonly { readonly if: string }[];
  readonly variables: Readonly<Record<string, string>>;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
}

const text = readFileSync(COMPONENT, "utf8");

export const componentInputs: Readonly<Record<string, Input | undefined>> = (
  loadAll(text)[0] as { spec: { inputs: Record<string, Input> } }
).spec.inputs;

/** The jobs of the component, as GitLab makes them of its inputs: it fills them into the text. */
export function componentJobs(inputs: Readonly<Record<string, Value>>): Record<string, ComponentJob> {
  const filled = text.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = inputs[name] ?? componentInputs[name]?.default;
    if (value === undefined) throw new Error(`The component has no input ${name}, or it was not given.`);
    return String(value);
  });
  return loadAll(filled)[1] as Record<string, ComponentJob>;
}
