import { readFileSync } from "node:fs";
import { join } from "node:path";
import { driftReport } from "../../cli/drift/report";
import { explainReport } from "../../cli/explain/report";
import { exportReport } from "../../cli/export/report";
import { sweepReport } from "../../cli/sweep/report";
import { thinkgeo } from "../cli/in-stack";
import { PLUGIN_FOLDER, writePlugin } from "../engine/programs";
import { withStack } from "../engine/with-stack";

test("drift, sweep, explain and --unmanaged know the clients of a YAML program, rotating ones too", () =>
  withStack(async (scene) => {
    const { stack, account, own } = scene;
    stack.write(
      "Pulumi.yaml",
      [
        "name: engine-test",
        "runtime: yaml",
        `plugins: { providers: [{ name: thinkgeo, path: ./plugin/${PLUGIN_FOLDER} }] }`,
        "resources:",
        "  web: { type: thinkgeo:Client, properties: { type: JavaScript, allowedOrigins: [acme.com] } }",
        "  tiles:",
        "    type: thinkgeo:RotatingClient",
        "    properties:",
        "      type: NativeConfidential",
        '      allowedIpAddresses: ["203.0.113.7"]',
        "      rotateWhenChanged: { version: GENERATION }",
        "",
      ].join("\n"),
    );
    writePlugin(join(stack.folder, "plugin", PLUGIN_FOLDER));
    await stack.up();
    const program = readFileSync(join(stack.folder, "Pulumi.yaml"), "utf8");
    stack.write("Pulumi.yaml", program.replace("GENERATION", "second"));
    await stack.up();
    expect(own()).toHaveLength(3);

    const drift = async (): Promise<unknown> =>
      driftReport.parse(await thinkgeo(scene, "drift", "--stack", "test"));
    expect(await drift()).toMatchObject({ summary: { managed: 3, missing: 0, unmanaged: 0 } });
    const web = own().find(({ clientType }) => clientType === "JavaScript");
    account.editClient(web?.id ?? "", { allowedOrigins: ["acme.com", "evil.example"] });
    expect(await drift()).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ kind: "changed", details: ["allowedOrigins: opens evil.example"] }),
      ]) as unknown,
    });

    const sweep = ["sweep", "--prefix", "tiles-", "--older-than", "1d", "--stack", "test", "--dry-run"];
    const swept = sweepReport.parse(await thinkgeo(scene, ...sweep));
    expect(swept.clients.map(({ reason }) => reason)).toEqual(["owned", "owned"]);

    const explain = ["explain", "--stack", "test", "--resource", "web", "--origin", "https://acme.com"];
    expect(explainReport.parse(await thinkgeo(scene, ...explain))).toMatchObject({ verdict: "allowed" });

    const rest = await thinkgeo(scene, "export", "--out", "rest", "--unmanaged", "--stack", "test");
    expect(exportReport.parse(rest).written).toEqual([]);
  }));
