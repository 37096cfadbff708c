import type { Experiment } from "../experiment";
import { jsonOf, oneOf } from "../reading";
import { texts, type Changed } from "../subject";

const activeIn = (changed: Changed): boolean | undefined => {
  const value = changed.refused ? undefined : changed.after["isActive"];
  return typeof value === "boolean" ? value : undefined;
};

/** isActive: given, and left out while it was true and while it was false. */
export const activity: Experiment = async ({ native, answers }) => {
  const fromTrue = await native.change({}, ["isActive"]);
  if (!fromTrue.refused)
    answers.settle("updateStatus", oneOf(fromTrue.answer.status, ["200", "204"], "other"));
  // The new name sorts the two clients apart in the list.
  native.body = { ...native.body, name: `${String(native.body["name"])}-z`, isActive: false };
  const off = await native.change({});
  answers.settle("activeChange", off.refused ? "refused" : activeIn(off) === false ? "applied" : "ignored");
  if (activeIn(off) !== false) return;
  const fromFalse = await native.change({}, ["isActive"]);
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
    answers.settle("staleEtag", "no ETag");
    return;
  }
  const changed = await native.change({}, [], firstEtag);
  answers.settle("staleEtag", changed.refused ? "refused" : "applied");
};

/** The other type, last of all: nothing is known of what it takes along. */
export const typeChange: Experiment = async ({ native, answers }) => {
  const changed = await native.change({ clientType: "JavaScript" });
  if (changed.refused) answers.settle("typeChange", "refused");
  else answers.settle("typeChange", changed.after["clientType"] === "JavaScript" ? "applied" : "ignored");
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
  const { clients, totalCount } = await bench.list();
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
