import * as fs from "node:fs";
import * as path from "node:path";
import { sectionOf } from "./changelog.mjs";

/**
 * What a release needs and only the owner of the repository can give: addresses, names, a date. Nothing of it is invented here.
 *
 * @param {string} root
 * @returns {string[]} what is missing, each with the place for it
 */
export function missingOfOwner(root) {
  const text = (/** @type {string} */ file) => fs.readFileSync(path.join(root, file), "utf8");
  const manifest = JSON.parse(text("package.json"));
  const publication = JSON.parse(text("scripts/release/publication.json"));
  const template = JSON.parse(text("templates/thinkgeo-typescript/package.json"));
  const range = `^${manifest.version}`;
  const inPackage = (/** @type {string} */ name) => `package.json, ${name}: `;
  const inPublication = (/** @type {string} */ name) => `scripts/release/publication.json, ${name}: `;
  /** @type {[boolean, string][]} */
  const needs = [
    [
      isAddress(manifest.repository?.url),
      inPackage("repository") + '{ "type": "git", "url": … }, from which npm checks the provenance',
    ],
    [isAddress(manifest.homepage), inPackage("homepage") + "the page that npm links"],
    [isAddress(manifest.bugs?.url), inPackage("bugs") + '{ "url": … }, where issues are reported'],
    [isNamed(manifest.author?.name ?? manifest.author), inPackage("author") + "who answers for the package"],
    [
      isAddress(manifest.funding?.url ?? manifest.funding) || manifest.funding === false,
      inPackage("funding") + "an address, or false if there is none",
    ],
    [
      isNamed(publication.publisher),
      inPublication("publisher") +
        `the owner of ${manifest.name} in npm (else a scope), named by Pulumi's registry as the publisher`,
    ],
    [
      isDownload(publication.pluginDownloadURL),
      inPublication("pluginDownloadURL") +
        "github://api.github.com/OWNER/REPOSITORY, or the https folder that has the plugin's archives",
    ],
    [
      isAddress(publication.logoUrl),
      inPublication("logoUrl") + "a PNG or SVG that Pulumi's registry may show",
    ],
    [
      /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/\S+$/.test(publication.goImportPath),
      inPublication("goImportPath") + "where the Go SDK is published: HOST/OWNER/REPOSITORY/sdk/go/thinkgeo",
    ],
    [
      /^[a-z]\w*(?:\.[a-z]\w*)+$/.test(publication.javaPackage),
      inPublication("javaPackage") + "a package of a domain of yours, under which the Java SDK is published",
    ],
    [
      !/OWNER-TO-NAME-A-CONTACT/.test(text("CODE_OF_CONDUCT.md")),
      "CODE_OF_CONDUCT.md, Report: a contact in place of OWNER-TO-NAME-A-CONTACT",
    ],
    [
      /^\d{4}-\d\d-\d\d$/.test(sectionOf(text("CHANGELOG.md"), manifest.version)?.date ?? ""),
      `CHANGELOG.md, ## [${manifest.version}]: the date of the release (YYYY-MM-DD)`,
    ],
    [
      template.dependencies["pulumi-thinkgeo"] === range,
      `templates/thinkgeo-typescript/package.json, pulumi-thinkgeo: "${range}", once the owner has the name in npm`,
    ],
  ];
  return needs.filter(([isThere]) => !isThere).map(([, need]) => need);
}

/** @param {unknown} value */
const isNamed = (value) => typeof value === "string" && value.trim() !== "";

/** @param {unknown} value */
const isAddress = (value) => typeof value === "string" && /^(?:git\+)?https:\/\/[^/\s]+\.\S+$/.test(value);

/** @param {unknown} value */
const isDownload = (value) =>
  isAddress(value) ||
  (typeof value === "string" && /^github:\/\/api\.github\.com\/[^/\s]+\/[^/\s]+$/.test(value));
