import * as fs from "node:fs";

const EVERY_MS = 100;

/** Which process is which, by its command line. */
const ROLES = [
  { role: "provider", look: /cmd[/\\]dynamic-provider/ },
  { role: "program", look: /cmd[/\\]run\b/ },
  { role: "language host", look: /^\S*pulumi-language-nodejs\b/ },
  { role: "engine", look: /^\S*\bpulumi \w/ },
];

/** @typedef {Record<string, number>} Memory peak megabytes by role */

/**
 * Watches the peak memory (VmHWM) of the processes that have `mark` in their environment: that finds them whoever their
 * parent is. Peaks only grow, so looking now and then is enough. Linux only; elsewhere nothing is found.
 *
 * @param {string} mark
 * @returns {() => Memory} ends the watch
 */
export function watchMemory(mark) {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  /** @type {Memory} */
  const peaks = {};
  const look = () => {
    for (const pid of processes()) {
      const ours = known.get(pid) ?? read(pid, "environ").split("\0").includes(mark);
      known.set(pid, ours);
      if (!ours) continue;
      const command = read(pid, "cmdline").replaceAll("\0", " ");
      const role = ROLES.find(({ look }) => look.test(command))?.role;
      const kilobytes = Number(/^VmHWM:\s*(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0);
      if (role !== undefined) peaks[role] = Math.max(peaks[role] ?? 0, kilobytes / 1024);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return peaks;
  };
}

const processes = () =>
  fs.existsSync("/proc/self/environ") ? fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];

/**
 * @param {string} pid
 * @param {string} file
 */
function read(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended, or is somebody else's.
    return "";
  }
}
