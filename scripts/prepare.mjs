// Compiles dist/ for who installs the package from its repository: npm install git+https://…
// npm has installed the packages by then, and is at work in node_modules, so nothing else of the set-up may run.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild } from "./setup/build.mjs";
import { endWith } from "./setup/setup-error.mjs";

try {
  await ensureBuild(path.dirname(path.dirname(fileURLToPath(import.meta.url))), process.execPath);
} catch (error) {
  endWith(error);
}
