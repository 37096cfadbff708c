// npm run release:check: whether this version can be released, and what is missing. "-- --tag v1.2.3" compares the tag, too; RELEASING.md
// says what to do about each line.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { missingOfOwner } from "./release/owner.mjs";
import { SCHEMA, wrongInPackage } from "./release/package.mjs";

const { values } = parseArgs({ options: { tag: { type: "string" }, root: { type: "string" } } });
const root = values.root ?? path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const wrong = wrongInPackage(root, values.tag);
const missing = missingOfOwner(root);
const list = (/** @type {string} */ title, /** @type {string[]} */ lines) =>
  lines.length === 0 ? "" : `${title}\n${lines.map((line) => `  - ${line}\n`).join("")}`;

process.stdout.write(list("Wrong:", wrong) + list("Missing, and only the owner can give it:", missing));
const count = wrong.length + missing.length;
process.stdout.write(
  count === 0
    ? `Nothing is missing. Pulumi's registry is told of the schema at ${SCHEMA}.\n`
    : `Not to be released: ${count} to do (RELEASING.md).\n`,
);
process.exitCode = count === 0 ? 0 : 1;
