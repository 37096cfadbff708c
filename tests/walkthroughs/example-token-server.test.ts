import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import { startEmulator, type Emulator } from "../../emulator";
import { exampleEnvironment, run, UNCHECKED, type Outcome } from "../examples/command";
import { ServerProcess } from "../examples/token-server/server-process";

jest.setTimeout(120_000);

const PAGE = "https://maps.acme.com";
const SERVER_ADDRESS = "203.0.113.10";
const OFFICE_ADDRESS = "198.51.100.7";
const ELSEWHERE = "192.0.2.1";

/** The tests tell one story, in their order. */
describe("examples/token-server", () => {
  const place = mkdtempSync(join(tmpdir(), "thinkgeo-token-server-"));
  // A name that no stack file of a person has.
  const stack = `test-${process.pid}`;
  let emulator: Emulator;
  let server: ServerProcess | undefined;
  let secret: string;
  let token: string;

  const pulumi = (...args: string[]): Promise<Outcome> =>
    run("pulumi", ["--cwd", "examples/token-server", "--non-interactive", ...args], {
      ...exampleEnvironment(emulator.accounts[0], place, stack),
      ...UNCHECKED,
    });
  const up = (): Promise<Outcome> => pulumi("up", "--yes", "--skip-preview");
  const output = async (...args: string[]): Promise<string> =>
    (await pulumi("stack", "output", ...args)).output.trim();
  const key = (): ReturnType<Emulator["accounts"][0]["client"]> =>
    emulator.accounts[0].client(`Token server (${stack})`);
  const elevationFrom = async (address: string): Promise<number> =>
    (
      await fetch(`${emulator.url}/api/v1/elevation/40,-105`, {
        headers: { authorization: `Bearer ${token}`, "x-emulator-client-address": address },
      })
    ).status;

  beforeAll(async () => {
    // The token endpoint looks at the whitelist as well, so that the server's own address must be in it.
    emulator = await startEmulator({ switches: { tokenAddressCheck: true, clientAddress: SERVER_ADDRESS } });
  });
  afterAll(async () => {
    await server?.kill();
    await emulator.close();
    rmSync(place, { recursive: true, force: true });
    rmSync(join(REPOSITORY, `examples/token-server/Pulumi.${stack}.yaml`), { force: true });
  });

  test("wants the server's address from the stack's configuration", async () => {
    await pulumi("stack", "init", stack);
    const { status, output: text } = await pulumi("preview");

    expect(text).toContain("missing configuration value 'serverAddress'");
    expect(status).not.toBe(0);
  });

  test("makes a key with the server's address in its whitelist, and without the role User", async () => {
    await pulumi("config", "set", "serverAddress", SERVER_ADDRESS);
    const { status, output: text } = await up();

    expect(text).toContain("clientSecret: [secret]");
    expect(status).toBe(0);
    expect(key()).toMatchObject({
      clientType: "NativeConfidential",
      allowedIpAddresses: [SERVER_ADDRESS],
      grantedRoles: ["Evaluator"],
    });
  });

  test("starts with the stack's outputs in its environment, and becomes ready", async () => {
    secret = await output("clientSecret", "--show-secrets");
    expect(secret).toBe(key()?.apiSecret);
    server = new ServerProcess({
      THINKGEO_API_URL: emulator.url,
      THINKGEO_CLIENT_ID: await output("clientId"),
      THINKGEO_CLIENT_SECRET: secret,
      ALLOWED_ORIGINS: PAGE,
    });
    const url = await server.url();
    const response = await fetch(`${url}/token`, { headers: { origin: PAGE } });
    const answer = (await response.json()) as { access_token: string; expires_in: number };
    token = answer.access_token;

    expect(response.status).toBe(200);
    expect(answer.expires_in).toBeGreaterThan(3500);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("its token opens the map service from the server's address, and not from elsewhere", async () => {
    expect(await elevationFrom(SERVER_ADDRESS)).toBe(200);
    expect(await elevationFrom(OFFICE_ADDRESS)).toBe(403);
  });

  test("its token cannot manage the account", async () => {
    const response = await fetch(`${emulator.url}/api/v1/clients`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
  });

  test("callerAddresses lets the office in", async () => {
    await pulumi("config", "set", "--path", "callerAddresses[0]", "198.51.100.0/24");
    expect((await up()).status).toBe(0);

    expect(await elevationFrom(OFFICE_ADDRESS)).toBe(200);
    expect(await elevationFrom(ELSEWHERE)).toBe(403);
  });

  test("callersAnywhere lets everybody in", async () => {
    await pulumi("config", "set", "callersAnywhere", "true");
    expect((await up()).status).toBe(0);

    expect(key()?.allowedIpAddresses).toEqual([]);
    expect(await elevationFrom(ELSEWHERE)).toBe(200);
  });

  test("stops when it is asked to, and has written neither secret nor token", async () => {
    server?.signal("SIGTERM");

    expect(await server?.ended()).toBe(0);
    expect(server?.output).toContain('"outcome":"token"');
    expect(server?.output).not.toContain(secret);
    expect(server?.output).not.toContain(token);
  });

  test("is gone after destroy", async () => {
    expect((await pulumi("destroy", "--yes", "--skip-preview")).status).toBe(0);
    expect(key()).toBeUndefined();
  });
});
