// npm run build: compiles dist/, also where it seems to be up to date.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./setup/build.mjs";

await build(path.dirname(path.dirname(fileURLToPath(import.meta.url))), process.execPath);
