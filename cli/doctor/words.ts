import { sentence, type ThinkGeoError } from "../../provider/cloud/errors";
import { fail, warn, type Finding } from "./finding";

/** An error of the API as a finding: what happened, and what to do. */
export const failureOf = (error: ThinkGeoError): Finding =>
  fail(`Could not ${error.account.doing}: ${sentence(error.account.happened)}`, error.account.next);

/** The same for what one can do without. */
export const warningOf = (error: ThinkGeoError): Finding =>
  warn(`Could not ${error.account.doing}: ${sentence(error.account.happened)}`, error.account.next);

export const quoted = (text: string): string => JSON.stringify(text);

/** `1 client`, `3 clients`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
