import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { findProgram, pathFolders } from "./find-program.mjs";

/** Since this version `read` may return inputs, which the provider relies on. */
const oldestSupported = { major: 3, minor: 216 };

/**
 * Whether the `pulumi` on PATH can be used as it is. If there is one that cannot, `reason` says why.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ usable: boolean, reason?: string }}
 */
export function engineOnPath(environment) {
  const folders = pathFolders(environment);
  const pulumi = findProgram("pulumi", folders);
  if (pulumi === undefined) return { usable: false };

  const version = versionOf(pulumi, environment);
  if (!isSupported(version)) {
    const wanted = `${oldestSupported.major}.${oldestSupported.minor} or newer`;
    return { usable: false, reason: `${pulumi} says ${version || "no version"}, and ${wanted} is needed` };
  }
  for (const host of ["pulumi-language-nodejs", "pulumi-language-yaml"])
    if (findProgram(host, [...besides(pulumi), ...folders]) === undefined)
      return { usable: false, reason: `${host} is neither beside ${pulumi} nor on PATH` };
  return { usable: true };
}

/**
 * The folders in which the engine looks for the programs that belong to it.
 *
 * @param {string} pulumi
 */
export function besides(pulumi) {
  return [path.dirname(pulumi), path.dirname(fs.realpathSync(pulumi))];
}

/**
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} environment
 */
export function versionOf(pulumi, environment) {
  // Even this command writes into its home, and the user's own is not ours to write into.
  const home = fs.mkdtempSync(path.join(tmpdir(), "thinkgeo-pulumi-home-"));
  try {
    return execFileSync(pulumi, ["version"], {
      encoding: "utf8",
      env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_HOME: home },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    }).trim();
  } catch {
    return "";
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

/** @param {string} version "v3.259.0", or a development version such as "v3.260.0-alpha.1+dirty" */
function isSupported(version) {
  const [, major, minor] = /^v?(\d+)\.(\d+)\.\d+/.exec(version) ?? [];
  return Number(major) === oldestSupported.major && Number(minor) >= oldestSupported.minor;
}
