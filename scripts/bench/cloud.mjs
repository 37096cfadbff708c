import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("cloud-process.mjs", import.meta.url));

/**
 * @typedef {object} Account
 * @property {Record<string, string>} environment
 * @property {string} ownerId
 * @property {{ id: string, name: string }[]} clients
 */

/** @typedef {import("./cloud-process.mjs").Requests} Requests */

/** ThinkGeo Cloud on loopback, in a process of its own. */
export class Cloud {
  #child;

  /**
   * @param {import("./workplace.mjs").Workplace} workplace
   */
  static async start(workplace) {
    const child = fork(program, [workplace.compiled("emulator", "index.js")], {
      stdio: ["ignore", 2, 2, "ipc"],
    });
    await once(child, "message");
    return new Cloud(child);
  }

  /** @param {import("node:child_process").ChildProcess} child */
  constructor(child) {
    this.#child = child;
  }

  get pid() {
    return this.#child.pid;
  }

  /**
   * A new account with so many clients.
   *
   * @param {number} clients
   * @returns {Promise<Account>}
   */
  account(clients = 0) {
    return this.#ask("account", clients);
  }

  /** @param {number} ms what every request takes from now on */
  async latency(ms) {
    await this.#ask("latency", ms);
  }

  async clear() {
    await this.#ask("clear");
  }

  /** @returns {Promise<Requests>} those since `clear` */
  requests() {
    return this.#ask("requests");
  }

  async close() {
    if (this.#child.connected) this.#child.disconnect();
    if (this.#child.exitCode === null) await once(this.#child, "exit");
  }

  /**
   * @param {string} task
   * @param {number} [argument]
   */
  async #ask(task, argument = 0) {
    const answered = once(this.#child, "message");
    this.#child.send({ task, argument });
    const [{ answer }] = await answered;
    return answer;
  }
}
