import type { WireAnswer } from "../../../../provider/cloud/transport";
import type { RemoteClient } from "../../../../provider/model/wire";
import { ProbeStopped, type Decided, type Listed } from "../bench";
import { formOfName, jsonOf, oneOf, sameText, texts } from "../reading";
import type { Changed, Experiment } from "../subject";

const WRITTEN = ["name", "clientType", "sharedMode", "allowedOrigins", "allowedIpAddresses", "grantedRoles"];
/** As of no use to anybody as the one it is made with. */
const NOWHERE_ELSE = "192.0.2.2";
/** Where each answer has to be waited for, there is no end. */
const LONGEST_LAG_MS = 2_000;

/** What can be changed at least, each in its own field: one that cannot be changed hides nothing. */
const changedFields = ["name", "isActive", "allowedIpAddresses"];

/** The first update: whether its answer is what is stored, and how soon a reading shows it. All that follows relies on it. */
export const firstUpdate: Experiment = async ({ bench, native, answers }) => {
  const before = native.now;
  // The new name sorts the two clients apart in the list.
  const name = `${String(native.body["name"])}-z`;
  const full = { ...native.body, id: native.id, name, allowedIpAddresses: [NOWHERE_ELSE] };
  const off = await bench.update(native.id, { ...full, isActive: false });
  if (off.refused) answers.settle("activeChange", "refused");
  const decided = off.refused ? await bench.update(native.id, full) : off;
  if (decided.refused) throw new ProbeStopped(`The server refused an update (${decided.words}).`);
  const { status } = decided.answer;
  answers.settle("updateStatus", oneOf(status, ["200", "201", "204"], "other"));
  const shows = (read: Decided<RemoteClient>): boolean =>
    !read.refused && changedFields.some((field) => !sameText(read.value?.raw[field], before[field]));
  const start = bench.waitedMs;
  const last = await bench.until(() => bench.read(native.id), shows);
  const lag = bench.waitedMs - start;
  if (!shows(last) || last.refused || last.value === undefined)
    throw new ProbeStopped("The server accepted a change and did not show it, so nothing can be concluded.");
  answers.settle("visibleUpdate", lag === 0 ? "at once" : "later");
  bench.lagMs = lag;
  const stored = last.value.raw;
  // Where there is no body, or nothing in it, it was read for us.
  const answered = hasClient(decided.answer) ? decided.value?.raw : undefined;
  bench.answersAreTrue =
    answered !== undefined && WRITTEN.every((field) => sameText(answered[field], stored[field]));
  const otherwise = answered === undefined ? "nothing" : "something else";
  answers.settle("updateAnswer", bench.answersAreTrue ? "what is stored" : otherwise);
  if (!bench.answersAreTrue && lag > LONGEST_LAG_MS)
    throw new ProbeStopped("Updates do not answer what is stored, and readings show it too late.");
  native.saw(stored);
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
  if (native.now["isActive"] !== false) return;
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

/** What becomes of a name that a server may want to write otherwise. */
export const names: Experiment = async ({ native, answers }) => {
  const name = `${String(native.body["name"])} Cafe\u0301  & "Co"`;
  const changed = await native.change({ name });
  const kept = changed.refused ? undefined : changed.after["name"];
  if (changed.refused) answers.settle("nameForm", "refused");
  else if (typeof kept === "string") answers.settle("nameForm", formOfName(name, kept));
};

/** The create of the first client once more, with its Idempotency-Key; a second client is deleted at once. */
export const idempotency: Experiment = async ({ bench, native, first, answers }) => {
  const again = await bench.create(first.body, first.key);
  if (again.refused) answers.settle("idempotencyKeys", "refused");
  const id = again.refused ? undefined : again.value?.id;
  if (id === undefined) return;
  answers.settle("idempotencyKeys", id === native.id ? "one client" : "two clients");
  if (id === native.id) return;
  await bench.delete([id]);
  await bench.read(id);
};

/** What the server says to a body that cannot be right. */
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

/** A field that nobody knows: whether it is stored, and outlives an update that leaves it out. */
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

/** An update made from a reading that is out of date. */
export const staleEtag: Experiment = async ({ native, answers, firstEtag }) => {
  if (firstEtag === undefined) {
    answers.settle("staleEtag", "no strong ETag");
    return;
  }
  const changed = await native.change({}, [], firstEtag);
  answers.settle("staleEtag", changed.refused ? "refused" : "applied");
};

/** The other type, last of all: nothing is known of what it takes along. */
export const typeChange: Experiment = async ({ native, answers }) => {
  const changed = await native.change({ clientType: "JavaScript" });
  const type = changed.refused ? undefined : changed.after["clientType"];
  if (changed.refused) answers.settle("typeChange", "refused");
  else if (typeof type === "string")
    answers.settle("typeChange", type.toLowerCase() === "javascript" ? "applied" : "ignored");
};

/** Replace or merge, from what the three fields did that were left out. */
export const updateMode: Experiment = ({ answers }) => {
  const fields = ["activeAbsent", "rolesAbsent", "addressesAbsent"] as const;
  const seen = fields
    .map((name) => answers.get(name))
    .filter((answer) => !["not settled", "refused"].includes(answer));
  const kept = seen.filter((answer) => answer === "kept").length;
  if (seen.length > 0)
    answers.settle("updateMode", kept === seen.length ? "merges" : kept === 0 ? "replaces" : "does both");
  return Promise.resolve();
};

/** Where the two clients stand in the list, and whether its count is true. */
export const listing: Experiment = async ({ bench, native, script, answers }) => {
  const hasBoth = ({ clients: all }: Listed): boolean =>
    [native, script].every((ours) => all.some(({ id }) => id === ours.id));
  const { clients, totalCount } = await bench.until(() => bench.list(), hasBoth);
  const count = totalCount === undefined ? "absent" : totalCount > clients.length ? "larger" : "true";
  answers.settle("listCount", count);
  const [older, newer] = [native, script].map(({ id }) => clients.findIndex((client) => client.id === id));
  if (older === undefined || newer === undefined || older < 0 || newer < 0) return;
  const names = clients.map(({ name }) => name);
  const sorted = [
    names.toSorted((a, b) => a.localeCompare(b)),
    names.toSorted(),
    names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  ].some((order) => JSON.stringify(order) === JSON.stringify(texts(names)));
  const oldestFirst = newer === clients.length - 1 && older === newer - 1;
  const newestFirst = newer === 0 && older === 1;
  const holds = [oldestFirst, newestFirst, sorted].filter(Boolean).length;
  if (holds > 1) return;
  answers.settle(
    "listOrder",
    oldestFirst ? "oldest first" : newestFirst ? "newest first" : sorted ? "by name" : "other",
  );
};
