import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driftReport } from "../../cli/drift/report";
import { explainReport } from "../../cli/explain/report";
import { clientPolicy } from "../../sdk/policy/rule";
import { javascriptOrigins, nativeAddresses } from "../../sdk/policy/rules";
import { judge } from "../policy/judge";
import { startEmulator, type ClientInput } from "../../emulator/index";
import { exportOf } from "./drift/stack-export";
import { runCommand } from "./run-command";

/** What an account may hold that keeps nobody out, in whatever way it came there. */
const OPEN: readonly ClientInput[] = [
  { name: "Open", clientType: "JavaScript", allowedOrigins: ["*"] },
  { name: "Open", clientType: "JavaScript", allowedOrigins: [] },
  { name: "Open", clientType: "NativeConfidential", allowedIpAddresses: ["0.0.0.0/0"] },
  { name: "Open", clientType: "NativeConfidential", allowedIpAddresses: ["*.*.*.*"] },
  {
    name: "Open",
    clientType: "NativeConfidential",
    allowedIpAddresses: ["203.0.113.7", "0.0.0.0/1", "128.0.0.0/1"],
  },
];

test.each(OPEN)("drift, explain, export and the policies say one thing of %j", async (client) => {
  const emulator = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-open-"));
  try {
    const [account] = emulator.accounts;
    const { id } = account.addClient(client);
    writeFileSync(join(folder, "dev.json"), exportOf());
    const run = async (...args: readonly string[]): Promise<string> =>
      (await runCommand(args, { environment: account.environment, folder })).out;
    const { findings } = driftReport.parse(JSON.parse(await run("drift", "dev.json", "--json")));
    expect(findings.filter((finding) => finding.id === id).map(({ kind }) => kind)).toContain("unrestricted");

    const from =
      client.clientType === "JavaScript" ? ["--origin", "https://a.com"] : ["--address", "198.51.100.1"];
    const answer = explainReport.parse(JSON.parse(await run("explain", "--client", id, ...from, "--json")));
    expect(answer).toMatchObject({
      verdict: "allowed",
      reason: expect.stringContaining("from everywhere") as string,
    });

    await run("export", "--out", "keys", "--only", id);
    const file =
      client.clientType === "JavaScript" ? "javascript-clients.ts" : "native-confidential-clients.ts";
    const program = readFileSync(join(folder, "keys", file), "utf8");
    expect(program).toContain(id);
    expect(program).not.toMatch(/allowed(?:Origins|IpAddresses):/);

    const rule =
      client.clientType === "JavaScript" ? clientPolicy(javascriptOrigins) : clientPolicy(nativeAddresses);
    expect(judge(rule, { ...client, type: client.clientType })).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
});
