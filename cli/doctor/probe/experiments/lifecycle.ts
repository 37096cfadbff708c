import { randomUUID } from "node:crypto";
import type { WireAnswer } from "../../../../provider/cloud/transport";
import { isEnvelope } from "../../../../provider/model/envelope";
import type { RemoteClient } from "../../../../provider/model/wire";
import type { AnswerTo } from "../questions";
import {
  casingIn,
  etagIn,
  formOfItems,
  hasNull,
  jsonOf,
  leftOut,
  linkIn,
  oneOf,
  type Raw,
  secretIn,
} from "../reading";
import { textsIn } from "../../../text";
import type { Answers } from "../report";
import { type ProbeRequests, type Decided, type Listed, ProbeStopped } from "../requests";
import { type Experiment, type Setup, ThrowawayClient } from "../throwaway-client";
import { readFormOfRoles } from "./roles";

/** An address reserved for documentation (RFC 5737): the key cannot be used from anywhere. */
export const NOWHERE = "192.0.2.1";
/** A name reserved for documentation (RFC 2606). */
export const NO_SITE = "thinkgeo-doctor.example";

/** Creates both throw-away clients, and answers all questions that this answers. */
export async function createBoth(requests: ProbeRequests, answers: Answers, name: string): Promise<Setup> {
  const body: Raw = {
    name,
    clientType: "NativeConfidential",
    sharedMode: "IpAddress",
    allowedOrigins: [],
    allowedIpAddresses: [NOWHERE],
    isActive: true,
  };
  const key = randomUUID();
  const made = await requests.create(body, key);
  const client = requireMade(made);
  readAnswerOfCreate(made.answer, client, answers);
  // Both are requested at once: waiting for one would hide a lag of the other.
  const early = await requests.read(client.id);
  const list = await requests.list();
  const read = isReadable(early) ? readable(early) : await readNew(requests, client.id);
  answers.settle("visible", isReadable(early) ? "at once" : "later");
  answers.settle("secretOnGet", secretIn(read.client));
  answers.settle("getOmits", leftOut(client.raw, read.client.raw));
  answers.settle("etag", etagIn(read.answer));
  const whole = { ...client.raw, ...read.client.raw };
  await readList(requests, answers, whole, list);
  requireOnly(read.client.raw, "allowedIpAddresses", NOWHERE);
  const roles = await requests.roles();
  const { grantedRoles } = whole;
  readFormOfRoles(grantedRoles, answers);
  const count = Array.isArray(grantedRoles) ? grantedRoles.length : 0;
  if (roles.length > 0)
    answers.settle("rolesOnCreate", count === 0 ? "none" : count === roles.length ? "all" : "some");
  const native = new ThrowawayClient(requests, client.id, { ...body, grantedRoles }, read.client);
  const script = await makeSecond(requests, answers, name);
  return { requests, answers, native, script, roles, first: { body, key }, firstEtag: read.client.etag };
}

async function makeSecond(requests: ProbeRequests, answers: Answers, name: string): Promise<ThrowawayClient> {
  const body: Raw = {
    name,
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: [NO_SITE],
    allowedIpAddresses: [],
  };
  const first = await requests.create(body);
  const other = first.refused ? `${name}-2` : name;
  const made = first.refused ? await requests.create({ ...body, name: other }) : first;
  const client = requireMade(made);
  answers.settle("sameName", first.refused ? "refused" : "accepted");
  const status = oneOf(first.answer.status, ["409", "400", "422"], "other");
  answers.settle("sameNameStatus", first.refused ? status : "none");
  if (hasNull(jsonOf(made.answer))) answers.settle("nullMembers", "written");
  const read = await readNew(requests, client.id);
  answers.settle("secretOfJavaScript", secretIn(read.client));
  const { isActive } = read.client.raw;
  answers.settle("activeOnCreate", typeof isActive === "boolean" ? (isActive ? "true" : "false") : undefined);
  requireOnly(read.client.raw, "allowedOrigins", NO_SITE);
  const { grantedRoles } = read.client.raw;
  // The key may be in the response to the create only.
  const whole = { ...client.raw, ...read.client.raw };
  const script = new ThrowawayClient(
    requests,
    client.id,
    { ...body, name: other, isActive: true, grantedRoles },
    read.client,
  );
  script.stored = { ...whole, ...script.stored };
  return script;
}

function requireMade(made: Decided<RemoteClient>): RemoteClient {
  if (made.refused) throw new ProbeStopped(`The server refused to make the client (${made.words}).`);
  if (made.value === undefined) throw new ProbeStopped("The response to a create cannot be read.");
  return made.value;
}

interface Read {
  readonly client: RemoteClient;
  readonly answer: WireAnswer;
}

const isReadable = (read: Decided<RemoteClient>): boolean => !read.refused && read.value !== undefined;

function readable(read: Decided<RemoteClient>): Read {
  if (read.refused || read.value === undefined) throw new ProbeStopped("The new client cannot be read.");
  return { client: read.value, answer: read.answer };
}

/** Reads a new client, repeatedly until it is found. */
const readNew = async (requests: ProbeRequests, id: string): Promise<Read> =>
  readable(await requests.until(() => requests.read(id), isReadable));

