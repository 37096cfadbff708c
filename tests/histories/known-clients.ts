import type { Client } from "../../emulator/index";
import { lookalikes } from "./account-view";
import type { Ledger } from "./ledger";
import type { Entry } from "./stack-state";
import type { RunRecord } from "./run-record";

/** What leaves state is gone from the account, or was meant to stay there: nothing is dropped on a guess. */
export function droppedAlive(run: RunRecord): string[] {
  const { before, after, process, touched, blind, listIsStale } = run;
  // A list that shows others, but old ones, beside readings that deny everybody: two witnesses that lie at once.
  if (blind && listIsStale) return [];
  const still = new Set(after.entries.map(({ id }) => id));
  return before.entries.flatMap(({ id, resource }) => {
    const client = after.own.get(id);
    if (still.has(id) || client === undefined || touched.has(id)) return [];
    const deletion = process.operations.find(
      (op) => op.kind === "delete" && op.id === id && op.outcome === "done",
    );
    const policy = deletion?.properties["deletionPolicy"];
    if (policy === "retain" || (deletion !== undefined && !client.isActive)) return [];
    return [`"${resource}" left the state while its client ${id} is in the account.`];
  });
}

/** What create was told of its client reaches state, whatever fails after that; or an error names it. */
export function untold({ process, after, births, failures }: RunRecord): string[] {
  if (process.dead) return [];
  return process.operations
    .filter(({ told }) => told !== undefined && !after.entries.some(({ id }) => id === told))
    .filter(({ told = "" }) => after.own.has(told) && births.some(({ client }) => client.id === told))
    .filter(({ told = "" }) => !failures.some(({ error }) => error.message.includes(told)))
    .map(
      ({ resource, told }) =>
        `Create of "${resource}" was told that it made ${told ?? ""}, and kept it to itself.`,
    );
}

/**
 * What a run has made is in state, or the run has ended in an error that names it, or that says that a client may exist.
 * Only a server whose answer said that nothing was made is believed.
 */
export function forgotten({ process, after, births, failures, touched }: RunRecord): string[] {
  if (process.dead) return [];
  return births.flatMap(({ client: { id, name }, operation }) => {
    const isKnown = after.entries.some((entry) => entry.id === id) || !after.own.has(id) || touched.has(id);
    if (isKnown || operation?.refused === true) return [];
    const isSaid = failures
      .filter(({ resource }) => resource === operation?.resource)
      .some(({ error }) => error.message.includes(id) || error.message.includes("may exist"));
    return isSaid ? [] : [`Client ${id} ("${name}") was made, and neither state nor an error speaks of it.`];
  });
}

/** While a client that an earlier run has lost still works, its create makes no other, whatever the server calls it. */
export function madeTwice({ births, before, after, touched }: RunRecord, ledger: Ledger): string[] {
  return births.flatMap(({ client, operation }) => {
    const lost = [...before.own.values()].filter(({ id, isActive }) => {
      const origin = ledger.originOf(id);
      return (
        id !== client.id &&
        isActive &&
        operation !== undefined &&
        origin?.resource === operation.resource &&
        origin.name === operation.properties["name"] &&
        !origin.isUnknowable &&
        // Nor has an adopt line of this run given it to another resource.
        ![...before.entries, ...after.entries].some((entry) => entry.id === id) &&
        !touched.has(id)
      );
    });
    return lost.map(({ id }) => `"${client.name}" was made (${client.id}) while ${id} is lost.`);
  });
}

/** Two resources of the program never have one client after an `up` that has come to its end. */
export function shared({ verb, failures, process, after, declared }: RunRecord): string[] {
  if (verb.kind !== "up" || failures.length > 0 || process.dead) return [];
  const owners = new Map<string, string>();
  return after.resources
    .filter(({ resource }) => declared.has(resource))
    .flatMap(({ id, resource }) => {
      const other = owners.get(id) ?? resource;
      owners.set(id, resource);
      return other === resource ? [] : [`"${other}" and "${resource}" have the same client ${id}.`];
    });
}

