import { isRoleId } from "../../../../provider/model/roles";
import type { RemoteClient } from "../../../../provider/model/wire";
import type { WireAnswer } from "../../../../provider/cloud/transport";
import type { Answers } from "../answers";
import { ProbeStopped, type Bench, type Decided, type Raw } from "../bench";
import type { Laboratory } from "../experiment";
import { jsonOf, oneOf, secretIn } from "../reading";
import { Subject, texts } from "../subject";

/** An address that is set aside for documentation (RFC 5737): who has the key can use it from nowhere. */
export const NOWHERE = "192.0.2.1";
/** A name that is set aside for documentation (RFC 2606). */
export const NO_SITE = "thinkgeo-doctor.example";

/** Makes both throw-away clients, and reads all that their making tells. */
export async function makeBoth(bench: Bench, answers: Answers, name: string): Promise<Laboratory> {
  const body = {
    name,
    clientType: "NativeConfidential",
    sharedMode: "IpAddress",
    allowedOrigins: [],
    allowedIpAddresses: [NOWHERE],
    isActive: true,
  };
  const made = await bench.create(body);
  const client = requireMade(made);
  answers.settle("createStatus", oneOf(made.answer.status, ["200", "201"], "other"));
  answers.settle("secretOnCreate", secretIn(client));
  readEnvelope(made.answer, answers);
  const read = await bench.readNew(client.id);
  answers.settle("visible", read.atOnce ? "at once" : "later");
  answers.settle("secretOnGet", secretIn(read.client));
  answers.settle("etag", read.client.etag === undefined ? "absent" : "present");
  requireOnly(read.client.raw, "allowedIpAddresses", NOWHERE);
  const roles = await bench.roles();
  readRoles(read.client.raw["grantedRoles"], roles.length, answers);
  const native = new Subject(
    bench,
    answers,
    client.id,
    { ...body, grantedRoles: read.client.raw["grantedRoles"] },
    read.client,
  );
  return {
    bench,
    answers,
    native,
    script: await makeSecond(bench, answers, name),
    roles,
    firstEtag: read.client.etag,
  };
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
  const read = await bench.readNew(client.id);
  answers.settle("secretOfJavaScript", secretIn(read.client));
  const { isActive } = read.client.raw;
  answers.settle("activeOnCreate", typeof isActive === "boolean" ? (isActive ? "true" : "false") : undefined);
  requireOnly(read.client.raw, "allowedOrigins", NO_SITE);
  const whole = { ...body, name: other, isActive: false, grantedRoles: read.client.raw["grantedRoles"] };
  return new Subject(bench, answers, client.id, whole, read.client);
}

function requireMade(made: Decided<RemoteClient>): RemoteClient {
  if (made.refused)
    throw new ProbeStopped(`The server refused to make the client (HTTP ${made.answer.status}).`);
  if (made.value === undefined) throw new ProbeStopped("The answer of create cannot be read.");
  return made.value;
}

/** A key that is not confined to nowhere must not be: better to learn less. */
function requireOnly(client: Raw, field: string, entry: string): void {
  const entries = texts(client[field]);
  if (entries.length !== 1 || entries[0] !== entry)
    throw new ProbeStopped(`The server did not keep ${field}, so the client would be of use to others.`);
}

function readEnvelope(answer: WireAnswer, answers: Answers): void {
  const { status, link, links } = jsonOf(answer);
  answers.settle(
    "envelopeStatus",
    typeof status !== "string" ? "absent" : status === "success" ? "success" : "another word",
  );
  const isThere = typeof link === "object" && link !== null;
  const otherwise = links === undefined ? "absent" : "links";
  answers.settle("envelopeLink", isThere ? (Array.isArray(link) ? "array" : "object") : otherwise);
}

function readRoles(granted: unknown, count: number, answers: Answers): void {
  const list: readonly unknown[] = Array.isArray(granted) ? granted : [];
  if (list.length > 0) {
    const form =
      texts(list).length === list.length ? (texts(list).every(isRoleId) ? "ids" : "names") : "objects";
    answers.settle("rolesForm", form);
  }
  if (count === 0) return;
  answers.settle("rolesOnCreate", list.length === 0 ? "none" : list.length === count ? "all" : "some");
}
