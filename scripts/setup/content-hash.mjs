import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/**
 * A hash of these files, and of all files in these folders, by name and content. What does not exist is left out.
 *
 * @param {string} root
 * @param {string[]} entries relative to root
 * @param {string[]} more other text that matters
 * @returns {string}
 */
export function contentHash(root, entries, more = []) {
  const hash = createHash("sha256");
  for (const entry of entries) {
    for (const file of filesOf(root, entry)) {
      hash.update(`${file}\0`);
      hash.update(fs.readFileSync(path.join(root, file)));
      hash.update("\0");
    }
  }
  for (const text of more) hash.update(`${text}\0`);
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} entry
 * @returns {string[]}
 */
function filesOf(root, entry) {
  const stat = fs.statSync(path.join(root, entry), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [entry];
  return fs
    .readdirSync(path.join(root, entry))
    .sort()
    .flatMap((name) => filesOf(root, path.posix.join(entry, name)));
}
