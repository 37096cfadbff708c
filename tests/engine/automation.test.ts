import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { startEmulator } from "../../emulator";
import { Client } from "../../sdk";
import { QUICK_NODE } from "../examples/command";

jest.setTimeout(300_000);

test("an inline program of the Automation API lives through up, preview, refresh and destroy", async () => {
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-automation-"));
  const emulator = await startEmulator();
  const [account] = emulator.accounts;
  for (const name of ["home", "state"]) mkdirSync(join(folder, name));
  try {
    const program = (): Promise<Record<string, unknown>> => {
      const server = new Client("server", {
        type: "NativeConfidential",
        allowedIpAddresses: ["203.0.113.7"],
      });
      return Promise.resolve({ clientId: server.clientId, clientSecret: server.clientSecret });
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "inline", projectName: "inline", program },
      {
        envVars: {
          ...account.environment,
          ...QUICK_NODE,
          PULUMI_HOME: join(folder, "home"),
          PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "test",
        },
      },
    );
    const { outputs } = await stack.up();
    const [made] = account.clients().filter(({ name }) => name.startsWith("server-"));
    expect(made).toMatchObject({
      apiKey: outputs["clientId"]?.value as string,
      allowedIpAddresses: ["203.0.113.7"],
    });
    expect(outputs["clientSecret"]).toEqual({ value: made?.apiSecret, secret: true });
    expect((await stack.preview()).changeSummary).toEqual({ same: 2 });
    expect((await stack.refresh({ expectNoChanges: true })).summary.result).toBe("succeeded");
    await stack.destroy();
    expect(account.client(made?.id ?? "")).toBeUndefined();
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
