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
export type Need = "address" | "answer" | "credentials" | "token" | "list";

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
    answer: visit.answered,
    credentials: visit.hasCredentials,
    token: visit.token !== undefined,
    list: visit.list !== undefined,
  };
  const missing = step.needs.find((need) => !there[need]);
  return missing === undefined ? undefined : `Skipped: it needs ${WORDS[missing]}.`;
}

const WORDS: Readonly<Record<Need, string>> = {
  address: "an address that can be used",
  answer: "an answer from that address",
  credentials: "thinkgeo:clientId and thinkgeo:clientSecret",
  token: "a token",
  list: "the list of clients",
};
