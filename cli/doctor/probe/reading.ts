import { readAnswer } from "../../../provider/cloud/answer";
import type { WireAnswer } from "../../../provider/cloud/transport";
import type { RemoteClient } from "../../../provider/model/wire";
import type { Raw } from "./bench";

const isObject = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The answer's JSON object; an empty one where it is none. */
export function jsonOf(answer: WireAnswer): Raw {
  const body = readAnswer(answer.text);
  return body.kind === "json" && isObject(body.value) ? body.value : {};
}

/** The number as one of the known texts, or what stands for all others. */
export function oneOf<const Known extends string, const Other extends string>(
  status: number,
  known: readonly Known[],
  other: Other,
): Known | Other {
  return known.find((text) => text === String(status)) ?? other;
}

/** How a client's answer carries the secret; its value goes nowhere. */
export function secretIn({ apiSecret, raw }: RemoteClient): "shown" | "masked" | "null" | "absent" {
  if (apiSecret !== undefined) return "shown";
  if (raw["apiSecret"] === null) return "null";
  return raw["apiSecret"] === undefined ? "absent" : "masked";
}
