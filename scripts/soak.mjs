/**
 * `npm run soak -- MINUTES`: random histories (tests/histories, and rotations) with ever new seeds, for so long (30 minutes unless
 * said otherwise), or until one of them breaks an invariant. Each round is a process of its own, so that none is slowed
 * down by what the one before has left in memory.
 */
import { spawnSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0)) {
  console.error("Usage: npm run soak -- MINUTES");
  process.exit(2);
}

const end = Date.now() + minutes * 60_000;
const first = Number(process.env["SEED"] ?? Date.now() % 2 ** 30);
for (let round = 0; Date.now() < end; round++) {
  const environment = {
    ...process.env,
    SEED: String(first + round),
    HISTORIES: process.env["HISTORIES"] ?? "500",
  };
  const { status } = spawnSync(
    "jest",
    ["tests/histories/histories.test.ts", "tests/rotation/interruptions.test.ts"],
    {
      cwd: repository,
      env: environment,
      stdio: "inherit",
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
