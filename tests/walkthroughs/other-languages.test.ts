import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { textOf } from "../repository";

const page = textOf("docs/guides/other-languages.md");
/** The blocks of a section, without their fences. */
const blocksOf = (section: string): string[] => {
  const [, text = ""] = new RegExp(`^## ${section}\n([^]*?)(?=^## |$(?![^]))`, "m").exec(page) ?? [];
  return [...text.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
};
const [, plugins = ""] = blocksOf("Install the plugin");
const [command = "", declared = ""] = blocksOf("Import");
const [, aliased = ""] = blocksOf("From dynamic to native");

// Its programs run in tests/native/languages.test.ts, its ways to install in tests/native/packages.test.ts.
describe("docs/guides/other-languages.md does what it says", () => {
  let emulator: Emulator;
  let account: Emulator["accounts"][0];
  let stack: EngineStack;
  const program = (resources: string): void => {
    stack.write("Pulumi.yaml", `name: engine-test\nruntime: yaml\n${plugins}resources:\n${resources}`);
  };
  const run = async (line: string): Promise<string> => stack.expect(0, ...line.split(" ").slice(1));

  beforeEach(async () => {
    emulator = await startEmulator();
    [account] = emulator.accounts;
    stack = await new EngineStack(account).init();
  });
  afterEach(async () => {
    stack.remove();
    await emulator.close();
  });

  test("import, by command and by option: nothing is left to do then", async () => {
    const { id } = account.addClient({ name: "Tile renderer", clientType: "NativeConfidential" });
    const before = account.clients();
    program("  {}\n");
    const out = await run(`${command.trim().replace("GUID", id)} --yes`);
    expect(out).toContain("type: thinkgeo:Client");
    program(
      "  tiles:\n    type: thinkgeo:Client\n    properties: {type: NativeConfidential, name: Tile renderer}\n",
    );
    await stack.expect(0, "preview", "--expect-no-changes");
    await stack.expect(
      0,
      "state",
      "delete",
      "--yes",
      "--force",
      `urn:pulumi:test::engine-test::thinkgeo:index:Client::tiles`,
    );
    const option = declared.replace("GUID", id);
    program(option.replace("Tile renderer", "Tiles"));
    expect(await stack.expect(0, "preview", "--diff")).toMatch(/~ name *: "Tile renderer" => "Tiles"/);
    program(option);
    await stack.up();
    await stack.expectNothingToDo();
    expect(account.clients()).toEqual(before);
  });

  test("the project's autonaming", async () => {
    const [line = ""] = blocksOf("Names");
    program("  web: {type: thinkgeo:Client, properties: {type: JavaScript, allowedOrigins: [acme.com]}}\n");
    await run(line.trim().replaceAll("'", ""));
    await stack.up();
    expect(account.client("engine-test-test-web")).toBeDefined();
  });

  test("from dynamic to native by an alias: the same client, and no write", async () => {
    await stack.declare({ name: "web", args: { type: "JavaScript", allowedOrigins: ["acme.com"] } }).up();
    const before = account.clients();
    emulator.clearRequests();
    const web =
      "  web:\n    type: thinkgeo:Client\n    properties: {type: JavaScript, allowedOrigins: [acme.com]}\n";
    program(web + aliased);
    expect(await stack.up()).toMatch(/Resources:\n\s+\d unchanged\n/);
    program(web);
    await stack.expectNothingToDo();
    expect(
      emulator.requests().filter(({ method, path }) => method !== "GET" && path.startsWith("/api")),
    ).toEqual([]);
    expect(account.clients()).toEqual(before);
    expect(Object.keys(await stack.state())).toEqual([]);
  });
});
