import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorAccount } from "../../emulator";
import { REPOSITORY } from "../repository";
import type { HostName } from "./engine-stack";
import type { Declaration } from "./programs";
import { withStack } from "./with-stack";

/** A stack as a version left it, and the account and program that belong to it. */
export interface StateFixture {
  /** @default "dynamic" */
  readonly host?: HostName;
  readonly operator: { readonly clientId: string; readonly clientSecret: string };
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly program: readonly Declaration[];
  readonly deployment: unknown;
}

export const STATE_FIXTURES = join(__dirname, "fixtures/state");

/** Both types of clients, an explicit provider, and a rotating client of which the previous one still works. */
function program({ clientId, clientSecret }: EmulatorAccount, step: number): readonly Declaration[] {
  return [
    { name: "account", kind: "Account", args: { clientId, clientSecret: { $secret: clientSecret } } },
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
      opts: { provider: "account" },
    },
    {
      name: "renewed",
      kind: "RotatingClient",
      args: {
        type: "NativeConfidential",
        allowedIpAddresses: ["203.0.113.7"],
        rotateWhenChanged: { step },
        // Otherwise the next step would be due some day.
        now: "2026-11-24T00:00:00.000Z",
      },
    },
  ];
}

/** Keeps the state that the installed version writes, for later versions to be tested with: once a release. */
export async function writeStateFixture(host: HostName): Promise<void> {
  const modules = process.env["THINKGEO_TEST_MODULES"] ?? join(REPOSITORY, "node_modules");
  const { version } = JSON.parse(readFileSync(join(modules, "pulumi-thinkgeo/package.json"), "utf8")) as {
    version: string;
  };
  await withStack(
    async ({ stack, account, own }) => {
      for (const step of [1, 2]) await stack.declare(...program(account, step)).up();
      const { deployment } = JSON.parse(await stack.expect(0, "stack", "export", "--show-secrets")) as {
        deployment: unknown;
      };
      const fixture: StateFixture = {
        host,
        operator: { clientId: account.clientId, clientSecret: account.clientSecret },
        clients: own().map((client) => ({ ...client, ownerId: undefined })),
        program: program(account, 2),
        deployment: JSON.parse(
          JSON.stringify(deployment).replaceAll(account.id, "{ownerId}"),
          // Paths of this machine.
          (key, value: unknown) => (key === "sourcePosition" || key === "stackTrace" ? undefined : value),
        ) as unknown,
      };
      const file = join(STATE_FIXTURES, `${version}-${host}.json`);
      writeFileSync(file, JSON.stringify(fixture, null, 1));
    },
    { host },
  );
}
