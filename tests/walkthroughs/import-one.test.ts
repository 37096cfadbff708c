import { withStack } from "../engine/with-stack";
import { textOf } from "../repository";
import { missingFrom, shownIn } from "../docs/shown";

// The steps of a list are indented.
const page = textOf("docs/guides/import.md").replace(/^ {3}/gm, "");
const commands = shownIn(page).filter(({ command }) => command.startsWith("pulumi "));

test("docs/guides/import.md shows what is printed when one client is adopted", () =>
  withStack(async ({ stack, account, own }) => {
    const { id } = account.addClient({
      name: "Shop web key",
      clientType: "JavaScript",
      allowedOrigins: ["acme.com", "*.acme.com"],
    });
    const before = own();
    const args = { type: "JavaScript", name: "Shop web key", allowedOrigins: ["acme.com", "*.acme.com"] };
    stack.declare({ name: "shop", args: { ...args, adopt: id } });
    expect(commands).toHaveLength(2);
    for (const { command, output } of commands) {
      const out = await stack.expect(0, ...command.split(" ").slice(1));
      expect(output).not.toBe("");
      expect(missingFrom(out, output)).toEqual([]);
    }
    expect(own()).toEqual(before);
  }));
