import type { WireAnswer } from "../../../../provider/cloud/transport";
import type { RemoteClient } from "../../../../provider/model/wire";
import { type Decided, type Listed, ProbeStopped } from "../requests";
import { NOT_SETTLED } from "../report";
import { formOfName, jsonOf, oneOf, sameText } from "../reading";
import { textsIn } from "../../../text";
import type { Changed, Experiment } from "../throwaway-client";

const WRITTEN = ["name", "clientType", "sharedMode", "allowedOrigins", "allowedIpAddresses", "grantedRoles"];
/** Another address reserved for documentation. */
const NOWHERE_ELSE = "192.0.2.2";
/** If reads lag more than this, and responses to updates do not show what is stored, the probe would take too long. */
const LONGEST_LAG_MS = 2_000;

/** The fields that the first update changes. One of them may be refused or ignored. */
const CHANGED = ["name", "isActive", "allowedIpAddresses"];

/** Whether the response to an update shows what is stored, and how soon a read shows it. All other experiments rely on this. */
export const firstUpdate: Experiment = async ({ requests, native, answers }) => {
  const before = native.stored;
  // With the new name, the order of the two clients in the list shows how it is sorted.
  const name = `${String(native.body["name"])}-z`;
  const full = { ...native.body, id: native.id, name, allowedIpAddresses: [NOWHERE_ELSE] };
  const off = await requests.update(native.id, { ...full, isActive: false });
  if (off.refused) answers.settle("activeChange", "refused");
  const decided = off.refused ? await requests.update(native.id, full) : off;
  if (decided.refused) throw new ProbeStopped(`The server refused an update (${decided.words}).`);
  const { status } = decided.answer;
  answers.settle("updateStatus", oneOf(status, ["200", "201", "204"], "other"));
  const shows = (read: Decided<RemoteClient>): boolean =>
    !read.refused && CHANGED.some((field) => !sameText(read.value?.raw[field], before[field]));
  const start = requests.waitedMs;
  const last = await requests.until(() => requests.read(native.id), shows);
  const lag = requests.waitedMs - start;
  if (!shows(last) || last.refused || last.value === undefined)
    throw new ProbeStopped("The server accepted a change and did not show it, so nothing can be concluded.");
  answers.settle("visibleUpdate", lag === 0 ? "at once" : "later");
  requests.lagMs = lag;
  const stored = last.value.raw;
  // If the response has no client, the provider's code has read it with another request.
  const answered = hasClient(decided.answer) ? decided.value?.raw : undefined;
  requests.showsStored =
    answered !== undefined && WRITTEN.every((field) => sameText(answered[field], stored[field]));
  const otherwise = answered === undefined ? "nothing" : "something else";
  answers.settle("updateAnswer", requests.showsStored ? "what is stored" : otherwise);
  if (!requests.showsStored && lag > LONGEST_LAG_MS)
    throw new ProbeStopped("Updates do not return what is stored, and reads show it too late.");
  native.stored = stored;
  native.body = { ...native.body, name, isActive: false };
  const { isActive } = stored;
  if (!off.refused && typeof isActive === "boolean")
    answers.settle("activeChange", isActive ? "ignored" : "applied");
};

const hasClient = (answer: WireAnswer): boolean => typeof jsonOf(answer)["data"] === "object";

const activeIn = (changed: Changed): boolean | undefined => {
  const value = changed.refused ? undefined : changed.after["isActive"];
  return typeof value === "boolean" ? value : undefined;
};

/** isActive left out of an update, while it is false and while it is true. */
export const activity: Experiment = async ({ native, answers }) => {
  if (native.stored["isActive"] !== false) return;
  const fromFalse = await native.change({}, ["isActive"]);
  if (activeIn(fromFalse) !== true) await native.change({ isActive: true });
  const fromTrue = await native.change({}, ["isActive"]);
  if (fromTrue.refused && fromFalse.refused) answers.settle("activeAbsent", "refused");
  const seen = `${String(activeIn(fromTrue))} ${String(activeIn(fromFalse))}`;
  const meanings: Readonly<Record<string, "kept" | "true" | "false">> = {
    "true false": "kept",
    "true true": "true",
    "false false": "false",
  };
  answers.settle("activeAbsent", meanings[seen]);
  await native.restore("isActive");
};

/** How a name with unusual characters is stored. */
export const names: Experiment = async ({ native, answers }) => {
  const name = `${String(native.body["name"])} Cafe\u0301  & "Co"`;
  const changed = await native.change({ name });
  const kept = changed.refused ? undefined : changed.after["name"];
  if (changed.refused) answers.settle("nameForm", "refused");
  else if (typeof kept === "string") answers.settle("nameForm", formOfName(name, kept));
};

