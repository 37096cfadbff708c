import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onInterruption } from "./interruption.mjs";
import { startProgress } from "./progress.mjs";

const heartbeatMs = 5_000;
const abandonedMs = 120_000;
const retryMs = 250;

/**
 * Runs `work` while no other process does the same: the lock is a file that only one process can create.
 * A lock whose owner died, or has not touched it for two minutes, is taken over.
 *
 * @template T
 * @param {string} file
 * @param {string} purpose "installing the packages": shown by those who wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, purpose, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await acquire(file, purpose);
  const release = () => fs.rmSync(file, { force: true });
  const forget = onInterruption(release);
  const heartbeat = setInterval(() => touch(file), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    forget();
    release();
  }
}

/**
 * @param {string} file
 * @param {string} purpose
 */
async function acquire(file, purpose) {
  if (create(file)) return;
  const progress = startProgress(`Waiting for another process that is ${purpose}`, "until it is done");
  do {
    if (isAbandoned(file)) removeAbandoned(file);
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  } while (!create(file));
  progress.end("it is done");
}

/** @param {string} file */
function create(file) {
  try {
    fs.writeFileSync(file, `${process.pid} ${os.hostname()}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Two who wait may both find the lock abandoned. Only the one that creates the second file may remove it, after
 * looking again, so that a lock which was taken in the meantime survives.
 *
 * @param {string} file
 */
function removeAbandoned(file) {
  const removal = `${file}.removal`;
  if (!create(removal)) {
    if (isAbandoned(removal)) fs.rmSync(removal, { force: true });
    return;
  }
  try {
    if (isAbandoned(file)) fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(removal, { force: true });
  }
}

/** @param {string} file */
function isAbandoned(file) {
  try {
    if (Date.now() - fs.statSync(file).mtimeMs > abandonedMs) return true;
    const [pid, host] = fs.readFileSync(file, "utf8").split(" ");
    return host === os.hostname() && !isAlive(Number(pid));
  } catch {
    // Released between the look and the read.
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** @param {string} file */
function touch(file) {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody removed the lock by hand: the work goes on, only the exclusion is lost.
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
