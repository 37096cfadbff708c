import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { isAtLeast, OLDEST } from "../../../provider/oldest-versions";
import { VERSION } from "../../../provider/version";
import { fail, info, pass, warn, type Finding } from "../finding";
import type { Step } from "../step";
import type { Visit } from "../visit";

/** The engine, the SDK of the program, and Node.js. */
export const versions: Step = {
  name: "versions",
  title: "Versions",
  needs: [],
  run: async (visit) => {
    const { folder } = visit.asked;
    return [
      judge("Node.js", process.versions.node, OLDEST.node, "Install a newer Node.js."),
      engineFinding(await engineVersion(visit)),
      sdkFinding(installed("@pulumi/pulumi", folder), folder),
      ...packageFinding(installed("pulumi-thinkgeo", folder)),
    ];
  },
};

function judge(what: string, version: string, oldest: string, todo: string): Finding {
  return isAtLeast(version, oldest)
    ? pass(`${what} ${version} (${oldest} or newer is supported).`)
    : fail(`${what} ${version} is older than ${oldest}, the oldest that is supported.`, todo);
}

function engineFinding(version: string | undefined): Finding {
  return version === undefined
    ? fail(
        "Pulumi cannot be run: it is not on PATH.",
        "Install Pulumi: https://www.pulumi.com/docs/install/.",
      )
    : judge("Pulumi", version, OLDEST.pulumi, "Install a newer Pulumi.");
}

async function engineVersion({ terminal }: Visit): Promise<string | undefined> {
  const env = { ...terminal.environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((done) => {
    execFile("pulumi", ["version"], { env, timeout: 15_000 }, (error, stdout) => {
      done(error === null ? stdout.trim().replace(/^v/, "") : undefined);
    });
  });
}

const manifest = z.looseObject({ version: z.string() });

/** The version of a package that a program in this folder would load. */
function installed(name: string, folder: string): string | undefined {
  for (let place = folder; ; place = dirname(place)) {
    const version = versionIn(join(place, "node_modules", name, "package.json"));
    if (version !== undefined || dirname(place) === place) return version;
  }
}

function versionIn(file: string): string | undefined {
  try {
    const parsed = manifest.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data.version : undefined;
  } catch {
    return undefined;
  }
}

function sdkFinding(version: string | undefined, folder: string): Finding {
  return version === undefined
    ? info(`No program with @pulumi/pulumi is in ${folder}: --cwd names the folder of one.`)
    : judge(
        "@pulumi/pulumi",
        version,
        OLDEST.pulumi,
        "Run npm install @pulumi/pulumi@latest in the program.",
      );
}

function packageFinding(version: string | undefined): Finding[] {
  if (version === undefined || version === VERSION) return [];
  const todo =
    "Run the command of the version that the program uses: npx --no-install thinkgeo doctor, in its folder.";
  return [warn(`The program uses pulumi-thinkgeo ${version}, and this command is ${VERSION}.`, todo)];
}
