import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NEAR_MISSES } from "../../../provider/whitelist/match";
import { explain } from "./run-explain";

const page = readFileSync(join(__dirname, "../../../docs/explain.md"), "utf8");
const shown = [...page.matchAll(/^\$ thinkgeo explain (.+)\n([^`]+)/gm)].map(
  ([, line = "", output = ""]) => ({
    args: line.replaceAll("'", "").split(" "),
    output,
  }),
);

test("docs/explain.md shows what the command prints", async () => {
  expect(shown).toHaveLength(2);
  for (const { args, output } of shown) expect((await explain(args)).out).toBe(output);
});

test("docs/explain.md has every kind of near miss", () => {
  for (const kind of NEAR_MISSES) expect(page).toContain(`\`${kind}\``);
});
