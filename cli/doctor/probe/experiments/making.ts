import { randomUUID } from "node:crypto";
import type { RemoteClient } from "../../../../provider/model/wire";
import type { WireAnswer } from "../../../../provider/cloud/transport";
import type { Answers } from "../answers";
import { ProbeStopped, type Bench, type Decided, type Listed } from "../bench";
import {
  casingIn,
  etagIn,
  formOfItems,
  hasNull,
  jsonOf,
  leftOut,
  linkIn,
  oneOf,
  secretIn,
  texts,
  type Raw,
} from "../reading";
import { Subject, type Laboratory } from "../subject";
import { readFormOfRoles } from "./roles";

/** An address that is set aside for documentation (RFC 5737): who has the key can use it from nowhere. */
export const NOWHERE = "192.0.2.1";
/** A name that is set aside for documentation (RFC 2606). */
export const NO_SITE = "thinkgeo-doctor.example";

/** Makes both throw-away clients, and reads all that their making tells. */
export async function makeBoth(bench: Bench, answers: Answers, name: string): Promise<Laboratory> {
  const body: Raw = {
    name,
    clientType: "NativeConfidential",
    sharedMode: "IpAddress",
    allowedOrigins: [],
    allowedIpAddresses: [NOWHERE],
    isActive: true,
  };
  const key = randomUUID();
  const made = await bench.create(body, key);
  const client = requireMade(made);
  readAnswerOfCreate(made.answer, client, answers);
  // Once each before either is waited for.
  const early = await bench.read(client.id);
  const list = await bench.list();
  const read = isReadable(early) ? readable(early) : await readNew(bench, client.id);
  answers.settle("visible", isReadable(early) ? "at once" : "later");
  answers.settle("secretOnGet", secretIn(read.client));
  answers.settle("getOmits", leftOut(client.raw, read.client.raw));
  answers.settle("etag", etagIn(read.answer));
  const whole = { ...client.raw, ...read.client.raw };
  await readList(bench, answers, whole, list);
  requireOnly(read.client.raw, "allowedIpAddresses", NOWHERE);
  const roles = await bench.roles();
  const { grantedRoles } = whole;
  readFormOfRoles(grantedRoles, answers);
  const count = Array.isArray(grantedRoles) ? grantedRoles.length : 0;
  if (roles.length > 0)
    answers.settle("rolesOnCreate", count === 0 ? "none" : count === roles.length ? "all" : "some");
  const native = new Subject(bench, client.id, { ...body, grantedRoles }, read.client);
  const script = await makeSecond(bench, answers, name);
  return { bench, answers, native, script, roles, first: { body, key }, firstEtag: read.client.etag };
}

async function makeSecond(bench: Bench, answers: Answers, name: string): Promise<Subject> {
  const body: Raw = {
    name,
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: [NO_SITE],
    allowedIpAddresses: [],
  };
  const first = await bench.create(body);
  const other = first.refused ? `${name}-2` : name;
  const made = first.refused ? await bench.create({ ...body, name: other }) : first;
  const client = requireMade(made);
  answers.settle("sameName", first.refused ? "refused" : "accepted");
  const status = oneOf(first.answer.status, ["409", "400", "422"], "other");
  answers.settle("sameNameStatus", first.refused ? status : "none");
  if (hasNull(jsonOf(made.answer))) answers.settle("nullMembers", "written");
  const read = await readNew(bench, client.id);
  answers.settle("secretOfJavaScript", secretIn(read.client));
  const { isActive } = read.client.raw;
  answers.settle("activeOnCreate", typeof isActive === "boolean" ? (isActive ? "true" : "false") : undefined);
  requireOnly(read.client.raw, "allowedOrigins", NO_SITE);
  const { grantedRoles } = read.client.raw;
  // The key is perhaps shown by the create only.
  const whole = { ...client.raw, ...read.client.raw };
  const subject = new Subject(
    bench,
    client.id,
    { ...body, name: other, isActive: true, grantedRoles },
    read.client,
  );
  subject.saw(whole);
  return subject;
}

function requireMade(made: Decided<RemoteClient>): RemoteClient {
  if (made.refused) throw new ProbeStopped(`The server refused to make the client (${made.words}).`);
  if (made.value === undefined) throw new ProbeStopped("The answer of create cannot be read.");
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

/** Reads a client that was made a moment ago, as often as it takes until it can be seen. */
const readNew = async (bench: Bench, id: string): Promise<Read> =>
  readable(await bench.until(() => bench.read(id), isReadable));

/** A key that is not confined to nowhere must not be: better to learn less. */
function requireOnly(client: Raw, field: string, entry: string): void {
  const entries = texts(client[field]);
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

/** What the list makes of a client, when it is in it. */
async function readList(bench: Bench, answers: Answers, whole: Raw, early: Listed): Promise<void> {
  const ours = ({ clients }: Listed): RemoteClient | undefined =>
    clients.find(({ id }) => id === whole["id"]);
  const list =
    ours(early) === undefined
      ? await bench.until(
          () => bench.list(),
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
