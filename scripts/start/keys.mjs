import { askElevation, fetchToken } from "./elevation.mjs";

/**
 * One client, as the stack holds it.
 *
 * @typedef {object} Key
 * @property {string} id
 * @property {string} name
 * @property {"JavaScript" | "NativeConfidential"} type
 * @property {boolean} active
 * @property {string} clientId
 * @property {string} [clientSecret]
 * @property {string[]} effectiveRoles
 * @property {string[]} [allowedOrigins]
 * @property {string[]} [allowedIpAddresses]
 */

/**
 * One use of a key.
 *
 * @typedef {object} Use
 * @property {string} key its type and name
 * @property {string} from
 * @property {boolean} opens whether the program says that it should
 * @property {import("./elevation.mjs").Answer} answer
 */

// Names and addresses that are reserved for examples, so that no whitelist of a real site holds them.
const strangeOrigin = "https://somebody-else.example";
const strangeAddress = "192.0.2.1";

/**
 * Uses a key from inside its whitelist and from outside.
 *
 * @param {string} url
 * @param {Key} key
 * @returns {Promise<Use[]>}
 */
export async function useKey(url, key) {
  const works = key.active && key.effectiveRoles.some((role) => ["Evaluator", "Subscriber"].includes(role));
  const uses = [];
  for (const caller of callers(key)) {
    const answer = await ask(url, key, caller);
    uses.push({
      key: `${key.type} "${key.name}"`,
      from: caller.from,
      opens: works && caller.allowed,
      answer,
    });
  }
  return uses;
}

/**
 * @typedef {object} Caller
 * @property {string} from
 * @property {boolean} allowed
 * @property {string} [origin]
 * @property {string} [address]
 */

/**
 * @param {Key} key
 * @returns {Caller[]}
 */
function callers({ type, allowedOrigins = [], allowedIpAddresses = [] }) {
  const byAddress = type === "NativeConfidential" || allowedIpAddresses.length > 0;
  const inside = (byAddress ? allowedIpAddresses.map(addressIn) : allowedOrigins.map(originIn))[0];
  const outside = byAddress ? strangeAddress : strangeOrigin;
  const list = [
    ...(inside === undefined ? [] : [{ from: inside, allowed: true }]),
    { from: outside, allowed: inside === undefined },
  ];
  return list.map((caller) => ({ ...caller, [byAddress ? "address" : "origin"]: caller.from }));
}

/**
 * An address that an entry lets in.
 *
 * @param {string} entry
 */
const addressIn = (entry) =>
  entry
    .replaceAll("*", "7")
    .replace(/\.0\/[12]?\d$/, ".7")
    .replace(/\/\d+$/, "");

/** @param {string} entry */
const originIn = (entry) => `https://${entry.replace(/^\*\./, "www.")}`;

/**
 * @param {string} url
 * @param {Key} key
 * @param {Caller} caller
 */
async function ask(url, { type, clientId, clientSecret }, caller) {
  if (type === "JavaScript") return askElevation(url, { ...caller, apiKey: clientId });
  const token = await fetchToken(url, clientId, clientSecret ?? "");
  return token === undefined ? { status: 401 } : askElevation(url, { ...caller, token });
}

/** @param {Use} use */
export const isAsDeclared = ({ opens, answer }) => opens === (answer.status === 200);