/** Throws if the whitelist is not stored as sent: then the key could be used by others, and must not exist. */
function requireOnly(client: Raw, field: string, entry: string): void {
  const entries = textsIn(client[field]);
  if (entries.length !== 1 || entries[0] !== entry)
    throw new ProbeStopped(
      `The server does not show the ${field} that were sent, so the client may be of use to others.`,
    );
}

function readAnswerOfCreate(answer: WireAnswer, client: RemoteClient, answers: Answers): void {
  const body = jsonOf(answer);
  const { status } = body;
  answers.settle("createStatus", oneOf(answer.status, ["200", "201"], "other"));
  answers.settle("secretOnCreate", secretIn(client));
  const word = status === "success" ? "success" : "another word";
  answers.settle("envelopeStatus", typeof status === "string" ? word : "absent");
  answers.settle("envelopeLink", linkIn(body));
  answers.settle("nullMembers", hasNull(body) ? "written" : "none seen");
  answers.settle("enumCasing", casingIn(client.raw["clientType"], "NativeConfidential"));
}

/** Answers what the list shows about the new client, and when. */
async function readList(requests: ProbeRequests, answers: Answers, whole: Raw, early: Listed): Promise<void> {
  const ours = ({ clients }: Listed): RemoteClient | undefined =>
    clients.find(({ id }) => id === whole["id"]);
  const list =
    ours(early) === undefined
      ? await requests.until(
          () => requests.list(),
          (later) => ours(later) !== undefined,
        )
      : early;
  answers.settle("listItems", formOfItems(list.body));
  const listed = ours(list);
  if (listed === undefined) {
    answers.leaveOpen(
      ["visibleInList", "secretInList", "listOmits", "listOrder"],
      "it did not come into the list",
    );
    return;
  }
  answers.settle("visibleInList", list === early ? "at once" : "later");
  answers.settle("secretInList", secretIn(listed));
  answers.settle("listOmits", leftOut(whole, listed.raw));
}

/** Deletes both clients. They are activated before, so that a delete that only deactivates can be recognised. */
export const deleting: Experiment = async ({ requests, native, script, answers }) => {
  answers.settle("deleteUnknown", verdict(await requests.delete([], { before: [randomUUID()] })));

  await script.change({ isActive: true });
  // Between unknown ones, so that a server that obeys only the first or the last does not delete it.
  await requests.delete([script.id], { before: [randomUUID()], after: [randomUUID()] });
  const result = resultOfDelete(await requests.read(script.id), script);
  if (result !== undefined)
    answers.settle("deletePartly", result === "stays" ? "nothing deleted" : "the client deleted");

  await native.change({ isActive: true });
  // Only two that are there can tell what becomes of each.
  const both = result === "stays" ? [native, script] : [native];
  const deleted = await requests.delete(both.map(({ id }) => id));
  const first = await requests.read(native.id);
  const isLeft = resultOfDelete(first, native) === "stays";
  if (result === "stays") {
    const isOtherLeft = resultOfDelete(await requests.read(script.id), script) === "stays";
    const ends = isLeft
      ? (["only the last", "neither"] as const)
      : (["both deleted", "only the first"] as const);
    answers.settle("deleteSeveral", ends[isOtherLeft ? 1 : 0]);
    if (isOtherLeft) await requests.delete([script.id]);
  }
  const alone = isLeft && result === "stays" ? await requests.delete([native.id]) : deleted;
  if (alone.refused) return;
  answers.settle("deleteStatus", oneOf(alone.answer.status, ["200", "202", "204"], "other"));
  const after = alone === deleted ? first : await requests.read(native.id);
  answers.settle("getDeleted", afterDelete(after));
  const kinds = { removed: "removes", inactive: "deactivates", stays: undefined } as const;
  answers.settle("deleteKind", kinds[resultOfDelete(after, native) ?? "stays"]);
  answers.settle("deleteTwice", verdict(await requests.delete([native.id])));
};

/** What a delete did to a client; undefined if it was not active before, so that this cannot be determined. */
function resultOfDelete(
  read: Decided<RemoteClient>,
  client: ThrowawayClient,
): "removed" | "inactive" | "stays" | undefined {
  if (read.refused) return "removed";
  if (read.value === undefined || client.stored["isActive"] !== true) return undefined;
  return read.value.isActive ? "stays" : "inactive";
}

function verdict(decided: Decided<unknown>): AnswerTo<"deleteUnknown"> {
  return decided.refused ? oneOf(decided.answer.status, ["404", "400"], "other refusal") : "accepted";
}

const isInactive = (read: Decided<RemoteClient>): boolean => !read.refused && read.value?.isActive === false;

function afterDelete(read: Decided<RemoteClient>): AnswerTo<"getDeleted"> {
  if (!read.refused) return isInactive(read) ? "inactive" : "other";
  if (read.answer.status === 410) return "410";
  if (read.answer.status !== 404) return "other";
  return isEnvelope(jsonOf(read.answer)) ? "404 of the API" : "404 of another kind";
}
