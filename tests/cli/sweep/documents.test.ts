import { readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../../cli/main";
import { sweep } from "../../../cli/sweep/sweep";
import { REASONS } from "../../../cli/sweep/report";

const page = readFileSync(join(__dirname, "../../../docs/sweep.md"), "utf8");

test("docs/sweep.md names every option, and every reason to keep a client", () => {
  for (const name of Object.keys(sweep.options)) expect(page).toContain(`--${name}`);
  const rows = [...page.matchAll(/^\| .* \| `([\w-]+)` \|$/gm)].map(([, reason]) => reason);
  expect(rows).toEqual(REASONS.filter((reason) => reason !== "old"));
});

test("--help has the example of the issue", async () => {
  let out = "";
  const ignored = (): void => undefined;
  const terminal = { interactive: false, environment: {}, folder: ".", ask: undefined, err: ignored };
  expect(await main(["sweep", "--help"], { ...terminal, out: (text) => void (out += text) })).toBe(0);
  expect(out).toContain("thinkgeo sweep --prefix pr- --older-than 7d --all-stacks --dry-run");
});
