import type { Stack } from "./stack";
import { openProperties, type Opened } from "./sealed";

/** A place in a program. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** One resource that manages a client. */
export interface Managed {
  readonly stack: string;
  readonly resource: string;
  readonly urn: string;
  readonly id: string;
  readonly source: Source | null;
  readonly inputs: Opened;
  readonly outputs: Opened;
}

/** Every resource of every stack, by the id of its client. */
export function managedById(stacks: readonly Stack[]): Map<string, Managed[]> {
  const byId = new Map<string, Managed[]>();
  for (const { name: stack, clients } of stacks)
    for (const { urn, resource, id, sourcePosition, inputs, outputs } of clients) {
      const key = id.toLowerCase();
      const managed = {
        stack,
        resource,
        urn,
        id,
        source: sourceOf(sourcePosition),
        inputs: openProperties(inputs),
        outputs: openProperties(outputs),
      };
      const others = byId.get(key);
      if (others === undefined) byId.set(key, [managed]);
      else others.push(managed);
    }
  return byId;
}

const SCHEME = "project:///";

/** `project:///src/index.ts#12,5` is line 12 of src/index.ts; what leads out of the project is no place in it. */
function sourceOf(position = ""): Source | null {
  const [file = "", place = ""] = position.slice(SCHEME.length).split("#");
  const line = Number.parseInt(place, 10);
  const inside = position.startsWith(SCHEME) && /^[\w.@+-][\w.@+/-]*$/.test(file) && !file.includes("..");
  return inside && line > 0 ? { file, line } : null;
}

/** How a person finds the resource: its name, and the stack's. */
export const placeOf = ({ stack, resource }: { stack: string; resource: string }): string =>
  `${resource} in ${stack}`;

/** The client's secret as the stack knows it, where its export holds it in plain. */
export function secretOf({ outputs }: Managed): string | undefined {
  const secret = outputs.values["clientSecret"];
  return typeof secret === "string" && secret !== "" ? secret : undefined;
}
