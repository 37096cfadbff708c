/**
 * `npm run shared-domains`: writes provider/whitelist/shared-domains.ts anew, from the Public Suffix List in the tldts that
 * package-lock.json names. `--check` compares only. tldts says of a name whether it is a public suffix, and not whether
 * some lie below it; so its data is read, which is no public interface and may have another form in its next version.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { domainToASCII, fileURLToPath } from "node:url";

const file = join(
  resolve(dirname(fileURLToPath(import.meta.url)), ".."),
  "provider/whitelist/shared-domains.ts",
);
const require = createRequire(import.meta.url);
const MOST_EXAMPLES = 3;
const WIDTH = 118;

/**
 * @typedef {object} Trie
 * @property {Uint8Array} nodeFlags what ends at a node: 0 no rule, else a public suffix
 * @property {Uint16Array} edgeStart the first edge of each node
 * @property {Uint8Array} edgeLength
 * @property {Uint16Array} edgeChild
 * @property {string} labelText the labels of all edges, in a row
 * @property {number} rulesRoot
 */

/** Every rule of the list, in A-labels and without the exceptions. */
function rules() {
  const trie = /** @type {Trie} */ (require("tldts/dist/cjs/src/data/trie.js"));
  /** @type {number[]} */
  const offsets = [];
  trie.edgeLength.reduce((offset, length) => (offsets.push(offset), offset + length), 0);
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {number} node @param {string} name */
  const walk = (node, name) => {
    if (name !== "" && trie.nodeFlags[node] !== 0) found.add(asciiOf(name));
    for (let edge = trie.edgeStart[node] ?? 0; edge < (trie.edgeStart[node + 1] ?? 0); edge++) {
      const offset = offsets[edge] ?? 0;
      const label = trie.labelText.slice(offset, offset + (trie.edgeLength[edge] ?? 0));
      walk(trie.edgeChild[edge] ?? 0, name === "" ? label : `${label}.${name}`);
    }
  };
  walk(trie.rulesRoot, "");
  return found;
}

/** @param {string} name */
const asciiOf = (name) => (name.startsWith("*.") ? `*.${domainToASCII(name.slice(2))}` : domainToASCII(name));

/** @param {string} rule */
const parentsOf = (rule) =>
  rule
    .split(".")
    .slice(1)
    .map((_, index, labels) => labels.slice(index).join("."));

function sharedDomains() {
  const { parse } = /** @type {typeof import("tldts")} */ (require("tldts"));
  const options = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };
  /** @param {string} name */
  const isSuffix = (name) => {
    const { publicSuffix, isIcann, isPrivate } = parse(name, options);
    return publicSuffix === name && (isIcann === true || isPrivate === true);
  };
  /** @type {Map<string, string[]>} */
  const below = new Map();
  for (const rule of rules())
    for (const parent of parentsOf(rule)) below.set(parent, [...(below.get(parent) ?? []), rule]);
  return [...below]
    .filter(([domain]) => !isSuffix(domain))
    .map(([domain, suffixes]) => {
      const names = [...new Set(suffixes.map((suffix) => suffix.replace(/^\*\./, "")))];
      const nearest = names.toSorted(
        (a, b) => depth(a) - depth(b) || a.length - b.length || (a < b ? -1 : 1),
      );
      const examples = nearest.slice(0, MOST_EXAMPLES).map((name) => name.slice(0, -domain.length - 1));
      return `${domain}:${examples.join(",")}`;
    })
    .sort();
}

/** @param {string} name */
const depth = (name) => name.split(".").length;

/** @param {readonly string[]} words */
function wrapped(words) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join("\n");
}

const text = `/**
 * Domains that are no public suffixes themselves and have some below them, each with the nearest: a wildcard for such a
 * domain allows whoever has a site under one of these. Written by \`npm run shared-domains\` from the Public Suffix List in
 * tldts ${require("tldts/package.json").version}; a test holds it to the installed one.
 */
export const SHARED_DOMAINS = \`
${wrapped(sharedDomains())}
\`;
`;

if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("provider/whitelist/shared-domains.ts is not what tldts says: run npm run shared-domains.");
  process.exit(1);
}
