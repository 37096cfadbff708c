import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { isAtLeast, OLDEST, VERSION } from "../../../provider/versions";
import { readJson } from "../../text";
import type { Context } from "../context";
import { defineStep, fail, info, pass, warn, type StepFinding } from "../step";

/** The engine, the SDK of the program, and Node.js. */
export const versions = defineStep({
  name: "versions",
  title: "Versions",
  needs: [],
  run: async (_, context) => {
    const { folder } = context;
    return {
      findings: [
        versionFinding("Node.js", process.versions.node, OLDEST.node, "Install a newer Node.js."),
        engineFinding(await engineVersion(context)),
        sdkFinding(installed("@pulumi/pulumi", folder), folder),
        ...packageFindings(installed("pulumi-thinkgeo", folder)),
      ],
    };
  },
});

function versionFinding(what: string, version: string, oldest: string, todo: string): StepFinding {
  return isAtLeast(version, oldest)
    ? pass(`${what} ${version} (${oldest} or newer is supported).`)
    : fail(`${what} ${version} is older than ${oldest}, the oldest that is supported.`, todo);
}

function engineFinding(version: string | undefined): StepFinding {
  return version === undefined
    ? fail(
        "Pulumi cannot be run: it is not on PATH.",
        "Install Pulumi: https://www.pulumi.com/docs/install/.",
      )
    : versionFinding("Pulumi", version, OLDEST.pulumi, "Install a newer Pulumi.");
}

async function engineVersion({ terminal }: Context): Promise<string | undefined> {
  const env = { ...terminal.environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((done) => {
    execFile("pulumi", ["version"], { env, timeout: 15_000 }, (error, stdout) => {
      done(error === null ? stdout.trim().replace(/^v/, "") : undefined);
    });
  });
}

const manifest = z.looseObject({ version: z.string() });

/** The version of a package that a program in this folder loads. */
function installed(name: string, folder: string): string | undefined {
  for (let place = folder; ; place = dirname(place)) {
    const version = versionIn(join(place, "node_modules", name, "package.json"));
    if (version !== undefined || dirname(place) === place) return version;
  }
}

function versionIn(file: string): string | undefined {
  try {
    const parsed = manifest.safeParse(readJson(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data.version : undefined;
  } catch {
    return undefined;
  }
}

function sdkFinding(version: string | undefined, folder: string): StepFinding {
  return version === undefined
    ? info(`No program with @pulumi/pulumi is in ${folder}: --cwd names the directory of one.`)
    : versionFinding(
        "@pulumi/pulumi",
        version,
        OLDEST.pulumi,
        "Run npm install @pulumi/pulumi@latest in the program.",
      );
}

function packageFindings(version: string | undefined): StepFinding[] {
  if (version === undefined || version === VERSION) return [];
  const todo =
    "Run the command of the version that the program uses: npx --no-install thinkgeo doctor, in its directory.";
  return [warn(`The program uses pulumi-thinkgeo ${version}, and this command is ${VERSION}.`, todo)];
}
