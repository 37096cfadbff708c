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
    expect(out).toContain("sign in to ThinkGeo");
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

test("look-ups work at preview, with the stack's own settings, for one token, one list and the names of the roles", () =>
  withStack(async ({ stack, account, calls }) => {
    for (let index = 0; index < 5; index++)
      account.addClient({ name: `pr-${index}`, clientType: "JavaScript" });
    stack.write(
      "index.js",
      `
const thinkgeo = require("pulumi-thinkgeo");
module.exports = async () => {
  const all = await thinkgeo.getClients({ nameMatches: /^pr-/ });
  const one = await thinkgeo.getClient({ name: "pr-3" });
  const { clientSecret } = await thinkgeo.getClient({ name: "Emulator operator", withSecret: true });
  return { names: all.map(({ name }) => name), key: one.apiKey, clientSecret, later: thinkgeo.getClientOutput({ id: one.id }).name };
};
`,
    );
    const { THINKGEO_CLIENT_ID = "", THINKGEO_CLIENT_SECRET = "" } = stack.environment;
    await stack.expect(0, "config", "set", "--", "thinkgeo:clientId", THINKGEO_CLIENT_ID);
    await stack.expect(0, "config", "set", "--secret", "--", "thinkgeo:clientSecret", THINKGEO_CLIENT_SECRET);
    delete stack.environment["THINKGEO_CLIENT_ID"];
    delete stack.environment["THINKGEO_CLIENT_SECRET"];
    const preview = await stack.expect(0, "preview");
    expect(preview).toContain("pr-3");
    expect(calls()).toEqual([
      "POST /identity/connect/token",
      "GET /api/v1/clients",
      "GET /api/v1/clients/roles",
    ]);
    const out = await stack.up();
    expect(preview + out).not.toContain(THINKGEO_CLIENT_SECRET);
    expect(out).toContain("[secret]");
    expect(out).toContain(account.client("pr-3")?.apiKey);
  }));
