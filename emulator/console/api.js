/** @typedef {import("../entities").Client} Client */
/** @typedef {Partial<Pick<Client, "name" | "clientType" | "sharedMode" | "allowedOrigins" | "allowedIpAddresses" | "grantedRoles" | "isActive">>} ClientFields */
/** @typedef {{ id: string, name: string, operatorId: string, roles: { name: string }[] }} Account */

/**
 * The administrative path, as the page uses it.
 *
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<unknown>}
 */
async function ask(method, path, body) {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(`/emulator${path}`, { method, headers, ...sent });
  } catch {
    throw new Error("The emulator does not answer. Is it still running?");
  }
  const text = await answer.text();
  const content = parsed(text);
  if (answer.ok) return content;
  throw new Error(reasonIn(content) ?? `The emulator answered HTTP ${answer.status}.`);
}

/**
 * @param {string} text
 * @returns {unknown} undefined where it is no JSON
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {unknown} content */
const reasonIn = (content) =>
  typeof content === "object" && content !== null && "error" in content ? String(content.error) : undefined;

/** @param {string} account */
const clients = (account) => `/accounts/${encodeURIComponent(account)}/clients`;

/**
 * @param {string} account
 * @param {string} id
 */
const one = (account, id) => `${clients(account)}/${encodeURIComponent(id)}`;

export const accounts = async () => /** @type {Account[]} */ (await ask("GET", "/accounts"));

/** @param {string} account */
export const clientsOf = async (account) => /** @type {Client[]} */ (await ask("GET", clients(account)));

/**
 * @param {string} account
 * @param {ClientFields} fields
 */
export const addClient = (account, fields) => ask("POST", clients(account), fields);

/**
 * @param {string} account
 * @param {string} id
 * @param {ClientFields} fields
 */
export const editClient = (account, id, fields) => ask("PATCH", one(account, id), fields);

/**
 * @param {string} account
 * @param {string} id
 */
export const deleteClient = (account, id) => ask("DELETE", one(account, id));
