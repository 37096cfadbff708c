import type { Declaration } from "./declaration";
import type { Failure } from "./engine";
import type { World } from "./world";

/** What an error told the user to do: declare the resource otherwise, or under another name, or refresh. */
export type Advice =
  { readonly kind: "declare" | "rename"; readonly declaration: Declaration } | { readonly kind: "refresh" };

const GUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";

/** Reads an error as a user would who does exactly what it says. Undefined where it says nothing that can be done. */
export function adviceOf(world: World, { resource, error }: Failure): Advice | undefined {
  const { message } = error;
  const declared = world.program.get(resource);
  if (/run "pulumi up --refresh"/i.test(message) || message.includes("run the command again with --refresh"))
    return { kind: "refresh" };
  if (declared === undefined) return undefined;
  if (message.includes("that this stack does not know"))
    return adoptOrRename(world, resource, declared, message);
  if (message.includes("Give this resource another name in the program"))
    return { kind: "rename", declaration: { ...declared, adopt: undefined } };
  if (/[Tt]ake the adopt line out/.test(message) || message.includes("or adopt another client"))
    return { kind: "declare", declaration: { ...declared, adopt: undefined } };
  return undefined;
}

/** Adopts the first of the named clients that can be; one of another type, or taken, is somebody else's. */
function adoptOrRename(
  world: World,
  resource: string,
  declared: Declaration,
  message: string,
): Advice | undefined {
  const named = [...message.matchAll(new RegExp(`(?<guid>${GUID}) \\((?<type>\\w+)`, "g"))].map(
    ({ groups }) => groups ?? {},
  );
  if (!message.includes(`adopt: "${named[0]?.["guid"] ?? ""}"`)) return undefined;
  const taken = [...world.program.values()].map(({ adopt }) => adopt);
  const lost = named.find(
    ({ guid = "", type }) => type === declared.type && !taken.includes(guid) && !world.state.knows(guid),
  );
  const change = lost === undefined ? { name: `${resource} ${world.runs.length}` } : { adopt: lost["guid"] };
  return { kind: "declare", declaration: { ...declared, ...change } };
}

/** Does what the errors of the last run said; answers those that said nothing that can be done. */
export function follow(world: World): Failure[] {
  const failures = world.runs.at(-1)?.failures ?? [];
  return failures.filter((failure) => {
    const advice = adviceOf(world, failure);
    if (advice === undefined) return true;
    // Whoever refreshes is told to by the next command, or does it at the end.
    if (advice.kind === "refresh") return false;
    if (advice.kind === "rename") world.program.delete(failure.resource);
    const name = advice.kind === "rename" ? `${failure.resource}-${world.runs.length}` : failure.resource;
    world.program.set(name, advice.declaration);
    return false;
  });
}
