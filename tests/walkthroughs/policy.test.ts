import { join } from "node:path";
import { withStack } from "../engine/with-stack";
import { REPOSITORY, textOf } from "../repository";
import { missingFrom, shownIn } from "../docs/shown";

const PACK = join(REPOSITORY, "examples/policy-pack");
const page = textOf("docs/guides/policy.md");
const [check] = shownIn(page);

test("docs/guides/policy.md shows what a preview with the example's pack prints", () =>
  withStack(async ({ stack, own }) => {
    const [, config = ""] = /```json\n([^]*?)```/.exec(page) ?? [];
    expect(JSON.parse(config)).toEqual(JSON.parse(textOf("examples/policy-pack/config.json")));
    // As examples/quickstart has them.
    stack.declare(
      { name: "web", args: { type: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] } },
      {
        name: "tiles",
        args: {
          name: "Tile renderer",
          type: "NativeConfidential",
          grantedRoles: ["Evaluator"],
          allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7"],
        },
      },
    );
    const words = check?.command.replaceAll("../policy-pack", PACK).split(" ").slice(1) ?? [];
    const { code, out } = await stack.run(...words);
    expect(code).not.toBe(0);
    expect(missingFrom(out, check?.output.replace("../policy-pack", PACK) ?? "")).toEqual([]);
    expect(own()).toEqual([]);
  }));
