import { closest } from "../../provider/text";
import { CLIENT_TYPES } from "../../provider/model/wire";
import type { RemoteClient } from "../../provider/model/wire";
import type { AccountAccess } from "../account/access";
import type { Subject } from "./report";
import { quoted } from "../text";

/** A client of the account by its GUID, or by its exact name. One list. */
export async function fromAccount({ account, budget }: AccountAccess, wanted: string): Promise<Subject> {
  const roster = await account.roster(budget());
  const byId = roster.find(wanted);
  const found = byId === undefined ? roster.all.filter(({ name }) => name === wanted) : [byId];
  const [client, ...others] = found;
  if (client === undefined) {
    roster.requireComplete("find the client");
    const near = closest(
      wanted,
      roster.all.map(({ name }) => name),
    );
    const guess =
      near === undefined ? '"thinkgeo drift" lists what there is' : `did you mean ${quoted(near)}?`;
    throw new Error(`The account has no client ${quoted(wanted)}: ${guess.replace(/([^?])$/, "$1.")}`);
  }
  if (others.length > 0)
    throw new Error(
      `The account has ${found.length} clients named ${quoted(wanted)}: name one by its GUID (${found.map(({ id }) => id).join(", ")}).`,
    );
  return subjectOf(client);
}

function subjectOf(client: RemoteClient): Subject {
  const { id, name, clientType, sharedMode, isActive, allowedOrigins } = client;
  const type = CLIENT_TYPES.find((known) => known === clientType);
  if (type === undefined)
    throw new Error(
      `The client ${quoted(name)} is of type ${quoted(String(clientType))}, which this version does not know.`,
    );
  const inForce = sharedMode === "Origin" ? "origins" : sharedMode === "IpAddress" ? "addresses" : null;
  // How the API was seen to write "no restriction": no second whitelist beside one of origins.
  const isDefault = inForce !== "addresses" && client.allowedIpAddresses.join() === "*.*.*.*";
  return {
    from: "account",
    id,
    name,
    stack: null,
    resource: null,
    type,
    active: isActive,
    allowedOrigins: [...allowedOrigins],
    allowedIpAddresses: isDefault ? [] : [...client.allowedIpAddresses],
    inForce,
  };
}
