// Runs a program in this process and says at the end what it took: node node-usage.mjs REPORT [PROGRAM ARGS…]
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [node = "", , report = "", program, ...args] = process.argv;

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(report, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }));
});
if (program !== undefined) {
  process.argv = [node, program, ...args];
  await import(pathToFileURL(program).href);
}
