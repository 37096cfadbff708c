import { withStack } from "../engine/with-stack";
import { textOf } from "../repository";

/** Programs as the documents print them. */
const printed = (document: string, part: string): string[] =>
  [...textOf(document).matchAll(/```ts\n([^]*?)```/g)]
    .map(([, text = ""]) => text)
    .filter((text) => text.includes(part));

test.each([
  ["docs/guides/components-and-monorepos.md", "ComponentResource", 2],
  ["docs/reference/resources.md", "thinkgeo.get", 0],
  ["docs/reference/resources.md", 'thinkgeo.Client("web", {', 2],
  ["docs/reference/resources.md", 'thinkgeo.RotatingClient("', 1],
  ["docs/reference/resources.md", 'thinkgeo.Account("', 1],
])(
  "in a CommonJS project in TypeScript, every program of %s with %s works as it is printed",
  (document, part, made) =>
    withStack(async ({ stack, account, own }) => {
      account.addClient({ name: "Shared maps key", clientType: "JavaScript" });
      const before = own().length;
      stack.write("Pulumi.yaml", "name: engine-test\nruntime: nodejs\n");
      stack.write("package.json", JSON.stringify({ name: "engine-test", main: "index.ts" }));
      const compilerOptions = { strict: true, target: "ES2023", module: "nodenext", types: ["node"] };
      stack.write("tsconfig.json", JSON.stringify({ compilerOptions }));
      await stack.expect(0, "config", "set", "--", "emeaClientId", account.clientId);
      await stack.expect(0, "config", "set", "--secret", "--", "emeaClientSecret", account.clientSecret);
      const programs = printed(document, part);
      expect(programs.length).toBeGreaterThan(0);
      for (const text of programs) {
        stack.write("index.ts", text);
        await stack.up();
        expect(own()).toHaveLength(before + made);
      }
    }),
);
