// npm run pictures: writes the pictures of docs/pictures that tests make, from what the command prints and what the emulator's page
// shows. Needs a browser (chromium on PATH), as the tests of that page do.
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const tests = ["tests/docs/pictures.test.ts", "tests/emulator/console-picture.test.ts"];
const { status } = spawnSync(
  process.execPath,
  [path.join("node_modules", "jest", "bin", "jest.js"), ...tests],
  {
    cwd: path.dirname(path.dirname(fileURLToPath(import.meta.url))),
    env: { ...process.env, WRITE_PICTURES: "1" },
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;
