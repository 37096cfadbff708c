import { textOf } from "../repository";
import { resourceOf } from "../cli/drift/stack-export";
import { daysAgo, withSweep } from "../cli/sweep/sweep-scene";
import { missingFrom, shownIn } from "./shown";

const [dryRun] = shownIn(textOf("docs/guides/preview-environments.md"));

/** The page's output, as it would be today, with files in place of stacks. */
const today = (shown: string): string =>
  shown
    .replaceAll("2026-11-02", daysAgo(22))
    .replaceAll("2026-11-12", daysAgo(12))
    .replaceAll("2026-11-22", daysAgo(2))
    .replace("in pr-12.", "in pr-12.json.");

test("docs/guides/preview-environments.md shows what a dry run prints", () =>
  withSweep(async ({ left, stack, sweep, names }) => {
    for (const name of [`pr-9-${daysAgo(22)}`, `pr-14-${daysAgo(2)}`, "pr-demo"]) left(name);
    stack("pr-12", resourceOf(left(`pr-12-${daysAgo(12)}`), {}, { resource: "page" }));
    const words = dryRun?.command.split(" ").slice(4) ?? [];
    const options = words.flatMap((word) => (word === "--all-stacks" ? ["--file", "pr-12.json"] : [word]));
    expect(options).toContain("--dry-run");
    const { code, out, err } = await sweep(...options);
    expect(code).toBe(1);
    expect(missingFrom(out + err, today(dryRun?.output ?? ""))).toEqual([]);
    expect(names()).toHaveLength(4);
  }));
