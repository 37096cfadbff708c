// The emulator in a process of its own, told by its parent what to do: node cloud-process.mjs PATH/TO/emulator/index.js
import { pathToFileURL } from "node:url";

/** @typedef {import("../../dist/emulator/index.js")} EmulatorModule */
/** @typedef {{ environment: Record<string, string> }} NewAccount */
/** @typedef {{ kinds: Record<string, number>, total: number, firstAt: number | null, cpu: number }} Requests */

/** @type {EmulatorModule} */
const { startEmulator } = await import(pathToFileURL(process.argv[2] ?? "").href);
const emulator = await startEmulator();

const own = /^\/api\/v1\/clients\/[\da-f-]+$/;

/** @type {Record<string, (argument: number) => unknown>} */
const tasks = {
  /** An account with so many clients, half of each type, beside those that every account has. */
  account(clients) {
    const account = emulator.addAccount({});
    const made = [];
    for (let index = 0; index < clients; index++) {
      const native = index % 2 === 1;
      const { id, name } = account.addClient({
        name: `Client ${index}`,
        clientType: native ? "NativeConfidential" : "JavaScript",
        sharedMode: native ? "IpAddress" : "Origin",
        allowedOrigins: native ? [] : [`app${index}.example.com`, `*.app${index}.example.com`],
        allowedIpAddresses: native ? ["203.0.113.0/24", "198.51.100.7", "192.0.2.1"] : [],
      });
      made.push({ id, name });
    }
    return { environment: account.environment, ownerId: account.id, clients: made };
  },
  latency(ms) {
    emulator.setSwitches({ latency: ms });
  },
  clear() {
    emulator.clearRequests();
  },
  requests() {
    /** @type {Record<string, number>} */
    const kinds = {};
    const requests = emulator.requests();
    for (const { method, path } of requests) {
      const kind = `${method} ${own.test(path) ? "one client" : (path.split("/").at(-1) ?? "")}`;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    const first = requests[0]?.time;
    const { user, system } = process.cpuUsage();
    return {
      kinds,
      total: requests.length,
      firstAt: first === undefined ? null : Date.parse(first),
      cpu: (user + system) / 1e6,
    };
  },
};

process.on("message", (/** @type {{ task: string, argument: number }} */ { task, argument }) => {
  process.send?.({ answer: tasks[task]?.(argument) ?? null });
});
process.on("disconnect", () => void emulator.close());
process.send?.({ answer: emulator.url });
