import type { Budget } from "../cloud/time";
import type { ClientArgs } from "../model/client";
import { bareName, isRespelled } from "../model/names";
import { isOmitted, type RemoteClient } from "../model/wire";
import type { Account } from "./account";
import type { Roster } from "./roster";
import type { Known } from "./known";
import type { ClientWriter } from "./write";

/** What a create would make a second time. */
interface Found {
  readonly clients: readonly RemoteClient[];
  /** Their name says so; otherwise too little is left of it, and everything else does. */
  readonly byName: boolean;
}

/** So many digits of a generated name's hash are nobody else's by chance. */
const SURE_DIGITS = 4;

/** Finds the clients in the account that an earlier run may have made for a create, and that state does not know. */
export class LostClients {
  constructor(
    private readonly account: Account,
    private readonly known: Known,
    private readonly writer: ClientWriter,
  ) {}

  /** @param names that the client has or had, in whatever form a server may keep them */
  async find(
    roster: Roster,
    args: ClientArgs,
    names: readonly string[],
    doing: string,
    budget: Budget,
  ): Promise<Found> {
    const unreadable = roster.unreadable.filter(
      ({ id, name }) =>
        id !== undefined &&
        !this.known.hasId(id) &&
        // An item whose name cannot be read either may be anybody's.
        (name === undefined || names.some((ours) => isRespelled(ours, name)) || isCutOff(args, name, 1)),
    );
    await this.account.readAgain(unreadable, roster, doing, budget);
    const wanted = new Set(names.map(bareName));
    const unknown = await this.#unknownIn(roster, budget);
    const nameless = unknown.filter((client) => isOmitted(client, "name"));
    const clients = unknown.filter(
      // An inactive one is retired: it was not left by a create that asked for an active one, and waking it would put an
      // old key back into force.
      ({ name, isActive }) =>
        (isActive || !args.active) && (wanted.has(bareName(name)) || isCutOff(args, name, SURE_DIGITS)),
    );
    for (const client of nameless) if (await this.writer.mayBe(client, args, budget)) clients.push(client);
    if (clients.length > 0) return { clients, byName: nameless.length === 0 };
    for (const client of unknown)
      if (isCutOff(args, client.name, 1) && (await this.writer.asSent(client, args, budget)) !== undefined)
        return { clients: [client], byName: false };
    return { clients: [], byName: true };
  }

  /** Clients that state does not know, in full: one whose name the list leaves out may be any. */
  async #unknownIn(roster: Roster, budget: Budget): Promise<RemoteClient[]> {
    const unknown = roster.all.filter(({ id }) => !this.known.hasId(id));
    return Promise.all(
      unknown.map(async (client) =>
        isOmitted(client, "name") ? this.account.inFull(client, budget) : client,
      ),
    );
  }
}

/** Whether a listed name is the beginning of the generated one, with at least so many digits of its hash. */
function isCutOff({ name, autoName }: ClientArgs, listed: string, digits: number): boolean {
  const resource = name.replace(/-[^-]*$/, "-");
  return (
    autoName !== undefined &&
    listed.length >= resource.length + digits &&
    listed.length < name.length &&
    name.startsWith(listed)
  );
}
