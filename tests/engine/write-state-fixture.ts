import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../provider/versions";
import { withStack } from "./with-stack";

const PROGRAM = [
  { name: "web", args: { type: "JavaScript", allowedOrigins: ["acme.com", "*.ACME.com"] } },
  {
    name: "server",
    args: {
      name: "Server",
      type: "NativeConfidential",
      grantedRoles: ["Evaluator"],
      allowedIpAddresses: ["203.0.113.*", "198.51.100.7"],
      deletionPolicy: "delete",
      replaceWhenChanged: { rotation: 1 },
    },
  },
];

/** Keeps the state that this version writes, for later versions to be tested with: once a release. */
export async function writeStateFixture(): Promise<void> {
  await withStack(async ({ stack, account, own }) => {
    await stack.declare(...PROGRAM).up();
    const { deployment } = JSON.parse(await stack.expect(0, "stack", "export", "--show-secrets")) as {
      deployment: unknown;
    };
    const fixture = {
      operator: { clientId: account.clientId, clientSecret: account.clientSecret },
      clients: own().map((client) => ({ ...client, ownerId: undefined })),
      program: PROGRAM,
      deployment: JSON.parse(
        JSON.stringify(deployment).replaceAll(account.id, "{ownerId}"),
        // Paths of this machine.
        (key, value: unknown) => (key === "sourcePosition" || key === "stackTrace" ? undefined : value),
      ) as unknown,
    };
    const file = join(__dirname, "fixtures/state", `${VERSION}.json`);
    writeFileSync(file, JSON.stringify(fixture, null, 1));
  });
}
