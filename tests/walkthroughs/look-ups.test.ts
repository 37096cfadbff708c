import { textOf } from "../repository";
import { withStack } from "../engine/with-stack";
import { sectionOf } from "../docs/markdown";

const functions = sectionOf(textOf("docs/reference/resources.md"), "## Functions");
const [, first = ""] = /```ts\n([^]*?)```/.exec(functions) ?? [];
/* What the page says of ES modules: they may have await at the top. */
const [, line = ""] = /ES module[^`]*`"type": "module"`\) writes\s`([^`]+)` at the top/.exec(functions) ?? [];
const waiting = `${first}\n${line}\nexport const roles = known.map(({ name }) => name);\n`;

/* That each program of the page works in TypeScript and CommonJS is in printed-programs.test.ts. */
test.each([
  [
    "CommonJS",
    undefined,
    "index.js",
    first.replace(/^import \* as (\w+) from (".*");/m, "const $1 = require($2);"),
  ],
  ["ES modules", "module", "index.js", waiting],
  ["ES modules, by Node.js's own TypeScript", "module", "index.ts", waiting],
])("the first program with functions works in %s", (_, type, file, text) =>
  withStack(async ({ stack, account }) => {
    const { apiKey } = account.addClient({ name: "Shared maps key", clientType: "JavaScript" });
    account.addClient({ name: "pr-7", clientType: "JavaScript" });
    stack.write("package.json", JSON.stringify({ name: "engine-test", main: file, type }));
    stack.write(file, type === "module" ? text : text.replace(/^export const (\w+)/gm, "exports.$1"));
    await stack.up();
    expect(line).toContain("await thinkgeo.getRoles()");
    expect(JSON.parse(await stack.expect(0, "stack", "output", "--json"))).toEqual({
      apiKey,
      previewKeys: 1,
      ...(type === "module" ? { roles: ["User", "Evaluator"] } : {}),
    });
  }),
);
