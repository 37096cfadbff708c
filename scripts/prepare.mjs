// Compiles dist/ for who installs the package from its repository: npm install git+https://…
// npm has installed the packages by then, and is at work in node_modules, so nothing else of the set-up may run.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild } from "./setup/build.mjs";
import { SetupError } from "./setup/setup-error.mjs";

try {
  await ensureBuild(path.dirname(path.dirname(fileURLToPath(import.meta.url))), process.execPath);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.details}\n${error.message}\n`);
  process.exitCode = 1;
}
