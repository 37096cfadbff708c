/* How a value says to the engine that it is secret (`pulumi.runtime.specialSigKey` and `specialSecretSig`; a test holds them equal). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const SECRETS = ["clientSecret", "previousClientSecret"];

/**
 * The same outputs with secrets marked by the provider itself. The SDK marks them too, but not where state came from an
 * import file, which no program has registered. The engine gives them back as plain values.
 */
export const withSecrets = (outputs: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      SECRETS.includes(key) && typeof value === "string" ? { [SIGNATURE]: SECRET, value } : value,
    ]),
  );