/** Keys in state are the account's. A secret may be lacking where the service did not show it; a wrong one never. */
export function wrongKeys({ before, after, process, calm }: RunRecord, secretsShown: boolean): string[] {
  return after.entries.flatMap((entry) => {
    const client = after.own.get(entry.id);
    // A bare --target-replace may take a client over that state has, and then state has it twice.
    const earlier = before.entries.filter(
      ({ id, resource }) => id === entry.id && resource === entry.resource,
    );
    const hadSecret =
      earlier.length > 0 && earlier.every(({ outputs }) => outputs["clientSecret"] !== undefined);
    // Who takes a client over cannot have a secret that the service shows at creation only.
    const isTakenOver = process.operations.some(({ kind, id }) => kind === "create" && id === entry.id);
    const mustHaveSecret = secretsShown || (hadSecret && !isTakenOver);
    return client === undefined ? [] : keyProblems(entry, client, mustHaveSecret, calm);
  });
}

function keyProblems(
  { resource, outputs, failed }: Entry,
  client: Client,
  mustHaveSecret: boolean,
  calm: boolean,
): string[] {
  const isNative = outputs["type"] === "NativeConfidential";
  const { clientId, apiKey, clientSecret, ownerId } = outputs;
  return [
    clientId !== client.apiKey && "clientId",
    apiKey !== (isNative ? undefined : client.apiKey) && "apiKey",
    clientSecret !== (isNative ? client.apiSecret : undefined) &&
      !(isNative && clientSecret === undefined && !mustHaveSecret) &&
      "clientSecret",
    // A client that could not be finished, or whose account could not be read, learns it in the next run.
    ownerId !== client.ownerId && !((failed || !calm) && ownerId === undefined) && "ownerId",
  ]
    .filter((name) => name !== false)
    .map((name) => `State's ${name} of "${resource}" (${client.id}) is not the account's.`);
}

/**
 * Invariant (i) between runs: of what this provider made, the working clients that state does not know. For one
 * resource and one name that is at most one, and only of a create that did not come to its end: it failed, or its
 * process died. A program that then asks for another name makes another client, and the lost one stays as it is; the
 * account has nothing by which to tell whose it is. (`thinkgeo drift` lists such clients.)
 */
export function strays(run: RunRecord, runs: readonly RunRecord[], ledger: Ledger): string[] {
  const known = new Set(run.after.entries.map(({ id }) => id));
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const [id, client] of run.after.own) {
    const origin = ledger.originOf(id);
    if (origin === undefined || origin.isUnknowable || known.has(id) || !client.isActive) continue;
    const key = `${origin.resource} ${origin.name}`;
    const first = seen.get(key);
    if (first !== undefined)
      problems.push(`State has lost two clients of "${origin.resource}": ${first} and ${id}.`);
    seen.set(key, id);
    const maker = runs.find(({ number }) => number === origin.run);
    const create = maker?.process.operations.find(
      (op) => op.kind === "create" && op.resource === origin.resource,
    );
    if (create?.outcome === "done" && maker?.process.dead === false)
      problems.push(`Create of "${origin.resource}" succeeded, and state does not know client ${id}.`);
  }
  return problems;
}

/** The engine does not show the client of a resource that a trigger replaces. */
const isTriggered = (resource: string, { verb }: RunRecord): boolean =>
  verb.kind === "up" && verb.replace?.by === "trigger" && verb.replace.resource === resource;

/**
 * In a run in which nothing goes wrong, a lost client is named with the line that adopts it, or taken over. What a
 * trigger replaces is not shown: a stranger that has the name of what it replaces, which a hand has renamed, is taken for it.
 */
export function unreported(run: RunRecord, ledger: Ledger): string[] {
  if (!run.calm || run.options.astray) return [];
  return run.process.operations.flatMap((operation) => {
    const { kind, properties, resource, id } = operation;
    if (kind !== "create" || properties["adopt"] !== undefined) return [];
    const shown = new Set(
      run.before.entries
        .filter((entry) => run.process.shown.has(entry.id) || isTriggered(entry.resource, run))
        .map((entry) => entry.id),
    );
    const claimed = run.process.operations.map((op) => op.properties["adopt"]);
    const lost = lookalikes(run.before.own, properties, run.service).filter(
      (client) =>
        !shown.has(client.id) &&
        !claimed.includes(client.id) &&
        !run.touched.has(client.id) &&
        (!isTriggered(resource, run) || ledger.isOurs(client.id)),
    );
    if (lost.length === 0 || (lost.length === 1 && lost[0]?.id === id)) return [];
    const text = run.failures.find((failure) => failure.resource === resource)?.error.message ?? "";
    const named = lost.every((client) => text.includes(client.id)) && /adopt: "[-0-9a-f]{36}"/.test(text);
    return named
      ? []
      : [`The lost ${lost.map((client) => client.id).join(", ")} of "${resource}" is not reported: ${text}`];
  });
}
