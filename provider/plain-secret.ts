const KEY = "thinkgeo:clientSecret";

/** The words for a stack whose settings have the secret for everybody to read. */
export const plainSecretOf = (stack: string): string =>
  `${KEY} is in plain text in Pulumi.${stack}.yaml, so everybody who reads that file has it. ` +
  `Store it with "pulumi config set --secret ${KEY}"; if the file was ever shared, create a new client for Pulumi, and delete this one.`;
