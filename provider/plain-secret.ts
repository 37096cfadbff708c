const KEY = "thinkgeo:clientSecret";

/** The warning for a stack whose configuration has the secret in plain text. */
export const plainSecretWarning = (stack: string): string =>
  `${KEY} is in plain text in Pulumi.${stack}.yaml, so everybody who reads that file has it. ` +
  `Store it with "pulumi config set --secret ${KEY}"; if the file was ever shared, create a new client for Pulumi, and delete this one.`;
