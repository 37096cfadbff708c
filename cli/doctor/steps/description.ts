import { DEFAULT_API_URL } from "../../../provider/configuration";
import { fail, info, pass, warn, type Finding } from "../finding";
import { compareDescription } from "../swagger/compare";
import { differenceTexts, type Difference } from "../swagger/difference";
import { ApiDocument } from "../swagger/document";
import { EXPECTED, PREFIX } from "../swagger/expected";
import type { Step } from "../step";
import { count } from "../../text";

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
    const apiUrl = new URL(visit.configuration?.apiUrl ?? DEFAULT_API_URL);
    visit.differences = compareDescription(document, apiUrl.pathname.replace(/\/$/, ""));
    return Promise.resolve(findings(visit.differences, apiUrl));
  },
};

function findings(differences: readonly Difference[], apiUrl: URL): Finding[] {
  const matter = differences.filter(({ level }) => level !== "info");
  const summary = `${count(EXPECTED.length, "operation")} with their fields and values`;
  return [
    ...(matter.length === 0 ? [pass(`It describes what this version expects: ${summary}.`)] : []),
    ...differenceTexts(differences).map(({ kind, level, text }) => {
      if (level === "info") return info(text);
      if (kind === "every path") return fail(text, adviceMoved(differences, apiUrl));
      return level === "fail" ? fail(text, TODO.fail) : warn(text, TODO.warn);
    }),
  ];
}

/** Every path is put behind the address, so what comes before the known prefix may be a part of the address. */
function adviceMoved(differences: readonly Difference[], apiUrl: URL): string {
  const prefix = differences.find(({ kind }) => kind === "every path")?.found ?? "";
  return prefix.endsWith(PREFIX)
    ? `Set thinkgeo:apiUrl to ${apiUrl.origin}${prefix.slice(0, -PREFIX.length)}, if the API answers there.`
    : TODO.fail;
}

const TODO = {
  fail: "Look for a newer version of pulumi-thinkgeo; if there is none, send us this report (--json).",
  warn: "What the provider does should work all the same; send us this report (--json).",
};
