import { printable } from "../../../provider/text";
import { resourceInStack } from "../../stacks/state";
import { formatNumber, count } from "../../text";
import type { Finding, FindingKind, Report } from "../report";

/** The result in one sentence. */
export function verdict({ inSync, complete, summary }: Report): string {
  const { findings, failing } = summary;
  if (!inSync) return `Drift: ${count(failing, "finding")} of ${formatNumber(findings)} must be settled.`;
  const inSyncText = complete ? "In sync" : "In sync as far as was compared";
  return findings === 0
    ? `${inSyncText}: nothing was found.`
    : `${inSyncText}: none of ${count(findings, "finding")} is of a kind that fails.`;
}

/** The numbers of the report in sentences. */
export function numbers({ summary, stacks }: Report): string {
  const { clients, managed, missing, unmanaged, coverage, ignored, accepted } = summary;
  const left = [
    ignored > 0 ? `${formatNumber(ignored)} ignored` : "",
    accepted > 0 ? `${formatNumber(accepted)} accepted by the baseline` : "",
  ].filter((part) => part !== "");
  return (
    `${count(clients, "client")} in the account, ${count(stacks.length, "stack")}: ${formatNumber(managed)} managed, ${formatNumber(missing)} missing, ` +
    `${formatNumber(unmanaged)} unmanaged; coverage ${coverage} %.` +
    (left.length === 0 ? "" : ` Findings left out: ${left.join(", ")}.`)
  );
}

/** The findings by kind, in the same order. */
export const byKind = (findings: readonly Finding[]): Map<FindingKind, Finding[]> =>
  Map.groupBy(findings, ({ kind }) => kind);

/** The lines of a finding: our own sentence, and lines that may contain names from the account. Changes have only the latter. */
export const linesOf = ({ kind, message, details }: Finding): { own: string[]; quoting: string[] } => ({
  own: kind === "changed" ? [] : [message],
  quoting: details,
});

/** The resources that manage the client, as text; empty if there is none. */
export const resourcesText = ({ resources }: Finding): string => resources.map(resourceInStack).join("; ");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Characters that XML does not allow, escaped or not.
const NO_XML = /[\ufffe\uffff]/g;

/** Escapes a text for an element or a quoted attribute, in HTML and in XML. */
export const escaped = (text: string): string =>
  printable(text)
    .replace(NO_XML, "\ufffd")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
