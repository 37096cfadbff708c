import { join } from "node:path";
import { hostsFor, type EngineStack } from "./engine-stack";
import { writePlugin } from "./programs";
import { stacksOn, withStack, type Scene } from "./with-stack";

const args = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

/** An explicit provider of the stack's own account: a process of its own, that is not asked about other resources. */
const second = ({ account }: Scene): { name: string; kind: "Account"; args: Record<string, unknown> } => ({
  name: "second",
  kind: "Account",
  args: {
    clientId: account.clientId,
    clientSecret: { $secret: account.clientSecret },
    apiUrl: account.environment["THINKGEO_API_URL"],
  },
});
const bySecond = { provider: "second" };

describe.each(hostsFor("native"))("two providers of one account, on the %s host:", (host) => {
  const onStack = stacksOn(host);

  test.each(["Client", "RotatingClient"] as const)(
    "a %s of one adopts a client that the other gives up: the key stays",
    (kind) =>
      onStack(async (scene) => {
        const { stack, own } = scene;
        await stack.declare({ name: "old", args }).up();
        const [made] = own();
        stack.declare(second(scene), {
          name: "new",
          kind,
          args: { ...args, adopt: made?.id },
          opts: bySecond,
        });
        // With its preview, whose processes have the same client.
        expect(await stack.expect(0, "up", "--yes")).toContain("was not deleted");
        expect(own()).toMatchObject([{ id: made?.id, apiKey: made?.apiKey, isActive: true }]);
        await stack.expectNothingToDo();
        await stack.expect(0, "destroy", "--skip-preview");
        expect(own()).toEqual([]);
      }),
  );

  test("one client is not managed by both", () =>
    onStack(async (scene) => {
      const { stack, own } = scene;
      await stack.declare({ name: "old", args }).up();
      const [made] = own();
      stack.declare({ name: "old", args }, second(scene), {
        name: "new",
        args: { ...args, allowedIpAddresses: ["198.51.100.7"], adopt: made?.id },
        opts: bySecond,
      });
      const { code, out } = await stack.run("up", "--skip-preview");
      expect([code, out]).toEqual([
        1,
        expect.stringMatching(
          /another resource of this program has the same client|is managed by this stack already/,
        ),
      ]);
      // Which of the two the engine comes to first decides whether the other has changed it: nobody ends its key.
      expect(own()).toMatchObject([{ id: made?.id, apiKey: made?.apiKey, isActive: true }]);
    }));
});

test("a dynamic client whose place a native one takes by its adopt line keeps its key", () =>
  withStack(async (scene) => {
    const { stack, own } = scene;
    await stack.declare({ name: "old", args }).up();
    const [made] = own();
    asNative(stack, { ...args, adopt: made?.id });
    expect(await stack.expect(0, "up", "--yes")).toContain("was not deleted");
    expect(own()).toMatchObject([{ id: made?.id, apiKey: made?.apiKey }]);
  }));

/** A program with a class as generated SDKs have it. */
function asNative(stack: EngineStack, inputs: object): void {
  writePlugin(join(stack.folder, "plugin"));
  const plugins = { providers: [{ name: "thinkgeo", path: "./plugin" }] };
  const runtime = { name: "nodejs", options: { typescript: false } };
  stack.write("Pulumi.yaml", JSON.stringify({ name: "engine-test", runtime, plugins }));
  stack.write(
    "index.js",
    `const pulumi = require("@pulumi/pulumi");
     new pulumi.CustomResource("thinkgeo:index:Client", "new", ${JSON.stringify(inputs)});`,
  );
}
