import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTS } from "./engine-stack";
import { withStack } from "./with-stack";
import { STATE_FIXTURES, writeStateFixture, type StateFixture } from "./write-state-fixture";

if (process.env["WRITE_STATE"] !== undefined)
  test.each(HOSTS)("the state that this version writes on the %s host is kept", writeStateFixture);

describe.each(readdirSync(STATE_FIXTURES))("the state of %s", (file) => {
  const fixture = JSON.parse(readFileSync(join(STATE_FIXTURES, file), "utf8")) as StateFixture;
  const { operator, host = "dynamic", program } = fixture;

  test("is read without a difference, and managed on", () =>
    withStack(
      async ({ stack, account, own }) => {
        for (const client of fixture.clients) account.addClient(client);
        // The accounts of two emulators have two GUIDs; the fixture's own stands in its clients.
        const text = JSON.stringify({ version: 3, deployment: fixture.deployment }).replaceAll(
          "{ownerId}",
          account.id,
        );
        stack.write("state.json", text);
        await stack.expect(0, "stack", "import", "--file", "state.json");
        await stack.declare(...program).expectSettled();
        const secretOf = (id: unknown): unknown => own().find((client) => client.id === id)?.apiSecret;
        for (const { name } of program.filter(({ name }) => ["server", "renewed"].includes(name))) {
          const { id, current, clientSecret } = await stack.outputs(name);
          const ofRotation = (current as { id: string } | undefined)?.id;
          expect([name, clientSecret]).toEqual([name, secretOf(ofRotation ?? id)]);
          expect(clientSecret).toEqual(expect.any(String));
        }
        await stack.expect(0, "destroy", "--yes", "--skip-preview");
        expect(own()).toEqual([]);
      },
      { operator, host },
    ));
});
