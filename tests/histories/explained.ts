import { isDeepStrictEqual } from "node:util";
import type { Client } from "../../emulator/index";
import { keptName, lookalikes } from "./account-view";
import { clientIn, unlike } from "./declaration";
import type { Operation } from "./provider-process";
import type { Entry, Properties } from "./stack-state";
import type { RunRecord } from "./run-record";

/**
 * Invariants (i) and (ii) over one run: every client of the account is after it exactly as it was before, unless an
 * operation that the engine asked for explains the difference, or a hand in the console made it.
 */
export function unexplained(run: RunRecord): string[] {
  const { before, after, process, births, touched, rivals, service } = run;
  const softDelete = service.softDelete === true;
  const problems: string[] = [];
  if (!isDeepStrictEqual(before.other, after.other)) problems.push("The other account was touched.");
  const mayGo = new Set(process.operations.filter((op) => isDeletion(op, "delete")).map(({ id }) => id));
  const mayChange = new Set(process.operations.flatMap((op) => changedBy(op, run)));
  const others = rivals.map((client) => [client.id, client] as const);
  for (const [id, client] of [...before.own, ...others]) {
    const now = after.own.get(id);
    if (touched.has(id)) continue;
    if (now === undefined) {
      // Where both are to go, it does not matter for which of two resources a client goes.
      const stays = ({ resource }: Entry): boolean =>
        run.verb.kind !== "destroy" && run.declared.has(resource);
      const owner = after.entries.find((entry) => entry.id === id && stays(entry) && !isDeleted(entry, run));
      if (owner !== undefined)
        problems.push(`The client of "${owner.resource}" (${id}) was deleted for somebody else.`);
      if (!mayGo.has(id) || softDelete)
        problems.push(`Client ${id} ("${client.name}") is gone, and nobody asked for that.`);
    } else if (!isDeepStrictEqual(client, now) && !mayChange.has(id) && !(softDelete && mayGo.has(id))) {
      problems.push(`Client ${id} ("${client.name}") was changed, and nobody asked for that.`);
    } else if (!isDeepStrictEqual(unmanaged(client, run), unmanaged(now, run))) {
      problems.push(`Client ${id} ("${client.name}") has lost something that nobody declares.`);
    }
  }
  for (const operation of process.operations) {
    const made = births.filter((birth) => birth.operation === operation && !touched.has(birth.client.id));
    if (made.length > 1) problems.push(`One create of "${operation.resource}" made ${made.length} clients.`);
  }
  for (const { client, operation } of births) {
    const { kind, properties } = operation ?? {};
    const isAsked = kind === "create" && keptName(properties?.["name"], service) === client.name;
    const adopts = properties?.["adopt"];
    // An adopt line that is left over does not keep the client that it once named from being replaced.
    const isLeftOver = before.entries.some(({ id, outputs }) => [id, outputs["adopted"]].includes(adopts));
    if (!isAsked || (adopts !== undefined && !isLeftOver))
      problems.push(`Client ${client.id} ("${client.name}") was made, and nobody asked for that.`);
  }
  return problems;
}

/**
 * A create that made nothing took something over: as the program says, or as the settings allow. An equal client that
 * somebody else made in the same seconds cannot be told from the create's own.
 */
export function takenInSilence({ process, births, options, touched, rivals }: RunRecord): string[] {
  const mayTakeOver = (inputs: Properties): boolean =>
    inputs["adopt"] !== undefined || (options.onLostClient === "adopt" && inputs["autoName"] !== undefined);
  const isTwin = (id: string, inputs: Properties): boolean =>
    touched.has(id) || rivals.some((made) => made.id === id && unlike(made, inputs).size === 0);
  return process.operations
    .filter(({ kind, id, properties }) => kind === "create" && id !== undefined && !mayTakeOver(properties))
    .filter(
      ({ id = "", properties }) => !births.some(({ client }) => client.id === id) && !isTwin(id, properties),
    )
    .map(({ id = "", resource }) => `Create of "${resource}" took over ${id}, and nobody asked for that.`);
}

/** An operation that says that it succeeded has done what it was asked for, and not only answered. */
export function brokenPromises(run: RunRecord): string[] {
  const { after, process, touched } = run;
  const known = new Set(after.entries.map(({ id }) => id));
  return process.operations.flatMap((operation) => {
    const { kind, id = "", outcome, resource, properties } = operation;
    const client = after.own.get(id);
    if (outcome !== "done" || kind === "read" || touched.has(id) || run.options.astray) return [];
    if (kind !== "delete") {
      if (client === undefined)
        return [`${kind} of "${resource}" succeeded, and the account has no client ${id}.`];
      // A later operation of the same run may have changed or replaced it.
      if (!isLast(operation, run)) return [];
      const asked = operation.olds && unlike(clientIn(operation.olds), properties);
      return (
        [...unlike(client, properties)]
          // What somebody else has changed, and the program has not, an update leaves as it is.
          .filter(([property]) => asked?.has(property) !== false)
          .map(([, wrong]) => `After ${kind} of "${resource}": ${wrong}.`)
      );
    }
    // How many that cannot be seen may be believed to be gone: droppedAlive. A delete reaches them, unless it too is told
    // that there are none.
    const isBelievedGone = run.blind && (isDeletion(operation, "deactivate") || isDenied(id, run));
    const stays = isDeletion(operation, "retain") || known.has(id) || isBelievedGone;
    return client?.isActive === true && !stays
      ? [`Delete of "${resource}" succeeded, and client ${id} still works.`]
      : [];
  });
}

