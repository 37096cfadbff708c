import type { Finding } from "./finding";
import type { Visit } from "./visit";

export const STEP_NAMES = [
  "configuration",
  "address",
  "token",
  "identity",
  "roles",
  "rights",
  "clock",
  "description",
  "versions",
] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** What a step cannot do without, each found out by one before it. */
export type Need = "address" | "connection" | "answer" | "credentials" | "token" | "list";

export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly needs: readonly Need[];
  readonly run: (visit: Visit) => Promise<readonly Finding[]>;
}

/** Why a step cannot be done, or undefined. */
export function missingNeed(step: Step, visit: Visit): string | undefined {
  const there: Readonly<Record<Need, boolean>> = {
    address: visit.cloud !== undefined,
    connection: visit.witness.reached,
    answer: visit.answered,
    credentials: visit.hasCredentials,
    token: visit.token !== undefined,
    list: visit.list !== undefined,
  };
  const missing = step.needs.flatMap((need) => [...BEFORE[need], need]).find((need) => !there[need]);
  return missing === undefined ? undefined : WORDS[missing];
}

/** What each of them cannot be without: said in its place. */
const BEFORE: Readonly<Record<Need, readonly Need[]>> = {
  address: [],
  connection: ["address"],
  answer: ["address", "connection"],
  credentials: [],
  token: ["address", "connection"],
  list: ["address", "connection"],
};

const WORDS: Readonly<Record<Need, string>> = {
  address: "Skipped: it needs an address that can be used.",
  connection: "Skipped: not reached.",
  answer: "Skipped: it needs an answer from that address.",
  credentials: "Skipped: it needs thinkgeo:clientId and thinkgeo:clientSecret.",
  token: "Skipped: it needs a token.",
  list: "Skipped: it needs the list of clients.",
};
