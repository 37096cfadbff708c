import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RUNTIME = join(__dirname, "../../dist/provider/hosts/dynamic.js");

test("what NODE_COMPILE_CACHE asks for is kept although the engine kills the process", () => {
  const cache = mkdtempSync(join(tmpdir(), "thinkgeo-compile-cache-"));
  const script = `require(${JSON.stringify(RUNTIME)}); process.kill(process.pid, "SIGKILL");`;
  const { signal } = spawnSync(process.execPath, ["-e", script], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const kept = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  rmSync(cache, { recursive: true });
  expect(signal).toBe("SIGKILL");
  // This package's own files and zod's.
  expect(kept.length).toBeGreaterThan(50);
});
