import { compareDescription } from "../swagger/compare";
import { differenceTexts, type Difference } from "../swagger/difference";
import { ApiDocument } from "../swagger/document";
import { EXPECTED, PREFIX } from "../swagger/expected";
import { count } from "../../text";
import { defineStep, fail, info, pass, warn, type StepFinding } from "../step";

const TODO_MISSING =
  "Open /help on the same host, and see where its description is. Until then nothing is known to differ.";

/** Compares the server's own description of its API with what this version expects. */
export const description = defineStep({
  name: "description",
  title: "The API's description",
  needs: ["api", "connection", "description"],
  run: ({ api, description: read }) => {
    const missing = (text: string): { findings: StepFinding[] } => ({ findings: [warn(text, TODO_MISSING)] });
    if ("error" in read) return missing(`There is none to compare: ${read.error.details.happened}.`);
    const document = ApiDocument.read(read.document);
    if (document === undefined)
      return missing("What is at /swagger/v1/swagger.json is no description of an API.");
    const apiUrl = new URL(api.configuration.apiUrl);
    const differences = compareDescription(document, apiUrl.pathname.replace(/\/$/, ""));
    return { findings: findingsOf(differences, apiUrl), facts: { differences } };
  },
});

function findingsOf(differences: readonly Difference[], apiUrl: URL): StepFinding[] {
  const matter = differences.filter(({ level }) => level !== "info");
  const summary = `${count(EXPECTED.length, "operation")} with their fields and values`;
  return [
    ...(matter.length === 0 ? [pass(`It describes what this version expects: ${summary}.`)] : []),
    ...differenceTexts(differences).map(({ kind, level, text }) => {
      if (level === "info") return info(text);
      if (kind === "every path") return fail(text, adviceForMovedPaths(differences, apiUrl));
      return level === "fail" ? fail(text, TODO.fail) : warn(text, TODO.warn);
    }),
  ];
}

/** The provider appends paths to the URL, so what comes before the known prefix may have to be a part of the URL. */
function adviceForMovedPaths(differences: readonly Difference[], apiUrl: URL): string {
  const prefix = differences.find(({ kind }) => kind === "every path")?.found ?? "";
  return prefix.endsWith(PREFIX)
    ? `Set thinkgeo:apiUrl to ${apiUrl.origin}${prefix.slice(0, -PREFIX.length)}, if the API is there.`
    : TODO.fail;
}

const TODO = {
  fail: "Look for a newer version of pulumi-thinkgeo; if there is none, send us this report (--json).",
  warn: "What the provider does should work all the same; send us this report (--json).",
};
