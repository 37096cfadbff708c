/* How a value says to the engine that it is secret (`pulumi.runtime.specialSigKey` and `specialSecretSig`; a test holds them equal). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const SECRETS = ["clientSecret", "previousClientSecret"];

/**
 * The same outputs with secrets marked by the provider itself. The SDK marks them too, but not where state came from an
 * import file, which no program has registered. The engine gives them back as plain values.
 */
export const withSecrets = (outputs: Outputs): Record<string, unknown> => ({
  ...marked(outputs, SECRETS),
  // The names of a rotation's clients are made of the declared one.
  ...(hasSecretName(outputs) && membersWithSecretName(outputs)),
});

type Outputs = Readonly<Record<string, unknown>>;

const marked = (outputs: Outputs, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      keys.includes(key) && typeof value === "string" ? { [SIGNATURE]: SECRET, value } : value,
    ]),
  );

const hasSecretName = ({ secretInputs }: Outputs): boolean =>
  Array.isArray(secretInputs) && secretInputs.includes("name");

const membersWithSecretName = (outputs: Outputs): Record<string, unknown> =>
  Object.fromEntries(
    ["current", "previous"].flatMap((key) => {
      const member = outputs[key];
      return typeof member === "object" && member !== null ? [[key, marked({ ...member }, ["name"])]] : [];
    }),
  );
