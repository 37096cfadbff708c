import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { doctorReport } from "../../cli/doctor/report";
import { driftReport } from "../../cli/drift/report";
import { explainReport } from "../../cli/explain/report";
import { exportReport } from "../../cli/export/report";
import { sweepReport } from "../../cli/sweep/report";
import { startEmulator } from "../../emulator";
import { hostileReport } from "./drift/hostile-report";
import { runCommand } from "./run-command";

const SAMPLE = "Sample Browser Client";

/** What each verb prints with --json: its schema, and a run that prints it. */
const REPORTS = [
  ["doctor", doctorReport, []],
  ["drift", driftReport, ["empty.json"]],
  ["explain", explainReport, ["--client", SAMPLE, "--origin", "https://acme.com"]],
  ["export", exportReport, ["--out", "keys"]],
  ["sweep", sweepReport, ["--prefix", "pr-", "--older-than", "7d", "--no-stacks", "--dry-run"]],
] as const;

const fileOf = (verb: string): string => join(__dirname, `../../docs/schemas/${verb}.schema.json`);

type Published = z.core.JSONSchema.JSONSchema & { readonly properties?: Readonly<Record<string, unknown>> };
const published = (verb: string): Published => JSON.parse(readFileSync(fileOf(verb), "utf8")) as Published;

/** Runs `thinkgeo VERB ARGS --json` in an account with some clients, and reads what it prints. */
async function printed(verb: string, args: readonly string[]): Promise<Record<string, unknown>> {
  const emulator = await startEmulator();
  const [account] = emulator.accounts;
  account.addClient({ name: "pr-1", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
  account.addClient({ name: "Six", allowedIpAddresses: ["::1"] });
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-schema-"));
  writeFileSync(join(folder, "empty.json"), JSON.stringify({ version: 3, deployment: { resources: [] } }));
  try {
    const { out } = await runCommand([verb, ...args, "--json"], { environment: account.environment, folder });
    return JSON.parse(out) as Record<string, unknown>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
}

describe.each(REPORTS)("docs/schemas/%s.schema.json", (verb, schema, args) => {
  // WRITE_SCHEMAS=1 npm test -- schemas: after a change of a report.
  test("is the schema of the program", () => {
    const current = `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`;
    if (process.env["WRITE_SCHEMAS"] !== undefined) writeFileSync(fileOf(verb), current);
    expect(published(verb)).toEqual(JSON.parse(current));
  });

  test("says the version, as all do", () => {
    expect(published(verb).properties?.["version"]).toEqual({ type: "number", const: 1 });
    expect(published(verb).required).toContain("version");
  });

  test("accepts what is printed, and refuses a field too many or too few", async () => {
    const accepts = (value: unknown): boolean => z.fromJSONSchema(published(verb)).safeParse(value).success;
    const report = await printed(verb, args);
    expect(accepts(report)).toBe(true);
    expect(accepts({ ...report, more: 1 })).toBe(false);
    for (const needed of published(verb).required ?? [])
      expect(accepts({ ...report, [needed]: undefined })).toBe(false);
  });
});

test("the drift report's schema accepts findings of every kind, with hostile names", () => {
  const accepts = z.fromJSONSchema(published("drift"));
  expect(accepts.safeParse(JSON.parse(JSON.stringify(hostileReport()))).error).toBeUndefined();
});