const isDenied = (id: string, { process }: RunRecord): boolean =>
  process.trace.some((line) => line.startsWith("DELETE ") && line.includes(id) && line.endsWith(": 404"));

/**
 * No key is switched on, or opened to everybody, unless the program asks for that: who takes a client over wants it as
 * it is declared, and an update makes only of what state has what is declared now.
 */
export function opened(run: RunRecord): string[] {
  const { before, after, process, touched, obeyed } = run;
  return [...before.own].flatMap(([id, client]) => {
    const now = after.own.get(id);
    if (now === undefined || touched.has(id) || !obeyed) return [];
    const asking = process.operations.filter((op) => op.kind !== "delete" && changedBy(op, run).includes(id));
    const asks = (isMore: (wanted: Asked, olds: Asked) => boolean): boolean =>
      asking.some(({ properties, olds }) =>
        isMore(askedOf(properties), olds === undefined ? SHUT : askedOf(olds)),
      );
    return [
      ...(now.isActive && !client.isActive && !asks((wanted, olds) => wanted.works && !olds.works)
        ? [`Client ${id} ("${client.name}") was switched on, and nobody asked for that.`]
        : []),
      ...(now.isActive &&
      isOpen(now) &&
      !isOpen(client) &&
      !asks((wanted, olds) => wanted.isOpen && !olds.isOpen)
        ? [`Client ${id} ("${client.name}") was opened to everybody, and nobody asked for that.`]
        : []),
    ];
  });
}

interface Asked {
  readonly works: boolean;
  readonly isOpen: boolean;
}

const SHUT: Asked = { works: false, isOpen: false };

const askedOf = ({ active, allowedOrigins, allowedIpAddresses }: Properties): Asked => ({
  works: active !== false,
  isOpen: [allowedOrigins, allowedIpAddresses].every((list) => !Array.isArray(list) || list.length === 0),
});

const isOpen = ({ sharedMode, allowedOrigins, allowedIpAddresses }: Client): boolean =>
  (sharedMode === "Origin" ? allowedOrigins : allowedIpAddresses).length === 0;

const isLast = (operation: Operation, { process }: RunRecord): boolean =>
  process.operations.findLast(({ id, kind }) => id === operation.id && kind !== "read") === operation;

function isDeletion({ kind, properties }: Operation, policy: string): boolean {
  return kind === "delete" && properties["deletionPolicy"] === policy;
}

/**
 * What of a client no operation of the run was to touch: unknown fields, and roles that are not declared. Where a refresh
 * and the reading before an update both show the roles of before, nothing tells that they are old: they are written back.
 */
function unmanaged(client: Client, { process, ...run }: RunRecord): Partial<Client> {
  const { extra, grantedRoles } = client;
  const declaresRoles = process.operations.some(
    (op) => op.properties["grantedRoles"] !== undefined && changedBy(op, run).includes(client.id),
  );
  return declaresRoles || run.sawThePast ? { extra } : { extra, grantedRoles: [...grantedRoles].sort() };
}

/** Whether the run was asked to delete just this resource, and not only its client. */
const isDeleted = (entry: Entry, { process }: RunRecord): boolean =>
  process.operations.some(
    ({ kind, id, resource, properties }) =>
      kind === "delete" &&
      id === entry.id &&
      resource === entry.resource &&
      isDeepStrictEqual(properties, entry.outputs),
  );

/** Clients that an operation may change in place. */
function changedBy(
  operation: Operation,
  { before, options, service }: Pick<RunRecord, "before" | "options" | "service">,
): string[] {
  const { kind, id, properties } = operation;
  if (kind === "update" || isDeletion(operation, "deactivate")) return id === undefined ? [] : [id];
  if (kind !== "create") return [];
  const { adopt } = properties;
  const adopted = typeof adopt === "string" ? [adopt] : [];
  // An adopt line that is left over does not count, and then a lost client may be taken over.
  const isLeftOver = before.entries.some(({ id: held, outputs }) =>
    [held, outputs["adopted"]].includes(adopt),
  );
  const mayTakeOver =
    options.onLostClient === "adopt" &&
    properties["autoName"] !== undefined &&
    (adopt === undefined || isLeftOver);
  const lost = mayTakeOver ? lookalikes(before.own, properties, service) : [];
  return [...adopted, ...lost.map((client) => client.id)];
}
