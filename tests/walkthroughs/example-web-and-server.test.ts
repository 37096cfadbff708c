import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import { startEmulator, type Emulator } from "../../emulator";
import { exampleEnvironment, run, type Outcome } from "../examples/command";

jest.setTimeout(120_000);

describe("examples/web-and-server", () => {
  const place = mkdtempSync(join(tmpdir(), "thinkgeo-example-"));
  // A name that no stack file of a person has.
  const stack = `test-${process.pid}`;
  const stackFile = join(REPOSITORY, `examples/web-and-server/Pulumi.${stack}.yaml`);
  let emulator: Emulator;

  const pulumi = (...args: string[]): Promise<Outcome> =>
    run(
      "pulumi",
      ["--cwd", "examples/web-and-server", "--non-interactive", ...args],
      exampleEnvironment(emulator.accounts[0], place, stack),
    );
  const up = (): Promise<Outcome> => pulumi("up", "--yes", "--skip-preview");
  const own = (): ReturnType<Emulator["accounts"][0]["clients"]> =>
    emulator.accounts[0].clients().filter(({ name }) => name.startsWith("Acme Maps"));

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(place, { recursive: true, force: true });
    rmSync(stackFile, { force: true });
  });

  test("wants its whitelists from the stack's configuration", async () => {
    await pulumi("stack", "init", stack);
    const { status, output } = await pulumi("preview");

    expect(output).toContain("missing configuration values 'serverAddresses' and 'siteHosts'");
    expect(status).not.toBe(0);
  });

  test("makes both keys with them, and keeps the secret", async () => {
    await pulumi("config", "set", "--path", "siteHosts[0]", "staging.acme.com");
    await pulumi("config", "set", "--path", "serverAddresses[0]", "203.0.113.16/28");
    const { status, output } = await up();

    expect(output).toContain("serverEnvironment: [secret]");
    expect(status).toBe(0);
    expect(own()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: `Acme Maps page (${stack})`,
          clientType: "JavaScript",
          allowedOrigins: ["staging.acme.com"],
          grantedRoles: ["Evaluator"],
        }),
        expect.objectContaining({
          name: `Acme Maps server (${stack})`,
          clientType: "NativeConfidential",
          allowedIpAddresses: ["203.0.113.16/28"],
        }),
      ]),
    );
    const server = emulator.accounts[0].client(`Acme Maps server (${stack})`);
    expect(output).not.toContain(server?.apiSecret);
    const read = await pulumi("stack", "output", "serverEnvironment", "--show-secrets");
    expect(read.output).toContain(`THINKGEO_CLIENT_SECRET=${server?.apiSecret ?? ""}`);
    expect((await pulumi("preview", "--expect-no-changes")).status).toBe(0);
  });

  test("renews the server's key, and leaves the page's", async () => {
    const before = own();
    await pulumi("config", "set", "serverKeyRenewed", "2026-11");
    const { status, output } = await up();

    expect(output).toContain("+-1 replaced");
    expect(status).toBe(0);
    const key = (list: typeof before, part: string): string | undefined =>
      list.find(({ name }) => name.includes(part))?.apiKey;
    expect(own()).toHaveLength(2);
    expect(key(own(), "page")).toBe(key(before, "page"));
    expect(key(own(), "server")).not.toBe(key(before, "server"));
  });

  test("is gone after destroy", async () => {
    const { status } = await pulumi("destroy", "--yes", "--skip-preview");

    expect(status).toBe(0);
    expect(own()).toEqual([]);
  });
});
