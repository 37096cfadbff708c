// A process of its own, so that it can be ended when the network does not answer.
import { createRequire } from "node:module";
import * as path from "node:path";

const [root = "", folder = "", version = ""] = process.argv.slice(2);
const requireHere = createRequire(path.join(root, "package.json"));
const { PulumiCommand } = requireHere("@pulumi/pulumi/automation");
const requireThere = createRequire(requireHere.resolve("@pulumi/pulumi/automation"));
const semver = requireThere("semver");

await PulumiCommand.install({ root: folder, version: semver.parse(version) });
