import * as http from "node:http";
import { StartError } from "./start-error.mjs";

// An agent of its own: Node.js may have been told to use a proxy, and the emulator is on this machine.
const agent = new http.Agent();
const place = "/api/v1/elevation/46.56,8.56";

export const elevationRequest = `GET ${place}`;

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {number} [elevation] feet, where the service answered
 */

/**
 * Asks for one elevation, as a page of `origin` or as a server at `address` would.
 *
 * @param {string} url
 * @param {{ apiKey?: string, token?: string, origin?: string, address?: string }} caller
 * @returns {Promise<Answer>}
 */
export async function askElevation(url, { apiKey, token, origin, address }) {
  const query = apiKey === undefined ? "" : `?apikey=${encodeURIComponent(apiKey)}`;
  const { status, body } = await send(new URL(place + query, url), "GET", {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(origin !== undefined && { origin }),
    // Only the emulator believes this header; ThinkGeo sees where a request comes from.
    ...(address !== undefined && { "x-emulator-client-address": address }),
  });
  return status === 200 ? { status, elevation: body?.data?.elevation } : { status };
}

/**
 * Exchanges a client's id and secret for a token.
 *
 * @param {string} url
 * @param {string} clientId
 * @param {string} clientSecret
 * @returns {Promise<string | undefined>} nothing if it is refused
 */
export async function fetchToken(url, clientId, clientSecret) {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { status, body } = await send(
    new URL("/identity/connect/token", url),
    "POST",
    headers,
    form.toString(),
  );
  return status === 200 ? body?.access_token : undefined;
}

/**
 * @param {URL} url
 * @param {string} method
 * @param {Record<string, string>} headers
 * @param {string} [body]
 * @returns {Promise<{ status: number, body: any }>}
 */
function send(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method, headers, timeout: 10_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parsed(text) }));
    });
    request.on("timeout", () => request.destroy(new StartError(`${url.origin} does not answer.`)));
    request.on("error", reject).end(body);
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
