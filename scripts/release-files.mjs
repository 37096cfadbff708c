// npm run release:files -- FOLDER: everything that a release publishes: the npm package, the plugin's archives with their checksums, the
// SBOM of what npm installs with the package, and NOTES.md, the version's section of the changelog.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { sectionOf } from "./release/changelog.mjs";
import { npmCommand } from "./setup/npm-command.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.resolve(process.argv[2] ?? "release");
const { name, version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));

/** @param {string} cwd @param {string[]} args */
function npm(cwd, ...args) {
  const [command, ...all] = npmCommand(...args);
  return execFileSync(command, all, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

fs.mkdirSync(target, { recursive: true });
npm(root, "pack", "--ignore-scripts", "--pack-destination", target);
execFileSync(process.execPath, [path.join(root, "scripts/build-plugin.mjs"), target], { stdio: "inherit" });

// "npm sbom --omit dev" in this repository leaves out what development needs, too: gRPC, for one. So it is asked where a user installs.
const project = fs.mkdtempSync(path.join(tmpdir(), "thinkgeo-sbom-"));
try {
  fs.writeFileSync(
    path.join(project, "package.json"),
    JSON.stringify({ name: "sbom", version, private: true }),
  );
  const packed = path.join(target, `${name}-${version}.tgz`);
  // Pulumi's SDK is in it: npm installs peers, and makes no SBOM without them.
  npm(project, "install", "--ignore-scripts", "--no-audit", "--no-fund", packed);
  const sbom = npm(project, "sbom", "--sbom-format", "cyclonedx");
  fs.writeFileSync(path.join(target, `${name}-${version}.cdx.json`), sbom);
} finally {
  fs.rmSync(project, { recursive: true, force: true });
}

const section = sectionOf(fs.readFileSync(path.join(root, "CHANGELOG.md"), "utf8"), version);
fs.writeFileSync(path.join(target, "NOTES.md"), section?.notes ?? "");
