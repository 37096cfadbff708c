import { startEmulator, type Emulator } from "../../emulator";
import { BORN_WITH, ownClients } from "../own-clients";
import { EngineStack, HOSTS } from "./engine-stack";

describe.each(HOSTS)("the life of clients on the real engine, by the %s host", (host) => {
  let emulator: Emulator;
  let stack: EngineStack;

  beforeAll(async () => {
    emulator = await startEmulator();
    stack = await new EngineStack(emulator.accounts[0], undefined, host).init();
  });
  afterAll(async () => {
    stack.remove();
    await emulator.close();
  });

  const account = () => emulator.accounts[0];
  const own = () => ownClients(account());
  const calls = () => emulator.requests().map(({ method, path }) => `${method} ${path}`);
  const web = { name: "web", args: { type: "JavaScript", allowedOrigins: ["acme.com", "*.ACME.com"] } };
  const server = {
    name: "server",
    args: {
      name: "Server",
      type: "NativeConfidential",
      allowedIpAddresses: ["203.0.113.*", "198.51.100.7/32"],
    },
  };
  const more = Array.from({ length: 6 }, (_, n) => ({ name: `c${n}`, args: { type: "NativeConfidential" } }));
  let secret: unknown;

  test("up makes what is declared, with a token, a list, the names of the roles and a request a client", async () => {
    stack.declare(web, server);
    emulator.clearRequests();
    await stack.up();
    expect(calls().sort()).toEqual([
      "GET /api/v1/clients",
      "GET /api/v1/clients/roles",
      "POST /api/v1/clients",
      "POST /api/v1/clients",
      "POST /identity/connect/token",
    ]);
    expect(own()).toEqual([
      expect.objectContaining({ clientType: expect.any(String) as string }),
      expect.objectContaining({ clientType: expect.any(String) as string }),
    ]);
    expect(account().client("Server")).toMatchObject({
      clientType: "NativeConfidential",
      sharedMode: "IpAddress",
      allowedIpAddresses: ["203.0.113.*", "198.51.100.7/32"],
      allowedOrigins: [],
      grantedRoles: ["User", "Evaluator"],
      isActive: true,
    });
    const outputs = await stack.outputs("web");
    const made = account().client(String(outputs["id"]));
    expect(made).toMatchObject({
      sharedMode: "Origin",
      allowedOrigins: ["acme.com", "*.ACME.com"],
      clientType: "JavaScript",
    });
    expect(outputs).toMatchObject({
      apiKey: made?.apiKey,
      clientId: made?.apiKey,
      name: expect.stringMatching(/^web-[0-9a-f]{8}$/) as string,
    });
    expect(outputs["clientSecret"]).toBeUndefined();
    const native = await stack.outputs("server");
    secret = account().client("Server")?.apiSecret;
    expect(native).toMatchObject({ clientSecret: secret, effectiveRoles: ["Evaluator", "User"] });
    expect(native["apiKey"]).toBeUndefined();
  });

  test("a preview without changes makes no request at all, and a refresh makes three", async () => {
    emulator.clearRequests();
    await stack.expect(0, "preview", "--expect-no-changes");
    expect(calls()).toEqual([]);
    await stack.expect(0, "refresh", "--skip-preview", "--expect-no-changes");
    expect(calls()).toEqual([
      "POST /identity/connect/token",
      "GET /api/v1/clients",
      "GET /api/v1/clients/roles",
    ]);
    await stack.expect(0, "preview", "--expect-no-changes");
  });

  test("other spellings of the same whitelist are no change, and state keeps the first", async () => {
    stack.declare(
      { ...web, args: { ...web.args, allowedOrigins: ["*.acme.com", "ACME.COM."] } },
      {
        ...server,
        args: { ...server.args, allowedIpAddresses: ["198.51.100.7", "203.0.113.0/25", "203.0.113.128/25"] },
      },
    );
    await stack.expect(0, "preview", "--expect-no-changes");
  });

  test("every field is updated in place, and the keys stay", async () => {
    const before = own().map(({ id, apiKey }) => ({ id, apiKey }));
    stack.declare(
      {
        name: "web",
        args: { name: "Web", type: "JavaScript", allowedIpAddresses: ["192.0.2.1"], active: false },
      },
      {
        name: "server",
        args: {
          name: "Server 2",
          type: "NativeConfidential",
          grantedRoles: ["Evaluator"],
          allowedIpAddresses: ["192.0.2.0/24"],
          deletionPolicy: "deactivate",
        },
      },
    );
    await stack.quickStep();
    expect(account().client("Web")).toMatchObject({
      sharedMode: "IpAddress",
      allowedOrigins: [],
      allowedIpAddresses: ["192.0.2.1"],
      isActive: false,
    });
    expect(account().client("Server 2")).toMatchObject({
      grantedRoles: ["Evaluator"],
      allowedIpAddresses: ["192.0.2.0/24"],
      apiSecret: secret,
    });
    expect(own().map(({ id, apiKey }) => ({ id, apiKey }))).toEqual(before);
    expect((await stack.outputs("server"))["clientSecret"]).toBe(secret);
  });

  test("taking a list out clears it, a name that is left out is kept, roles that are left out stay, and none at all is a value", async () => {
    stack.declare(
      { name: "web", args: { type: "JavaScript", grantedRoles: [] } },
      {
        name: "server",
        args: { type: "NativeConfidential", deletionPolicy: "deactivate" },
      },
      ...more,
    );
    await stack.quickStep();
    expect(account().client("Web")).toMatchObject({
      allowedIpAddresses: [],
      allowedOrigins: [],
      grantedRoles: [],
      isActive: true,
      sharedMode: "Origin",
    });
    expect(account().client("Server 2")).toMatchObject({
      allowedIpAddresses: [],
      grantedRoles: ["Evaluator"],
    });
  });

  test("destroy shares requests between deletes, and leaves what is not ours", async () => {
    emulator.clearRequests();
    await stack.expect(0, "destroy", "--skip-preview", "--parallel", "8");
    const [token, list, ...others] = calls();
    expect([token, list]).toEqual(["POST /identity/connect/token", "GET /api/v1/clients"]);
    // One, where the engine sends them all within milliseconds; on a busy machine the first may go alone.
    const deletes = others.filter((call) => call.startsWith("DELETE"));
    expect(new Set(deletes)).toEqual(new Set(["DELETE /api/v1/clients"]));
    expect(deletes.length).toBeLessThan(6);
    const left = account().clients();
    expect(left.map(({ name }) => name).sort()).toEqual([...BORN_WITH, "Server 2"].sort());
    // That is its deletionPolicy.
    expect(account().client("Server 2")).toMatchObject({ isActive: false });
    expect(await stack.state()).toEqual({});
  });
});
