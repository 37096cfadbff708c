import type { Declaration } from "./declaration";
import type { Failure } from "./engine";
import type { World } from "./world";

/** What an error told the user to do. "rerun" is the advice that costs nothing. */
export type Advice =
  { readonly kind: "declare"; readonly declaration: Declaration } | { readonly kind: "refresh" | "rerun" };

const GUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";

/** Reads an error as a user would who does exactly what it says. Undefined where it says nothing that can be done. */
export function adviceOf(world: World, { resource, error }: Failure): Advice | undefined {
  const { message } = error;
  const declared = world.program.get(resource);
  if (
    message.includes('run "pulumi up --refresh"') ||
    message.includes("run the command again with --refresh")
  )
    return { kind: "refresh" };
  if (declared === undefined) return undefined;
  if (message.includes("that this stack does not know"))
    return adoptOrRename(world, resource, declared, message);
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

/** Does what the errors of the last run said; answers what could not be done. */
export function follow(world: World): { refresh: boolean; lost: Failure[] } {
  const failures = world.runs.at(-1)?.failures ?? [];
  let refresh = false;
  const lost: Failure[] = [];
  for (const failure of failures) {
    const advice = adviceOf(world, failure);
    if (advice === undefined) lost.push(failure);
    else if (advice.kind === "declare") world.program.set(failure.resource, advice.declaration);
    else refresh ||= advice.kind === "refresh";
  }
  return { refresh, lost };
}
