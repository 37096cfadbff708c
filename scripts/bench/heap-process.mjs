// node --expose-gc heap-process.mjs FOLDER-OF-DIST OPERATIONS: prints as JSON the heap after parts of that many operations.
import { createRequire } from "node:module";
import * as path from "node:path";

const [dist = "", operations = "1000"] = process.argv.slice(2);
/** @type {import("../../dist/provider/hosts/dynamic.js")} */
const { provider } = createRequire(path.join(dist, "index.js"))("./provider/hosts/dynamic.js");

const CLIENTS = 50;
const PARTS = 10;

await provider.configure({ config: { get: () => undefined } });

/** @type {() => Promise<number>} */
async function heap() {
  // What waits for a timer or a socket is let go first.
  await new Promise((resume) => setTimeout(resume, 100));
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed;
}

let made = 0;
async function make() {
  const news = {
    name: `client${made++}`,
    type: "NativeConfidential",
    allowedIpAddresses: ["203.0.113.0/24", "192.0.2.1"],
  };
  const { inputs } = await provider.check({}, news);
  return { inputs, ...(await provider.create(inputs)) };
}

/** Four operations on each of the clients: what a long run does with what is there. */
async function work(/** @type {Awaited<ReturnType<typeof make>>[]} */ clients, /** @type {number} */ turn) {
  await Promise.all(
    clients.map(async ({ id, inputs, outs }) => {
      const checked = await provider.check(inputs, inputs);
      await provider.diff(id, outs, checked.inputs);
      await provider.read(id, outs);
      await provider.update(id, outs, { ...inputs, allowedIpAddresses: [`192.0.2.${turn % 250}`] });
    }),
  );
}

const clients = await Promise.all(Array.from({ length: CLIENTS }, make));
const turns = Math.ceil(Number(operations) / (CLIENTS * 4) / PARTS);
const steady = [];
for (let part = 0, turn = 0; part < PARTS; part++) {
  for (let count = 0; count < turns; count++) await work(clients, turn++);
  steady.push(await heap());
}
// What the process must remember of clients that come and go.
const before = await heap();
const lives = Math.ceil(Number(operations) / 2 / CLIENTS);
for (let life = 0; life < lives; life++) {
  const passing = await Promise.all(Array.from({ length: CLIENTS }, make));
  await Promise.all(passing.map(({ id, outs }) => provider.delete(id, outs)));
}
const eachClient = ((await heap()) - before) / (lives * CLIENTS);
console.log(JSON.stringify({ steady, eachClient, operations: turns * PARTS * CLIENTS * 4 }));
process.exit();
