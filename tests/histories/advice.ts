import { keptName } from "./account-view";
import type { Declaration } from "./declaration";
import type { Failure } from "./engine";
import type { World } from "./world";

/**
 * What an error told the user to do: declare the resource otherwise, or under another name; refresh; run again, perhaps
 * a minute later; or look whether the clients that are missing were really deleted, and say so.
 */
type Advice =
  | { readonly kind: "declare" | "rename"; readonly declaration: Declaration }
  | { readonly kind: "refresh" | "again" | "look" };

const GUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;

/** Reads an error as a user would who does exactly what it says. Undefined where it says nothing that can be done. */
export function adviceOf(world: World, failure: Failure): Advice | undefined {
  const { resource, error } = failure;
  const { message } = error;
  const declared = world.program.get(resource);
  if (/run "pulumi up --refresh"/i.test(message) || message.includes("run the command again with --refresh"))
    return { kind: "refresh" };
  if (message.includes("THINKGEO_ON_VANISHED=accept")) return { kind: "look" };
  if (declared !== undefined) {
    const change = changeOf(world, failure, declared);
    if (change !== undefined) return change;
  }
  return /run (?:"pulumi up"|the command) again|the next "pulumi up" goes on/i.test(message)
    ? { kind: "again" }
    : undefined;
}

function changeOf(world: World, { resource, error }: Failure, declared: Declaration): Advice | undefined {
  const { message } = error;
  if (message.includes("that this stack does not know"))
    return adoptOrRename(world, resource, declared, message);
  if (/new in the account|new clients that are what was asked for/.test(message)) {
    const own = named(message).find(({ guid }) => world.ledger.originOf(guid)?.resource === resource);
    return own && { kind: "declare", declaration: { ...declared, adopt: own.guid } };
  }
  if (message.includes("Give this resource another name in the program"))
    return { kind: "rename", declaration: { ...declared, adopt: undefined } };
  if (/[Tt]ake the adopt line out/.test(message) || message.includes("or adopt another client"))
    return { kind: "declare", declaration: { ...declared, adopt: undefined } };
  const [, kept] = new RegExp(`ThinkGeo accepted name ${QUOTED} and kept (${QUOTED})`).exec(message) ?? [];
  const name = kept === undefined ? undefined : String(JSON.parse(kept));
  // What is kept for good can be seen in the console; a reading may have been too early.
  if (name === undefined || world.own.client(world.state.resources.get(resource)?.id ?? "")?.name !== name)
    return undefined;
  // Some names change with every write.
  const lasting = keptName(name, world.personality) === name ? name : `${resource} ${world.runs.length}`;
  return { kind: "declare", declaration: { ...declared, name: lasting } };
}

interface Named {
  readonly guid: string;
  readonly type: string;
}

/** The clients that an error names, with or without their names. */
const named = (message: string): readonly Named[] =>
  [...message.matchAll(new RegExp(`(${GUID}) \\((?:${QUOTED}, )?(\\w+)`, "g"))].map(
    ([, guid = "", type = ""]) => ({ guid, type }),
  );

/** Adopts the first of the named clients that this program has made; where none is, they are somebody else's. */
function adoptOrRename(
  world: World,
  resource: string,
  declared: Declaration,
  message: string,
): Advice | undefined {
  const clients = named(message);
  if (!message.includes(`adopt: "${clients[0]?.guid ?? ""}"`)) return undefined;
  const taken = [...world.program.values()].map(({ adopt }) => adopt);
  const lost = clients.find(
    ({ guid, type }) =>
      type === declared.type &&
      world.ledger.isOurs(guid) &&
      !taken.includes(guid) &&
      !world.state.knows(guid),
  );
  const change = lost === undefined ? { name: `${resource} ${world.runs.length}` } : { adopt: lost.guid };
  return { kind: "declare", declaration: { ...declared, ...change } };
}

/** Does what the errors of the last run said; answers those that said nothing that can be done. */
export function follow(world: World): Failure[] {
  const failures = world.runs.at(-1)?.failures ?? [];
  return failures.filter((failure) => {
    const advice = adviceOf(world, failure);
    if (advice === undefined) return true;
    if (advice.kind === "declare" || advice.kind === "rename") {
      if (advice.kind === "rename") world.program.delete(failure.resource);
      const name = advice.kind === "rename" ? `${failure.resource}-${world.runs.length}` : failure.resource;
      world.program.set(name, advice.declaration);
    } else if (advice.kind === "look") {
      world.acceptsVanished = world.state.entries.every(({ id }) => world.own.client(id) === undefined);
    }
    // Whoever refreshes is told to by the next command, or does it at the end.
    return false;
  });
}
