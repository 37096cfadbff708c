import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { withoutUndefined, type Properties } from "../../model/values";

/* How a wrapped value says of what kind it is (`pulumi.runtime.specialSigKey` and its companions; a test holds them equal). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** A value that is not known yet is this text, as in inputs of a dynamic provider. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

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
  const kind = fields[SIGNATURE];
  if (kind === SECRET || fields["secret"] === true) found.secret = true;
  if (kind === SECRET) return unwrap(fields["value"], found);
  if (kind === OUTPUT) return unwrap("value" in fields ? fields["value"] : UNKNOWN, found);
  return Object.fromEntries(Object.entries(fields).map(([key, entry]) => [key, unwrap(entry, found)]));
}

/** Properties for the engine; those that are named here are marked as secrets. */
export const toStruct = (properties: Properties, secrets: readonly string[] = []): Struct =>
  Struct.fromJavaScript(
    Object.fromEntries(
      Object.entries(withoutUndefined(properties)).map(([key, value]) => [
        key,
        (secrets.includes(key) && !isSecret(value)
          ? { [SIGNATURE]: SECRET, value }
          : value) as JavaScriptValue,
      ]),
    ),
  );

const isSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && (value as Properties)[SIGNATURE] === SECRET;
