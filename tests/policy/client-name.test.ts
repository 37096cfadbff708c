import { clientName } from "../../policy/client-name";
import { clientPolicy } from "../../policy/client-rule";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(clientName);
const config = { pattern: "(web|api)-[a-z]+" };
const misnamed = (name: string, resource = "tiles"): string =>
  `Client "${resource}" is named ${JSON.stringify(name)}, and the whole name must match ${config.pattern}: rename it.`;

test("by default every name is right", () => {
  expect(judge(policy, { name: "Anything at all, ünd mehr 🗺" })).toEqual([]);
});

test.each(["web", "web-", "web-tiles-2", "my web-tiles", "api-tiles\n", 'we"b'])(
  "%j is a violation",
  (name) => {
    expect(judge(policy, { name }, { config })).toEqual([misnamed(name)]);
    expect(judgeRotating(policy, { name }, { config })).toEqual([misnamed(name)]);
  },
);

test.each(["web-tiles", "api-x"])("%j is none", (name) => {
  expect(judge(policy, { name }, { config })).toEqual([]);
});

test("a name that is not known yet is no violation", () => {
  expect(judge(policy, { name: UNKNOWN }, { config })).toEqual([]);
});

describe("without a declared name, the resource's counts", () => {
  test("of a Client, whose generated name is beside what it is generated from", () => {
    const generated = { name: "tiles-1a2b3c4d", autoName: "tiles-0f0f0f0f" };
    expect(judge(policy, generated, { config, resource: "web-tiles" })).toEqual([]);
    expect(judge(policy, generated, { config, resource: "tiles" })).toEqual([misnamed("tiles")]);
    expect(judge(policy, { ...generated, name: UNKNOWN }, { config, resource: "tiles" })).toEqual([
      misnamed("tiles"),
    ]);
  });

  test("of a RotatingClient, whose inputs have a name only if one is declared", () => {
    const autoName = "tiles-0f0f0f0f";
    expect(judgeRotating(policy, { autoName }, { config, resource: "web-tiles" })).toEqual([]);
    expect(judgeRotating(policy, { autoName }, { config, resource: "tiles" })).toEqual([misnamed("tiles")]);
    expect(judgeRotating(policy, { autoName, name: "web-tiles" }, { config, resource: "tiles" })).toEqual([]);
    expect(judgeRotating(policy, { autoName, name: "x" }, { config, resource: "web-y" })).toEqual([
      misnamed("x", "web-y"),
    ]);
  });
});

test("a pattern that cannot be read is said, with its place", () => {
  expect(() => judge(policy, { name: "web" }, { config: { pattern: "(web" } })).toThrow(
    /^"pattern" of thinkgeo-client-name is no regular expression of JavaScript .*Unterminated group/,
  );
});
