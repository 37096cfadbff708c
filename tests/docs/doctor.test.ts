import { spawn } from "node:child_process";
import { endOf } from "../end-of";
import { BIN, textOf } from "../repository";
import manifest from "../../package.json";
import { withStack } from "../engine/with-stack";
import { missingFrom } from "./shown";

const [, shown = ""] = /```\n(pass {2}Configuration\n[^`]+)```/.exec(textOf("docs/reference/cli.md")) ?? [];

/* Who has another Pulumi on PATH has another version there. */
const anyVersion = (text: string): string => text.replace(/^( +Pulumi )[\d.]+/m, "$1…");

test("docs/reference/cli.md shows what the command prints in a program's folder, line by line", () =>
  withStack(async ({ stack, account }) => {
    account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
    const child = spawn(process.execPath, [BIN, "doctor"], {
      cwd: stack.folder,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...stack.environment },
    });
    const { code, out } = await endOf(child);
    const lines = (text: string): string[] => text.trimEnd().split("\n");
    expect(lines(out)).toHaveLength(lines(shown).length);
    for (const [index, line] of lines(anyVersion(shown)).entries())
      expect(missingFrom(lines(out)[index] ?? "", line)).toEqual([]);
    expect(code).toBe(1);
  }));

test("the versions that docs/reference/cli.md shows are those that this repository works with", () => {
  const versionOf = (what: string): string | undefined =>
    new RegExp(`^ +${what} ([\\d.]+) \\(([\\d.]+) or newer is supported\\)\\.$`, "m")
      .exec(shown)
      ?.slice(1)
      .join(" from ");
  const engine =
    /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(textOf("scripts/engine/go.mod"))?.[1] ?? "";
  const sdk = manifest.peerDependencies["@pulumi/pulumi"].replace("^", "");
  expect({
    node: versionOf("Node\\.js"),
    pulumi: versionOf("Pulumi"),
    sdk: versionOf("@pulumi/pulumi"),
  }).toEqual({
    node: `${manifest.devDependencies.node} from ${manifest.engines.node.replace(">=", "")}`,
    pulumi: `${engine} from ${sdk}`,
    sdk: `${manifest.devDependencies["@pulumi/pulumi"]} from ${sdk}`,
  });
});
