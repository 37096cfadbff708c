import * as fs from "node:fs";
import * as path from "node:path";

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {boolean} [optional] made for one kind of machine: may be absent, or be missing in a lock made elsewhere
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * Whether node_modules holds what package-lock.json names, by the record that npm writes last when it installs;
 * an installation that was interrupted has none.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const locked = packagesOf(path.join(root, "package-lock.json"));
  const installed = packagesOf(path.join(root, "node_modules/.package-lock.json"));
  if (locked === undefined || installed === undefined) return false;
  if (!isLockCurrent(root, locked[""])) return false;

  const locations = new Set([...Object.keys(locked), ...Object.keys(installed)]);
  locations.delete("");
  return [...locations].every((location) => isSame(locked[location], installed[location]));
}

/**
 * @param {LockedPackage | undefined} locked
 * @param {LockedPackage | undefined} installed
 */
function isSame(locked, installed) {
  if (locked === undefined || installed === undefined) return (locked ?? installed)?.optional === true;
  return (
    locked.version === installed.version &&
    locked.integrity === installed.integrity &&
    locked.link === installed.link
  );
}

/**
 * package.json may have been edited since the lock was made.
 *
 * @param {string} root
 * @param {LockedPackage | undefined} lockedRoot
 */
function isLockCurrent(root, lockedRoot) {
  /** @type {LockedPackage} */
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  /** @param {Record<string, string>} [ranges] */
  const sorted = (ranges) => JSON.stringify(Object.entries(ranges ?? {}).sort());
  return (
    sorted(manifest.dependencies) === sorted(lockedRoot?.dependencies) &&
    sorted(manifest.devDependencies) === sorted(lockedRoot?.devDependencies) &&
    sorted(manifest.peerDependencies) === sorted(lockedRoot?.peerDependencies)
  );
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
