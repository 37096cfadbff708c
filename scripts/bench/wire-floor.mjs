// The requests of each step by undici alone: node wire-floor.mjs CLIENTS PARALLEL. Prints seconds and requests as JSON.
import { createRequire } from "node:module";
import * as path from "node:path";

/** @type {import("undici")} */
const { Agent } = createRequire(path.join(process.cwd(), "index.js"))("undici");

const [count = 1, parallel = 1] = process.argv.slice(2).map(Number);
const { THINKGEO_API_URL = "", THINKGEO_CLIENT_ID = "", THINKGEO_CLIENT_SECRET = "" } = process.env;
const agent = new Agent();
const clients = "/api/v1/clients";
/** @type {Record<string, string>} */
let headers = {};
let requests = 0;

/**
 * @param {"GET" | "POST" | "DELETE"} method
 * @param {string} at
 * @param {string} [body]
 */
async function ask(method, at, body) {
  requests++;
  const request = { origin: THINKGEO_API_URL, path: at, method, headers, body: body ?? null };
  const answer = await agent.request(request);
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${method} ${at}: ${answer.statusCode} ${text}`);
  return JSON.parse(text);
}

async function signIn() {
  headers = { "content-type": "application/x-www-form-urlencoded" };
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: THINKGEO_CLIENT_ID,
    client_secret: THINKGEO_CLIENT_SECRET,
  });
  const { access_token } = await ask("POST", "/identity/connect/token", form.toString());
  const json = "application/json";
  headers = { authorization: `Bearer ${access_token}`, accept: json, "content-type": json };
}

/**
 * So many at once, and the next as soon as one is done.
 *
 * @template T
 * @param {readonly T[]} all
 * @param {(one: T, index: number) => Promise<unknown>} work
 */
async function each(all, work) {
  const queue = [...all.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, all.length) }, worker));
}

/** @type {Record<string, any>[]} */
const made = [];

/** @type {Record<string, () => Promise<void>>} */
const steps = {
  async up() {
    await ask("GET", clients);
    await ask("GET", `${clients}/roles`);
    await each(Array.from({ length: count }), async (_, index) => {
      const client = {
        name: `client${index}`,
        clientType: "NativeConfidential",
        sharedMode: "IpAddress",
        allowedIpAddresses: ["203.0.113.0/24", `198.51.100.${index % 250}`, "192.0.2.1"],
      };
      made.push((await ask("POST", clients, JSON.stringify(client))).data);
    });
  },
  async refresh() {
    await ask("GET", clients);
    await ask("GET", `${clients}/roles`);
  },
  async update() {
    await ask("GET", `${clients}/roles`);
    await each(made, async ({ id }) => {
      const { data } = await ask("GET", `${clients}/${id}`);
      const changed = { ...data, allowedIpAddresses: ["203.0.113.0/24", "192.0.2.2"] };
      await ask("POST", `${clients}/${id}`, JSON.stringify(changed));
    });
  },
  async destroy() {
    await ask("GET", clients);
    for (let from = 0; from < made.length; from += parallel) {
      const batch = made.slice(from, from + parallel).map(({ id }) => `clientIds=${id}`);
      await ask("DELETE", `${clients}?${batch.join("&")}`);
    }
  },
};

/** @type {Record<string, { wall: number, cpu: number, requests: number }>} */
const costs = {};
for (const [step, work] of Object.entries(steps)) {
  requests = 0;
  const started = performance.now();
  const cpu = process.cpuUsage();
  await signIn();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  costs[step] = { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6, requests };
}
await agent.close();
console.log(JSON.stringify(costs));
