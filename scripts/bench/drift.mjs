import * as fs from "node:fs";
import * as path from "node:path";
import { programOf, usageOf } from "./run-node.mjs";

const TYPE = "pulumi-nodejs:dynamic/thinkgeo:Client";
const MOST_DECLARED = 2_000;

/**
 * A stack, as `pulumi stack export` writes it, that declares a fifth of the account.
 *
 * @param {import("./cloud.mjs").Account} account
 */
function stackOf({ clients, ownerId }) {
  const resources = clients
    .map(({ id, name }, index) => {
      const lists =
        index % 2 === 1
          ? {
              type: "NativeConfidential",
              allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7", "192.0.2.1"],
            }
          : { type: "JavaScript", allowedOrigins: [`app${index}.example.com`, `*.app${index}.example.com`] };
      const inputs = { name, active: true, deletionPolicy: "delete", ...lists };
      const urn = `urn:pulumi:bench::bench::${TYPE}::client${index}`;
      return { urn, type: TYPE, custom: true, id, inputs, outputs: { ...inputs, ownerId } };
    })
    .filter((_, index) => index % 5 === 0)
    .slice(0, MOST_DECLARED);
  return { version: 3, deployment: { resources } };
}

/**
 * Reading whole accounts: CPU beyond the start of Node.js alone, and peak memory.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function drift({ options, workplace, cloud, figures, say }) {
  for (const clients of options.accounts) {
    say(`drift: an account of ${clients} clients`);
    const account = await cloud.account(clients);
    const folder = workplace.folder("account");
    const file = path.join(folder, "stack.json");
    fs.writeFileSync(file, JSON.stringify(stackOf(account)));
    const thinkgeo = workplace.compiled("cli", "bin.js");
    for (let run = 0; run < options.runs; run++) {
      /** @type {Record<string, string[]>} */
      const steps = {
        list: [programOf("list-process.mjs"), workplace.compiled()],
        drift: [thinkgeo, "drift", file, "--json", "--fail-on", "none"],
        export: [thinkgeo, "export", "--out", path.join(folder, `export-${run}`)],
      };
      const where = { cwd: folder, env: account.environment };
      const alone = await usageOf([], where);
      for (const [step, args] of Object.entries(steps)) {
        const { cpu, memory } = await usageOf(args, where);
        const about = { part: "drift", step, subject: "ours", clients };
        figures.add({ ...about, metric: "CPU beyond Node.js", unit: "s" }, cpu - alone.cpu);
        figures.add({ ...about, metric: "peak memory", unit: "MB" }, memory);
        figures.add({ ...about, metric: "peak memory beyond Node.js", unit: "MB" }, memory - alone.memory);
      }
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