/** Sends the first create again, with the same Idempotency-Key. A second client is deleted at once. */
export const idempotency: Experiment = async ({ requests, native, first, answers }) => {
  const again = await requests.create(first.body, first.key);
  if (again.refused) answers.settle("idempotencyKeys", "refused");
  const id = again.refused ? undefined : again.value?.id;
  if (id === undefined) return;
  answers.settle("idempotencyKeys", id === native.id ? "one client" : "two clients");
  if (id === native.id) return;
  await requests.delete([id]);
  await requests.read(id);
};

/** How the server refuses an invalid body. */
export const refusal: Experiment = async ({ native, answers }) => {
  const changed = await native.change({ name: "" });
  answers.settle(
    "refusalStatus",
    changed.refused ? oneOf(changed.answer.status, ["400", "422"], "other") : "accepted",
  );
  if (!changed.refused) {
    await native.restore("name");
    return;
  }
  const { data, error } = jsonOf(changed.answer);
  const inData = typeof data === "object" && data !== null;
  const inError = typeof error === "object" && error !== null;
  const one = inData ? "data" : inError ? "error" : "elsewhere";
  answers.settle("refusalForm", inData && inError ? "both" : one);
};

/** Whether an unknown field is stored, and whether an update without it keeps it. */
export const unknownFields: Experiment = async ({ native, answers }) => {
  const field = "thinkgeoDoctor";
  const sent = await native.change({ [field]: "probe" });
  if (sent.refused) {
    answers.settle("unknownFields", "refused");
    return;
  }
  if (sent.after[field] !== "probe") {
    answers.settle("unknownFields", "dropped");
    return;
  }
  const later = await native.change({});
  if (!later.refused) answers.settle("unknownFields", later.after[field] === "probe" ? "kept" : "lost later");
};

/** An update with an ETag that is out of date. */
export const staleEtag: Experiment = async ({ native, answers, firstEtag }) => {
  if (firstEtag === undefined) {
    answers.settle("staleEtag", "no strong ETag");
    return;
  }
  const changed = await native.change({}, [], firstEtag);
  answers.settle("staleEtag", changed.refused ? "refused" : "applied");
};

/** The other type. Last of all, because its side effects are not known. */
export const typeChange: Experiment = async ({ native, answers }) => {
  const changed = await native.change({ clientType: "JavaScript" });
  const type = changed.refused ? undefined : changed.after["clientType"];
  if (changed.refused) answers.settle("typeChange", "refused");
  else if (typeof type === "string")
    answers.settle("typeChange", type.toLowerCase() === "javascript" ? "applied" : "ignored");
};

/** Whether updates replace or merge, from what happened to three fields that were left out. */
export const updateMode: Experiment = ({ answers }) => {
  const fields = ["activeAbsent", "rolesAbsent", "addressesAbsent"] as const;
  const seen = fields
    .map((name) => answers.get(name))
    .filter((answer) => ![NOT_SETTLED, "refused"].includes(answer));
  const kept = seen.filter((answer) => answer === "kept").length;
  if (seen.length > 0)
    answers.settle("updateMode", kept === seen.length ? "merges" : kept === 0 ? "replaces" : "does both");
  return Promise.resolve();
};

/** In which order the list has the two clients, and whether its count is right. */
export const listing: Experiment = async ({ requests, native, script, answers }) => {
  const hasBoth = ({ clients: all }: Listed): boolean =>
    [native, script].every((ours) => all.some(({ id }) => id === ours.id));
  const { clients, totalCount } = await requests.until(() => requests.list(), hasBoth);
  const count = totalCount === undefined ? "absent" : totalCount > clients.length ? "larger" : "true";
  answers.settle("listCount", count);
  const [older, newer] = [native, script].map(({ id }) => clients.findIndex((client) => client.id === id));
  if (older === undefined || newer === undefined || older < 0 || newer < 0) return;
  const names = clients.map(({ name }) => name);
  const sorted = [
    names.toSorted((a, b) => a.localeCompare(b)),
    names.toSorted(),
    names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  ].some((order) => JSON.stringify(order) === JSON.stringify(textsIn(names)));
  const oldestFirst = newer === clients.length - 1 && older === newer - 1;
  const newestFirst = newer === 0 && older === 1;
  const holds = [oldestFirst, newestFirst, sorted].filter(Boolean).length;
  if (holds > 1) return;
  answers.settle(
    "listOrder",
    oldestFirst ? "oldest first" : newestFirst ? "newest first" : sorted ? "by name" : "other",
  );
};
