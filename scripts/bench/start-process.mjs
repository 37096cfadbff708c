// node start-process.mjs MODULE…: loads them one after another, and prints the milliseconds of each as JSON.
import { createRequire } from "node:module";
import * as path from "node:path";

const require = createRequire(path.join(process.cwd(), "index.js"));

const times = process.argv.slice(2).map((name) => {
  const started = performance.now();
  require(name);
  return performance.now() - started;
});
console.log(JSON.stringify(times));
