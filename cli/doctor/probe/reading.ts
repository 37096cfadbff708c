import { readAnswer } from "../../../provider/cloud/answer";
import type { WireAnswer } from "../../../provider/cloud/transport";
import { roles, type RemoteClient } from "../../../provider/model/wire";
import { textsIn } from "../../text";
import type { AnswerTo } from "./questions";

export type Raw = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The JSON object of a response; an empty one if it has none. */
export function jsonOf(answer: WireAnswer): Raw {
  const body = readAnswer(answer.text);
  return body.kind === "json" && isObject(body.value) ? body.value : {};
}

/** The status if it is one of the known ones, or the word for all others. */
export function oneOf<const Known extends string, const Other extends string>(
  status: number,
  known: readonly Known[],
  other: Other,
): Known | Other {
  return known.find((text) => text === String(status)) ?? other;
}

export const sameText = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

export const sameSet = (left: unknown, right: unknown): boolean =>
  JSON.stringify(textsIn(left).toSorted()) === JSON.stringify(textsIn(right).toSorted());

/** Roles as requests have them: of objects, the ids. */
export const rolesIn = (granted: unknown): string[] => roles.safeParse(granted).data ?? textsIn(granted);

/** How a response shows the client's secret. The secret itself is not reported. */
export function secretIn({ apiSecret, raw }: RemoteClient): AnswerTo<"secretOnGet"> {
  if (apiSecret !== undefined) return "shown";
  if (raw["apiSecret"] === null) return "null";
  return raw["apiSecret"] === undefined ? "absent" : "masked";
}

/** Whether each item of a list is in an envelope of its own. */
export function formOfItems(list: Raw): AnswerTo<"listItems"> | undefined {
  const { data } = list;
  const items: readonly unknown[] = Array.isArray(data) ? data : [];
  const wrapped = items.filter(
    (item) => isObject(item) && item["id"] === undefined && isObject(item["data"]),
  );
  if (items.length === 0) return undefined;
  if (wrapped.length === items.length) return "in envelopes";
  return wrapped.length === 0 ? "plain" : "mixed";
}

export function linkIn({ link, links }: Raw): AnswerTo<"envelopeLink"> {
  if (typeof link === "object" && link !== null) return Array.isArray(link) ? "array" : "object";
  return links === undefined || links === null ? "absent" : "links";
}

export function etagIn({ headers }: WireAnswer): AnswerTo<"etag"> {
  const etag = headers["etag"]?.trim() ?? "";
  if (etag === "") return "absent";
  return etag.startsWith("W/") ? "weak" : "strong";
}

export const hasNull = (value: unknown): boolean =>
  value === null || (typeof value === "object" && Object.values(value).some(hasNull));

/** The casing of a word, compared with the declared one. */
export function casingIn(word: unknown, declared: string): AnswerTo<"enumCasing"> {
  if (word === declared) return "declared";
  if (word === declared.slice(0, 1).toLowerCase() + declared.slice(1)) return "camelCase";
  if (word === declared.toLowerCase()) return "lower case";
  return word === declared.toUpperCase() ? "upper case" : "other";
}

const FIELDS = [
  ...["id", "name", "clientType", "sharedMode", "allowedOrigins", "allowedIpAddresses", "grantedRoles"],
  ...["isActive", "apiKey", "apiSecret", "ownerId"],
];

/** The names of the known fields that one response has and another leaves out. */
export function leftOut(whole: Raw, part: Raw): string {
  const missing = FIELDS.filter((field) => (whole[field] ?? null) !== null && (part[field] ?? null) === null);
  return missing.length === 0 ? "none" : missing.join(", ");
}

/** How the server changed a name. */
export function formOfName(sent: string, kept: string): AnswerTo<"nameForm"> {
  if (kept === sent) return "kept";
  if (kept.length > 0 && sent.startsWith(kept)) return "cut off";
  if (kept === sent.toLowerCase()) return "in lower case";
  if (kept === sent.normalize("NFC").replace(/\s+/g, " ").trim()) return "normalised";
  const plain = kept.replace(/&#38;|&#x26;|&amp;/gi, "&").replace(/&#34;|&#x22;|&quot;/gi, '"');
  return plain === sent ? "escaped" : "changed";
}
