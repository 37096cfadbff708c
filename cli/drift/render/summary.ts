import { amount, count } from "../../text";
import type { Kind } from "../kinds";
import type { Finding, Report } from "../report";

/** Notes on what differs, perhaps, and was not seen, such as what a stack keeps secret. */
const NOT_SEEN = /^Not (?:compared|looked at)\b/;

/** The verdict in a sentence. */
export function verdict({ inSync, summary, notes }: Report): string {
  const { findings, failing } = summary;
  if (!inSync) return `Drift: ${count(failing, "finding")} of ${amount(findings)} must be settled.`;
  const inSyncAsFar = notes.some((note) => NOT_SEEN.test(note))
    ? "In sync as far as was compared"
    : "In sync";
  return findings === 0
    ? `${inSyncAsFar}: nothing was found.`
    : `${inSyncAsFar}: none of ${count(findings, "finding")} is of a kind that fails.`;
}

/** The numbers in sentences. */
export function numbers({ summary, stacks }: Report): string {
  const { clients, managed, missing, unmanaged, coverage, ignored, accepted } = summary;
  const left = [
    ignored > 0 ? `${amount(ignored)} ignored` : "",
    accepted > 0 ? `${amount(accepted)} accepted by the baseline` : "",
  ].filter((part) => part !== "");
  return (
    `${count(clients, "client")} in the account, ${count(stacks.length, "stack")}: ${amount(managed)} managed, ${amount(missing)} missing, ` +
    `${amount(unmanaged)} unmanaged; coverage ${coverage} %.` +
    (left.length === 0 ? "" : ` Findings left out: ${left.join(", ")}.`)
  );
}

/** Findings by kind, in their order. */
export function byKind(findings: readonly Finding[]): Map<Kind, Finding[]> {
  const groups = new Map<Kind, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.kind);
    if (group === undefined) groups.set(finding.kind, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** What is to be said: our own sentence, and lines that may quote others. Changes say it all in their lines. */
export const saying = ({ kind, message, details }: Finding): { own: string[]; quoting: string[] } => ({
  own: kind === "changed" ? [] : [message],
  quoting: details,
});

/** The resources that manage the client, in short; none for a client without. */
export const placesOf = ({ resources }: Finding): string =>
  resources.map(({ stack, resource }) => `${resource} in ${stack}`).join("; ");
