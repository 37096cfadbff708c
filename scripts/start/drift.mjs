import { StartError } from "./start-error.mjs";

/**
 * Does to one key what a person might do in the console, without a word to Pulumi.
 *
 * @param {import("./emulated-cloud.mjs").Emulator} emulator
 * @param {import("./keys.mjs").Key} key
 * @returns {string} what was done, as the end of a sentence
 */
export function causeDrift(emulator, key) {
  const [account] = emulator.accounts;
  const client = account.client(key.id);
  if (client === undefined)
    throw new StartError(`The account has lost "${key.name}": npm start -- --clean, then npm start.`);
  const { allowedOrigins, allowedIpAddresses, sharedMode } = client;
  if (sharedMode === "IpAddress" && allowedIpAddresses.length > 0) {
    account.editClient(key.id, { allowedIpAddresses: [...allowedIpAddresses, "192.0.2.0/24"] });
    return `lets the addresses 192.0.2.0/24 use "${key.name}"`;
  }
  if (sharedMode === "Origin" && allowedOrigins.length > 0) {
    account.editClient(key.id, { allowedOrigins: [...allowedOrigins, "somebody-else.example"] });
    return `lets pages of somebody-else.example use "${key.name}"`;
  }
  account.editClient(key.id, { isActive: !key.active });
  return `switches "${key.name}" ${key.active ? "off" : "on"}`;
}
