import * as fs from "node:fs";

export const EVERY_MS = 100;

/** Which process is which, by its command line. */
const ROLES = [
  { role: "provider", look: /cmd[/\\]dynamic-provider|^\S*pulumi-resource-noop\b/ },
  { role: "program", look: /cmd[/\\]run\b/ },
  { role: "language host", look: /^\S*pulumi-language-nodejs\b/ },
  { role: "engine", look: /^\S*\bpulumi \w/ },
];

/**
 * @typedef {object} Peaks by role
 * @property {Record<string, number>} memory peak megabytes
 * @property {Record<string, number>} cpu seconds, without the last moments
 */

/**
 * Watches the peak memory (VmHWM) and the CPU of the processes that have `mark` in their environment: that finds them
 * whoever their parent is. Both only grow, so looking now and then is enough. Linux only; elsewhere nothing is found.
 *
 * @param {string} mark
 * @returns {() => Peaks} ends the watch
 */
export function watchProcesses(mark) {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  /** @type {Peaks} */
  const peaks = { memory: {}, cpu: {} };
  const look = () => {
    for (const pid of processes()) {
      const ours = known.get(pid) ?? read(pid, "environ").split("\0").includes(mark);
      known.set(pid, ours);
      if (!ours) continue;
      const command = read(pid, "cmdline").replaceAll("\0", " ");
      const role = ROLES.find(({ look }) => look.test(command))?.role;
      if (role === undefined) continue;
      const kilobytes = Number(/^VmHWM:\s*(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0);
      peaks.memory[role] = Math.max(peaks.memory[role] ?? 0, kilobytes / 1024);
      peaks.cpu[role] = Math.max(peaks.cpu[role] ?? 0, seconds(pid));
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return peaks;
  };
}

/** @param {string} pid */
function seconds(pid) {
  // The name of the program stands in brackets, and may hold anything.
  const [user = 0, system = 0] = (read(pid, "stat").split(") ").at(-1) ?? "")
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
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
