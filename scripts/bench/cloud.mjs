import * as path from "node:path";
import { pathToFileURL } from "node:url";

/** @typedef {import("../../dist/emulator/index.js").Emulator} Emulator */

/** ThinkGeo Cloud on loopback, and what the bench asks of it. */
export class Cloud {
  #emulator;

  /** @param {import("./project.mjs").Workplace} workplace */
  static async start(workplace) {
    /** @type {import("../../dist/emulator/index.js")} */
    const module = await import(pathToFileURL(path.join(workplace.dist, "emulator", "index.js")).href);
    return new Cloud(await module.startEmulator());
  }

  /** @param {Emulator} emulator */
  constructor(emulator) {
    this.#emulator = emulator;
  }

  /**
   * A new account with so many clients, half of each type, beside those that every account has.
   *
   * @param {number} clients
   */
  account(clients = 0) {
    const account = this.#emulator.addAccount({});
    const made = [];
    for (let index = 0; index < clients; index++) {
      const lists = listsOf(index);
      const sharedMode = lists.type === "JavaScript" ? "Origin" : "IpAddress";
      const { type: clientType, ...allowed } = lists;
      const { id, name } = account.addClient({ name: `Client ${index}`, clientType, sharedMode, ...allowed });
      made.push({ id, name, ...lists });
    }
    return { environment: account.environment, ownerId: account.id, clients: made };
  }

  /** @param {number} ms what every request takes from now on */
  set latency(ms) {
    this.#emulator.setSwitches({ latency: ms });
  }

  /**
   * What something takes, and how many requests it sends.
   *
   * @template Cost
   * @param {() => Promise<Cost>} work
   */
  async counted(work) {
    this.#emulator.clearRequests();
    return { ...(await work()), requests: this.#emulator.requests().length };
  }

  close() {
    return this.#emulator.close();
  }
}

/** @param {number} index */
const listsOf = (index) =>
  index % 2 === 1
    ? {
        type: /** @type {const} */ ("NativeConfidential"),
        allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7", "192.0.2.1"],
      }
    : {
        type: /** @type {const} */ ("JavaScript"),
        allowedOrigins: [`app${index}.example.com`, `*.app${index}.example.com`],
      };
