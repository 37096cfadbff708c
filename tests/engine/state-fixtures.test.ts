import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declaration } from "./programs";
import { withStack } from "./with-stack";

const FOLDER = join(__dirname, "fixtures/state");

/** A stack as a released version left it, and the account and program that belong to it. */
interface Fixture {
  readonly operator: { readonly clientId: string; readonly clientSecret: string };
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly program: readonly Declaration[];
  readonly deployment: unknown;
}

describe.each(readdirSync(FOLDER))("the state of %s", (file) => {
  test("is read without a difference, and managed on", () => {
    const fixture = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Fixture;
    return withStack(
      async ({ stack, account, own }) => {
        for (const client of fixture.clients) account.addClient(client);
        // The accounts of two emulators have two GUIDs; the fixture's own stands in its clients.
        const text = JSON.stringify({ version: 3, deployment: fixture.deployment }).replaceAll(
          "{ownerId}",
          account.id,
        );
        stack.write("state.json", text);
        await stack.expect(0, "stack", "import", "--file", "state.json");
        await stack.declare(...fixture.program).expectSettled();
        expect((await stack.outputs("server"))["clientSecret"]).toBe(
          own().find(({ name }) => name === "Server")?.apiSecret,
        );
        await stack.expect(0, "destroy", "--yes", "--skip-preview");
        expect(own()).toEqual([]);
      },
      { operator: fixture.operator },
    );
  });
});
