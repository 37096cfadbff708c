import { fail, info, pass, warn, type Finding } from "../finding";
import { compareDescription } from "../swagger/compare";
import { differenceTexts, type Difference } from "../swagger/difference";
import { ApiDocument } from "../swagger/document";
import { EXPECTED } from "../swagger/expected";
import type { Step } from "../step";
import { counted } from "../words";

const TODO_MISSING =
  "Open /help on the same host, and see where its description is. Until then nothing is known to differ.";

/** Compares the server's own description of its API with what this version expects. */
export const description: Step = {
  name: "description",
  title: "The API's description",
  needs: ["answer"],
  run: (visit) => {
    const { description: read } = visit;
    if (read === undefined) return Promise.resolve([]);
    if ("error" in read)
      return Promise.resolve([
        warn(`There is none to compare: ${read.error.account.happened}.`, TODO_MISSING),
      ]);
    const document = ApiDocument.read(read.document);
    if (document === undefined)
      return Promise.resolve([
        warn("What is at /swagger/v1/swagger.json is no description of an API.", TODO_MISSING),
      ]);
    visit.differences = compareDescription(document);
    return Promise.resolve(findings(visit.differences));
  },
};

function findings(differences: readonly Difference[]): Finding[] {
  const matter = differences.filter(({ level }) => level !== "info");
  const summary = `${counted(EXPECTED.length, "operation")} with their fields and values`;
  return [
    ...(matter.length === 0 ? [pass(`It describes what this version expects: ${summary}.`)] : []),
    ...differenceTexts(differences).map(({ level, text }) => {
      if (level === "info") return info(text);
      return level === "fail" ? fail(text, TODO.fail) : warn(text, TODO.warn);
    }),
  ];
}

const TODO = {
  fail: "Look for a newer version of pulumi-thinkgeo; if there is none, send us this report (--json).",
  warn: "What the provider does should work all the same; send us this report (--json).",
};
