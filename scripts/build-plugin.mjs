// npm run build:plugin: writes the archives from which "pulumi plugin install --file" installs the native plugin, one for
// each system, with their checksums. The same sources give the same bytes. "npm run build:plugin -- FOLDER" writes them there.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as tar from "tar";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.resolve(process.argv[2] ?? path.join(root, "plugin-archives"));
const { VERSION } = createRequire(import.meta.url)(path.join(root, "dist/provider/versions.js"));
/** Of every file: an archive says nothing of when it was made. */
const mtime = new Date("2000-01-01T00:00:00Z");

fs.mkdirSync(target, { recursive: true });
const content = fs.mkdtempSync(path.join(target, "content-"));

const { metafile } = await esbuild.build({
  absWorkingDir: root,
  // The sources, not dist/: of ES modules esbuild leaves out what is not used, such as most of zod.
  entryPoints: ["provider/hosts/native/main.ts"],
  outfile: path.join(content, "main.js"),
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  minify: true,
  // Errors are known by the names of their classes.
  keepNames: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
fs.writeFileSync(path.join(content, "THIRD-PARTY-LICENSES.txt"), licences(Object.keys(metafile.inputs)));
for (const file of ["README.md", "pulumi-resource-thinkgeo", "pulumi-resource-thinkgeo.cmd"])
  fs.copyFileSync(path.join(root, "scripts/plugin", file), path.join(content, file));
fs.copyFileSync(path.join(root, "LICENSE"), path.join(content, "LICENSE"));

const checksums = [];
for (const system of ["darwin", "linux", "windows"])
  for (const machine of ["amd64", "arm64"]) {
    const name = `pulumi-resource-thinkgeo-v${VERSION}-${system}-${machine}.tar.gz`;
    const launcher = `pulumi-resource-thinkgeo${system === "windows" ? ".cmd" : ""}`;
    const file = path.join(target, name);
    tar.create(
      {
        cwd: content,
        file,
        gzip: { level: 9 },
        portable: true,
        sync: true,
        mtime,
        onWriteEntry: (entry) => {
          if (entry.stat) entry.stat.mode = entry.path === launcher ? 0o755 : 0o644;
        },
      },
      ["LICENSE", "README.md", "THIRD-PARTY-LICENSES.txt", "main.js", launcher],
    );
    checksums.push(`${createHash("sha256").update(fs.readFileSync(file)).digest("hex")}  ${name}\n`);
  }
fs.writeFileSync(path.join(target, "SHA256SUMS"), checksums.join(""));
fs.rmSync(content, { recursive: true });
process.stdout.write(
  `${checksums.join("")}They are in ${path.relative(process.cwd(), target) || "."}, with SHA256SUMS.\n`,
);

/**
 * The licences of the packages in a bundle, as their authors wrote them.
 *
 * @param {string[]} inputs
 */
function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        fs.readFileSync(path.join(root, folder, "package.json"), "utf8"),
      );
      const [file] = fs.readdirSync(path.join(root, folder)).filter((each) => /^licen[cs]e/i.test(each));
      const text = file === undefined ? "" : fs.readFileSync(path.join(root, folder, file), "utf8").trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
