import { join } from "node:path";
import type { EngineStack, Run } from "../engine/engine-stack";
import { PLUGIN_FOLDER, writePlugin } from "../engine/programs";
import { withStack } from "../engine/with-stack";

const PACK = join(__dirname, "../../examples/policy-pack");

const web = {
  name: "web",
  args: { type: "JavaScript", allowedOrigins: ["acme.com"], grantedRoles: ["Evaluator"] },
};
const tiles = {
  name: "tiles",
  args: { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.0/24"], grantedRoles: ["Evaluator"] },
};

/** Runs a command under the example's pack, as it is configured here. */
async function judged(stack: EngineStack, command: readonly string[], config: object): Promise<Run> {
  stack.write("policy-config.json", JSON.stringify(config));
  return stack.run(...command, "--policy-pack", PACK, "--policy-pack-config", "policy-config.json");
}

/** What was violated, as "[level] rule resource", in order. */
const violations = ({ out }: Run): string[] =>
  [...out.matchAll(/- (\[\w+\]) {2}(thinkgeo-[\w-]+) {2}\(\S+: ([\w-]+)\)/g)]
    .map(([, level = "", rule = "", resource = ""]) => `${level} ${rule} ${resource}`)
    .sort();

const WRONG = [
  { name: "open", args: { type: "JavaScript" } },
  { name: "server", args: { type: "NativeConfidential", grantedRoles: ["User"], deletionPolicy: "retain" } },
  { name: "wide", args: { ...tiles.args, allowedIpAddresses: { $secret: ["203.0.113.7", "10.0.0.0/15"] } } },
];
const STRICT = {
  "thinkgeo-client-name": { pattern: "open|server" },
  "thinkgeo-client-count": { maximum: 2 },
  "thinkgeo-no-retain": { stacks: "test" },
};
const FOUND = [
  "thinkgeo-address-range wide",
  "thinkgeo-client-count engine-test-test",
  "thinkgeo-client-name wide",
  "thinkgeo-javascript-origins open",
  "thinkgeo-native-addresses server",
  "thinkgeo-no-retain server",
  "thinkgeo-no-user-role server",
];
const ADVISED = ["thinkgeo-key-age server", "thinkgeo-key-age wide", "thinkgeo-roles-declared open"];
const at = (level: string, found: readonly string[]): string[] => found.map((each) => `[${level}] ${each}`);

test("mandatory stops preview and up before anything is made, advisory says the same and lets it be made, disabled is silent", () =>
  withStack(async ({ stack, own, calls }) => {
    stack.declare(...WRONG);

    const preview = await judged(stack, ["preview"], STRICT);
    expect(violations(preview)).toEqual([...at("advisory", ADVISED), ...at("mandatory", FOUND)].sort());
    expect(preview.out).toContain(
      'Client "wide" allows an unbroken range of 131,072 addresses by allowedIpAddresses[1]: at most 65,536 (/16) are allowed, so list narrower ranges.',
    );
    expect(preview.out).not.toContain("10.0.0.0/15");
    expect(preview.out).toContain(
      "The stack has 3 clients (open, server, wide), and may have 2: take some out, or move them to another stack.",
    );
    expect(preview.code).not.toBe(0);

    const refused = await judged(stack, ["up", "--yes"], STRICT);
    expect(violations(refused)).toEqual(violations(preview));
    expect(refused.code).not.toBe(0);
    expect([own(), calls()]).toEqual([[], []]);

    const advised = await judged(stack, ["up", "--yes", "--skip-preview"], { ...STRICT, all: "advisory" });
    expect(violations(advised)).toEqual(at("advisory", [...FOUND, ...ADVISED].sort()));
    expect(advised.code).toBe(0);
    expect(own()).toHaveLength(3);

    const silent = await judged(stack, ["preview"], { ...STRICT, all: "disabled" });
    expect(silent.out).toContain("thinkgeo@v1.0.0");
    expect(silent.out).not.toMatch(/Client "|thinkgeo-/);
    expect(silent.code).toBe(0);
  }));

test("what is not known at preview is judged by up, before the client is made", () =>
  withStack(async ({ stack, own }) => {
    stack.declare(web, { ...tiles, args: { ...tiles.args, name: { $output: ["web", "clientId"] } } });
    const config = { "thinkgeo-client-name": { pattern: "web|tiles" }, "thinkgeo-key-age": "disabled" };

    const preview = await judged(stack, ["preview"], config);
    expect([preview.code, violations(preview)]).toEqual([0, []]);
    expect(preview.out).not.toContain("can't run policy");

    const up = await judged(stack, ["up", "--skip-preview"], config);
    expect(violations(up)).toEqual(["[mandatory] thinkgeo-client-name tiles"]);
    expect(up.code).not.toBe(0);
    expect(own().map(({ name }) => name)).toEqual([expect.stringMatching(/^web-/)]);
  }));

test("a program that keeps to the rules passes the example's own configuration, and a wrong one is an error in words", () =>
  withStack(async ({ stack, own }) => {
    const rotating = {
      kind: "RotatingClient" as const,
      name: "tiles",
      args: { ...tiles.args, rotateAfterDays: 30 },
    };
    stack.declare(web, rotating);

    const up = await stack.run(
      "up",
      "--skip-preview",
      "--policy-pack",
      PACK,
      "--policy-pack-config",
      join(PACK, "config.json"),
    );
    expect(violations(up)).toEqual([]);
    expect(up.out).toContain("✅ thinkgeo@v1.0.0");
    expect(up.code).toBe(0);
    expect(own()).toHaveLength(2);

    const older = { ...rotating, args: { ...rotating.args, rotateAfterDays: 31 } };
    const tooOld = await judged(stack.declare(web, older), ["preview"], {
      "thinkgeo-key-age": { enforcementLevel: "mandatory", maximumDays: 30 },
    });
    expect(violations(tooOld)).toEqual(["[mandatory] thinkgeo-key-age tiles"]);
    expect(tooOld.out).toContain(
      'Client "tiles" is renewed after 31 days: give it a rotateAfterDays of at most 30.',
    );
    expect(tooOld.code).not.toBe(0);

    const misspelt = await judged(stack, ["preview"], { "thinkgeo-address-range": { widest: 8 } });
    expect(misspelt.out).toContain(
      'thinkgeo-address-range has no setting "widest": it has "widestPrefix", "except".',
    );
    expect(misspelt.out).not.toContain("    at ");
    expect(misspelt.code).not.toBe(0);
  }));

test("clients of the native provider are judged too, by the resource's name where theirs is generated", () =>
  withStack(async ({ stack, own }) => {
    writePlugin(join(stack.folder, "plugin", PLUGIN_FOLDER));
    const resource = (type: string, properties: object): object => ({ type: `thinkgeo:${type}`, properties });
    const program = {
      ...{ name: "engine-test", runtime: "yaml" },
      plugins: { providers: [{ name: "thinkgeo", path: `./plugin/${PLUGIN_FOLDER}` }] },
      resources: {
        web: resource("Client", { ...web.args }),
        tiles: resource("RotatingClient", { ...tiles.args, rotateAfterDays: 30 }),
        open: resource("Client", { type: "JavaScript", name: "web-open" }),
        other: resource("Client", { ...web.args }),
      },
    };
    stack.write("Pulumi.yaml", JSON.stringify(program));
    const config = {
      "thinkgeo-client-name": { pattern: "(web|tiles)(-[a-z]+)?" },
      "thinkgeo-client-count": { maximum: 3 },
    };
    const found = [
      "[advisory] thinkgeo-roles-declared open",
      "[mandatory] thinkgeo-client-count engine-test-test",
      "[mandatory] thinkgeo-client-name other",
      "[mandatory] thinkgeo-javascript-origins open",
    ];
    const preview = await judged(stack, ["preview"], config);
    expect(violations(preview)).toEqual(found);
    expect(preview.code).not.toBe(0);
    expect(own()).toEqual([]);
    const advised = await judged(stack, ["up", "--yes", "--skip-preview"], { ...config, all: "advisory" });
    expect(violations(advised)).toHaveLength(found.length);
    expect(own()).toHaveLength(4);
  }));
