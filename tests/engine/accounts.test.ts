import { withStack, type Scene } from "./with-stack";

const PROGRAM = `
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const thinkgeo = require("pulumi-thinkgeo");
const { clientId, clientSecret, apiUrl } = JSON.parse(readFileSync("emea.json", "utf8"));
const emea = new thinkgeo.Account("emea", { clientId, clientSecret, apiUrl });
const type = "NativeConfidential";
for (let index = 0; index < 2; index++) {
  new thinkgeo.Client("home-" + index, { type, allowedIpAddresses: ["203.0.113.7"] });
  new thinkgeo.Client("emea-" + index, { type, allowedIpAddresses: ["203.0.113.8"] }, { provider: emea });
}
exports.found = thinkgeo.getClientOutput({ name: "Sample Native Client" }, { account: emea }).ownerId;
`;

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Gives the program of two accounts these credentials for the second. */
function declare({ stack, emulator }: Scene, credentials: Credentials): void {
  stack.write("index.js", PROGRAM);
  const { clientId, clientSecret } = credentials;
  stack.write("emea.json", JSON.stringify({ clientId, clientSecret, apiUrl: emulator.url }));
}

const named = (prefix: string, account: Scene["account"]): string[] =>
  account
    .clients()
    .map(({ name }) => name)
    .filter((name) => name.startsWith(prefix));

test("two accounts in one program never mix, and all that is done to one is done with its own credentials", () =>
  withStack(async (scene) => {
    const { stack, emulator, account } = scene;
    const other = emulator.addAccount();
    declare(scene, other);
    await stack.up();
    expect([named("home-", account).length, named("emea-", account).length]).toEqual([2, 0]);
    expect([named("home-", other).length, named("emea-", other).length]).toEqual([0, 2]);
    const state = await stack.expect(0, "stack", "export");
    for (const secret of [other.clientSecret, other.clientId]) expect(state).not.toContain(secret);

    const [edited] = other.clients().filter(({ name }) => name.startsWith("emea-"));
    other.editClient(edited?.id ?? "", { isActive: false });
    await stack.expect(7, "refresh", "--preview-only", "--expect-no-changes");
    await stack.up("--refresh");
    expect(other.client(edited?.id ?? "")?.isActive).toBe(true);

    // Wrong credentials of one stop what is that account's, and touch nothing of the other's.
    const before = [account.clients(), other.clients()];
    declare(scene, { clientId: other.clientId, clientSecret: "this-is-not-the-secret" });
    const out = await stack.expect(1, "up", "--skip-preview", "--refresh");
    expect(out).toContain("authenticate with ThinkGeo");
    expect(out).not.toContain("this-is-not-the-secret");
    // Nor does an empty one fall back to the environment's.
    declare(scene, { clientId: other.clientId, clientSecret: " " });
    const refused = await stack.expect(1, "up", "--skip-preview");
    expect(refused).toContain('Account "emea" has no clientSecret');
    expect([account.clients(), other.clients()]).toEqual(before);

    // An account's own credential is renewed without a change to its clients.
    const next = other.addClient({ name: "Operator 2", grantedRoles: ["User"] });
    declare(scene, { clientId: next.apiKey, clientSecret: next.apiSecret });
    emulator.clearRequests();
    await stack.up();
    const writes = emulator
      .requests()
      .filter(({ method, path }) => method !== "GET" && path.includes("/clients"));
    expect(writes).toEqual([]);
    other.deleteClient("Emulator operator");
    await stack.expectNothingToDo();
    await stack.expect(0, "destroy", "--skip-preview");
    expect([named("home-", account), named("emea-", other)]).toEqual([[], []]);
  }));
