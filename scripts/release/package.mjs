import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { npmCommand } from "../setup/npm-command.mjs";
import { sectionOf } from "./changelog.mjs";

/** What Pulumi's registry reads of a tag of the repository. */
export const SCHEMA = "provider/hosts/native/schema.json";

/**
 * What is wrong with what would be released, as far as a program can tell.
 *
 * @param {string} root
 * @param {string | undefined} tag the tag of the release, if there is one
 * @returns {string[]}
 */
export function wrongInPackage(root, tag) {
  const text = (/** @type {string} */ file) => fs.readFileSync(path.join(root, file), "utf8");
  const manifest = JSON.parse(text("package.json"));
  const { version } = manifest;
  const schema = JSON.parse(text(SCHEMA));
  const { publisher, logoUrl, pluginDownloadURL } = JSON.parse(text("scripts/release/publication.json"));
  const given = { publisher, logoUrl, pluginDownloadURL };
  const packed = packedFiles(root);
  const isPacked = (/** @type {string} */ file) =>
    packed.includes(file) || packed.some((each) => each.startsWith(`${file}/`));
  const entries = [
    manifest.main,
    manifest.types,
    ...Object.values(manifest.exports),
    ...Object.values(manifest.bin),
  ].map((file) => path.posix.normalize(file));
  const links = [...text("README.md").matchAll(/\]\((?!https?:)([^)\s#]+)[^)]*\)/g)].map(
    ([, link = ""]) => link,
  );

  /** @type {[boolean, string][]} */
  const checks = [
    [
      tag === undefined || tag === `v${version}`,
      `The tag is ${tag}, and package.json's version is ${version}.`,
    ],
    [
      JSON.parse(text("package-lock.json")).version === version,
      `package-lock.json does not have version ${version}: npm install --package-lock-only`,
    ],
    ...Object.entries({ version, ...given })
      .filter(([, value]) => value !== "")
      .map(([name, value]) =>
        check(schema[name] === value, `The schema does not have ${name} ${value}: npm run schema`),
      ),
    [
      sectionOf(text("CHANGELOG.md"), version) !== undefined,
      `CHANGELOG.md has no section "## [${version}] - DATE".`,
    ],
    ...entries.map((entry) =>
      check(isPacked(entry), `The package lacks ${entry}, which package.json names.`),
    ),
    ...["README.md", "LICENSE", "CHANGELOG.md"].map((file) =>
      check(isPacked(file), `The package lacks ${file}.`),
    ),
    ...links.map((link) => check(isPacked(link), `README.md links to ${link}, which the package lacks.`)),
    ...packed.map((file) =>
      check(
        /^(?:dist|docs)\/|^(?:README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/.test(file),
        `The package has ${file}, which nobody needs who installs it.`,
      ),
    ),
  ];
  return checks.filter(([isRight]) => !isRight).map(([, wrong]) => wrong);
}

/** @param {boolean} isRight @param {string} wrong @returns {[boolean, string]} */
const check = (isRight, wrong) => [isRight, wrong];

/**
 * The files that npm would publish.
 *
 * @param {string} root
 * @returns {string[]}
 */
function packedFiles(root) {
  const [command, ...args] = npmCommand("pack", "--dry-run", "--json", "--ignore-scripts");
  const [{ files }] = JSON.parse(execFileSync(command, args, { cwd: root, encoding: "utf8" }));
  return files.map((/** @type {{ path: string }} */ file) => file.path);
}
