import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENT_TYPE_TOKEN, SHELL } from "../../provider/shell";
import { withStack } from "./with-stack";

const OPERATOR_SECRET = "canary-operator-secret-0123456789-0123456789-0123456789~";
const OPERATOR = { clientId: "operator-id-0123456789-0123456789-01234567~", clientSecret: OPERATOR_SECRET };

/** Every file of a folder, whatever is in it, but for what a link leads to. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [readFileSync(path, "utf8")] : [];
  });
}

test("secrets are in no output, error, log or plain state of any verb", () =>
  withStack(
    async ({ stack, account, emulator }) => {
      const server = { name: "server", args: { name: "Server", type: "NativeConfidential" } };
      const outputs: string[] = [];
      const run = async (...args: string[]): Promise<void> => {
        outputs.push((await stack.run(...args)).out);
      };
      stack.environment["THINKGEO_LOG"] = "debug";
      stack.declare(server);
      await run("up", "--skip-preview");
      const secret = account.client("Server")?.apiSecret ?? "";
      expect((await stack.outputs("server"))["clientSecret"]).toBe(secret);
      await run("stack", "output");
      await run("stack", "output", "--json");
      await run("stack", "export");
      account.editClient("Server", { allowedIpAddresses: ["203.0.113.7"] });
      await run("refresh", "--skip-preview", "--diff");
      await run("preview", "--json");
      emulator.fault({
        kind: "reply",
        status: 400,
        method: "POST",
        path: "/api/v1/clients/*",
        times: 1,
        text: JSON.stringify({ error: { message: `no: ${secret} ${OPERATOR_SECRET}` } }),
      });
      stack.declare({ ...server, args: { ...server.args, active: false } });
      await run("up", "--skip-preview", "--diff");
      emulator.revokeTokens();
      stack.environment["THINKGEO_CLIENT_ID"] = "somebody-else";
      await run("up", "--skip-preview");
      stack.environment["THINKGEO_CLIENT_ID"] = account.clientId;
      await run("destroy", "--yes", "--skip-preview");
      expect(outputs.join("\n")).toContain("thinkgeo: POST /api/v1/clients");
      expect(outputs.join("\n")).toContain("[redacted]");
      for (const text of [...outputs, ...filesIn(stack.folder)]) {
        for (const canary of [secret, OPERATOR_SECRET, "Bearer eyJ"]) expect(text).not.toContain(canary);
      }
    },
    { operator: OPERATOR },
  ));

test("a secret that a refresh brings into imported state is encrypted before any up; the engine itself shows it by up --json, so no example uses that", () =>
  withStack(async ({ stack, account }) => {
    const there = account.addClient({ name: "By hand" });
    const properties = { __provider: SHELL, name: "By hand", type: "NativeConfidential" };
    const resource = {
      ...{ type: CLIENT_TYPE_TOKEN, name: "imported", id: there.id },
      ...{ inputs: properties, outputs: properties },
    };
    stack.write("import.json", JSON.stringify({ resources: [resource] }));
    await stack.expect(
      0,
      ...[
        "import",
        "--file",
        "import.json",
        "--yes",
        "--generate-code=false",
        "--protect=false",
        "--skip-preview",
      ],
    );
    await stack.expect(0, "refresh", "--skip-preview");
    const exported = await stack.expect(0, "stack", "export");
    expect(exported).toContain(there.apiKey);
    expect(exported).not.toContain(there.apiSecret);
    stack.declare({ name: "imported", args: { type: "NativeConfidential", name: "By hand" } });
    // Should this change, docs and examples may use it.
    expect(await stack.up("--json")).toContain(there.apiSecret);
    expect(await stack.outputs("imported")).toMatchObject({ clientSecret: there.apiSecret });
    expect(account.client(there.id)).toEqual(there);
  }));
