import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import {
  isSecretMarked,
  SECRET_MARK,
  SIGNATURE_KEY,
  UNKNOWN,
  withoutUndefined,
  type Properties,
} from "../../model/values";

/** The signature of an output with its dependencies (`specialOutputValueSig`). Only this host gets such values. */
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Properties as the provider works with them, and which of them are secret or have a secret in them. */
export interface Unwrapped {
  readonly values: Properties;
  readonly secrets: readonly string[];
}

/** Reads what the engine passes: wrapped values become plain, and which were secret is told beside them. */
export function fromStruct(struct: Struct | undefined): Unwrapped {
  const secrets: string[] = [];
  const values = Object.entries(struct?.toJavaScript() ?? {}).map(([key, value]) => {
    const found = { secret: false };
    const plain = unwrap(value, found);
    if (found.secret) secrets.push(key);
    return [key, plain] as const;
  });
  return { values: Object.fromEntries(values), secrets: secrets.sort() };
}

function unwrap(value: unknown, found: { secret: boolean }): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry: unknown) => unwrap(entry, found));
  const fields = value as Properties;
  const isSecret = isSecretMarked(fields);
  if (isSecret || fields["secret"] === true) found.secret = true;
  if (isSecret) return unwrap(fields["value"], found);
  if (fields[SIGNATURE_KEY] === OUTPUT_SIGNATURE)
    return unwrap("value" in fields ? fields["value"] : UNKNOWN, found);
  return Object.fromEntries(Object.entries(fields).map(([key, entry]) => [key, unwrap(entry, found)]));
}

/** Properties for the engine; those that are named here are marked as secrets. */
export const toStruct = (properties: Properties, secrets: readonly string[] = []): Struct =>
  Struct.fromJavaScript(
    Object.fromEntries(
      Object.entries(withoutUndefined(properties)).map(([key, value]) => [
        key,
        (secrets.includes(key) && !isSecretMarked(value)
          ? { ...SECRET_MARK, value }
          : value) as JavaScriptValue,
      ]),
    ),
  );
