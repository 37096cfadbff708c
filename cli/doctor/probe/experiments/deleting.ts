import { randomUUID } from "node:crypto";
import { isEnvelope } from "../../../../provider/model/envelope";
import type { RemoteClient } from "../../../../provider/model/wire";
import type { Decided } from "../bench";
import type { AnswerTo } from "../questions";
import { jsonOf, oneOf } from "../reading";
import type { Experiment, Subject } from "../subject";

/** Deletes both, and looks at what deleting means. They are in force before, so that a soft delete can be seen. */
export const deleting: Experiment = async ({ bench, native, script, answers }) => {
  answers.settle("deleteUnknown", verdict(await bench.delete([], [randomUUID()])));

  await script.change({ isActive: true });
  const mixed = await bench.delete([script.id], [randomUUID()]);
  const fate = fateOf(await bench.read(script.id), script);
  if (fate !== undefined)
    answers.settle("deletePartly", fate === "stays" ? "nothing deleted" : "the client deleted");
  if (mixed.refused && fate !== "removed") await bench.delete([script.id]);

  await native.change({ isActive: true });
  const deleted = await bench.delete([native.id]);
  if (deleted.refused) return;
  answers.settle("deleteStatus", oneOf(deleted.answer.status, ["200", "202", "204"], "other"));
  const after = await bench.read(native.id);
  answers.settle("getDeleted", afterDelete(after));
  const kinds = { removed: "removes", "switched off": "deactivates", stays: undefined } as const;
  answers.settle("deleteKind", kinds[fateOf(after, native) ?? "stays"]);
  answers.settle("deleteTwice", verdict(await bench.delete([native.id])));
};

/** What a delete made of a client; undefined where that cannot be told, because it was not in force before. */
function fateOf(
  read: Decided<RemoteClient>,
  subject: Subject,
): "removed" | "switched off" | "stays" | undefined {
  if (read.refused) return "removed";
  if (read.value === undefined || subject.now["isActive"] !== true) return undefined;
  return read.value.isActive ? "stays" : "switched off";
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
