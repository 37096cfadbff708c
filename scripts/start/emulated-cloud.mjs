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
  const kinds = [
    { name: "token", path: "/identity/connect/token", method: "POST" },
    { name: "list of clients", path: "/api/v1/clients", method: "GET" },
    { name: "create", path: "/api/v1/clients", method: "POST" },
    { name: "read", path: "/api/v1/clients/*", method: "GET" },
    { name: "update", path: "/api/v1/clients/*", method: "POST" },
    { name: "delete", path: "/api/v1/clients", method: "DELETE" },
  ].map(({ name, ...filter }) => ({ name, count: emulator.requests(filter).length }));
  const said = kinds
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}${count > 1 ? "s" : ""}`);
  return said.join(", ").replace(/lists? of clientss/, "lists of clients");
}
