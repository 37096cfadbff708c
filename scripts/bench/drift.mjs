import * as fs from "node:fs";
import * as path from "node:path";
import { usageOf } from "./measure.mjs";

const TYPE = "pulumi-nodejs:dynamic/thinkgeo:Client";
const MOST_DECLARED = 2_000;

/**
 * A stack, as `pulumi stack export` writes it, that declares a fifth of the account.
 *
 * @param {ReturnType<import("./cloud.mjs").Cloud["account"]>} account
 */
function stackOf({ clients, ownerId }) {
  const resources = clients
    .map(({ id, ...declared }, index) => {
      const inputs = { ...declared, active: true, deletionPolicy: "delete" };
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
 * @param {import("../bench.mjs").Bench} bench
 */
export async function drift({ options, workplace, cloud, figures, say }) {
  for (const clients of options.accounts) {
    say(`drift: an account of ${clients} clients`);
    const account = cloud.account(clients);
    const folder = workplace.folder("account");
    const file = path.join(folder, "stack.json");
    fs.writeFileSync(file, JSON.stringify(stackOf(account)));
    for (let run = 0; run < options.runs; run++) {
      const steps = {
        drift: ["drift", file, "--json", "--fail-on", "none"],
        export: ["export", "--out", path.join(folder, `export-${run}`)],
      };
      const where = { cwd: folder, env: account.environment };
      const alone = await usageOf(["-e", "0"], where);
      for (const [step, args] of Object.entries(steps)) {
        const { cpu, memory } = await usageOf([workplace.thinkgeo, ...args], where);
        const about = { part: "drift", step, subject: "ours", clients };
        figures.add({ ...about, metric: "CPU beyond Node.js", unit: "s" }, cpu - alone.cpu);
        figures.add({ ...about, metric: "peak memory", unit: "MB" }, memory);
        figures.add({ ...about, metric: "peak memory beyond Node.js", unit: "MB" }, memory - alone.memory);
      }
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
