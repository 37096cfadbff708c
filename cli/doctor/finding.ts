import type { ThinkGeoError } from "../../provider/cloud/failure";
import { sentence } from "../text";

/** How one thing stands. What is only said for information is neither good nor bad. */
export type Level = "pass" | "warn" | "fail" | "info";

/** One thing that a step found out. */
export interface Finding {
  readonly level: Level;
  /** A whole sentence. */
  readonly text: string;
  /** What to do about it, as a whole sentence. */
  readonly todo?: string | undefined;
}

export const pass = (text: string): Finding => ({ level: "pass", text });
export const info = (text: string): Finding => ({ level: "info", text });
export const warn = (text: string, todo: string): Finding => ({ level: "warn", text, todo });
export const fail = (text: string, todo: string): Finding => ({ level: "fail", text, todo });

/** The result of a step, or of all: the worst of what was found. */
export function worst(levels: readonly (Level | "skipped")[]): "pass" | "warn" | "fail" {
  if (levels.includes("fail")) return "fail";
  return levels.includes("warn") ? "warn" : "pass";
}

/** An error of the API as a finding: what happened, and what to do. */
export const failureOf = (error: ThinkGeoError): Finding =>
  fail(`Could not ${error.account.doing}: ${sentence(error.account.happened)}`, error.account.next);

/** The same for what one can do without. */
export const warningOf = (error: ThinkGeoError): Finding =>
  warn(`Could not ${error.account.doing}: ${sentence(error.account.happened)}`, error.account.next);
