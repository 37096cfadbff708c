import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { Project } from "./project.mjs";

const require = createRequire(import.meta.url);
const examples = path.resolve(import.meta.dirname, "../../examples");

/** @param {string} file */
const text = (file) => fs.readFileSync(path.join(examples, file), "utf8");

/** @param {string} source */
function compiled(source) {
  /** @type {import("typescript")} */
  const typescript = require("typescript");
  const compilerOptions = { module: typescript.ModuleKind.CommonJS, target: typescript.ScriptTarget.ES2023 };
  return typescript.transpileModule(source, { compilerOptions }).outputText;
}

/** The ways to run the quickstart's program. */
const ways = () => {
  const program = text("quickstart/index.ts");
  // Pulumi compiles to CommonJS, so the settings are those of an example that it compiles.
  const typescript = { "index.ts": program, "tsconfig.json": text("web-and-server/tsconfig.json") };
  const stripped = { "index.ts": program, "package.json": text("quickstart/package.json") };
  const main = "index.ts";
  return [
    { name: "TypeScript, type-checked", files: typescript, how: { main, typescript: true }, environment: {} },
    {
      name: "TypeScript, transpiled only",
      files: typescript,
      how: { main, typescript: true },
      environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    },
    { name: "TypeScript, types stripped by Node.js", files: stripped, how: {}, environment: {} },
    { name: "JavaScript", files: { "index.js": compiled(program) }, how: {}, environment: {} },
  ];
};

/**
 * From `pulumi up` to the first request, as the emulator sees it come.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function first({ options, workplace, cloud, figures, say }) {
  for (let run = 0; run < options.runs; run++) {
    const all = ways();
    for (const { name, files, how, environment } of run % 2 === 0 ? all : all.toReversed()) {
      say(`first: ${name}, run ${run + 1} of ${options.runs}`);
      const account = await cloud.account();
      const folder = workplace.folder("first");
      const project = new Project(folder, files, { ...account.environment, ...environment }, how);
      await project.init();
      await cloud.clear();
      const { cpu, startedAt } = await project.pulumi("up", "--skip-preview", "--yes");
      const { firstAt } = await cloud.requests();
      const about = { part: "first", step: "up", subject: name, unit: "s" };
      figures.add(
        { ...about, metric: "until the first request" },
        firstAt === null ? undefined : (firstAt - startedAt) / 1000,
      );
      figures.add({ ...about, metric: "CPU of the whole command" }, cpu);
      project.remove();
    }
  }
}
