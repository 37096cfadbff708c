import * as fs from "node:fs";
import { startEmulator } from "../../dist/emulator/index.js";
import { readNumber } from "./folder.mjs";

/** @typedef {import("../../dist/emulator/index.js").Emulator} Emulator */

/**
 * Starts ThinkGeo Cloud in this process, with the account of the last run, and on its port if that is free.
 *
 * @param {import("./folder.mjs").Folder} folder
 * @returns {Promise<Emulator>}
 */
export async function emulatedCloud(folder) {
  const port = readNumber(folder.port) ?? 0;
  const emulator = await startEmulator({ data: folder.account, port }).catch((error) => {
    const taken = error?.code === "EADDRINUSE" || error?.code === "EACCES";
    if (port !== 0 && taken) return startEmulator({ data: folder.account });
    throw error;
  });
  fs.writeFileSync(folder.port, `${new URL(emulator.url).port}\n`);
  return emulator;
}

/**
 * The requests that ThinkGeo has answered since `clearRequests`, in words; empty if there were none.
 *
 * @param {Emulator} emulator
 */
export function requestsInWords(emulator) {
  const requests = emulator.requests();
  const said = kinds.flatMap(({ one, many, method, path }) => {
    const count = requests.filter((request) => request.method === method && path.test(request.path)).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return said.join(", ");
}

const clients = /^\/api\/v1\/clients$/;
const oneClient = /^\/api\/v1\/clients\/(?!roles$)[^/]+$/;

const kinds = [
  { one: "token", many: "tokens", method: "POST", path: /^\/identity\/connect\/token$/ },
  { one: "list of clients", many: "lists of clients", method: "GET", path: clients },
  { one: "list of roles", many: "lists of roles", method: "GET", path: /^\/api\/v1\/clients\/roles$/ },
  { one: "create", many: "creates", method: "POST", path: clients },
  { one: "read", many: "reads", method: "GET", path: oneClient },
  { one: "update", many: "updates", method: "POST", path: oneClient },
  { one: "delete", many: "deletes", method: "DELETE", path: clients },
];
