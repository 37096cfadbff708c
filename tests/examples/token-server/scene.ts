import { readConfiguration } from "../../../examples/token-server/server/configuration";
import { logTo } from "../../../examples/token-server/server/log";
import { TokenServer } from "../../../examples/token-server/server/token-server";
import { startEmulator, type Emulator } from "../../../emulator";
import { FakeClock } from "./fake-clock";

export const PAGE = "https://maps.acme.com";
export const TOKEN_PATH = "/identity/connect/token";

/** An emulator with a key, and a server that holds it; both on sockets of their own. */
export interface Scene {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  readonly server: TokenServer;
  readonly url: string;
  /** Every line that the server has logged. */
  readonly lines: readonly string[];
  readonly clientSecret: string;
  /** Asks as a page of PAGE would, unless the headers say otherwise. */
  readonly ask: (path?: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly tokenRequests: () => number;
}

/** Runs a test on a server of its own; nothing of the secret or of a token may then be in its log. */
export async function withServer(
  work: (scene: Scene) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
  prepare: (emulator: Emulator) => void = () => undefined,
): Promise<void> {
  const emulator = await startEmulator();
  const key = emulator.accounts[0].addClient({ name: "Token server", grantedRoles: ["Evaluator"] });
  prepare(emulator);
  const clientSecret = key.apiSecret;
  const clock = new FakeClock();
  const lines: string[] = [];
  const configuration = readConfiguration({
    THINKGEO_API_URL: emulator.url,
    THINKGEO_CLIENT_ID: key.apiKey,
    THINKGEO_CLIENT_SECRET: clientSecret,
    ALLOWED_ORIGINS: PAGE,
    PORT: "0",
    ...environment,
  });
  const server = new TokenServer(
    configuration,
    clock,
    logTo((line) => lines.push(line), clock.wall),
  );
  const url = await server.start();
  const seen = new Set<string>();
  try {
    await work({
      emulator,
      clock,
      server,
      url,
      lines,
      clientSecret,
      ask: async (path = "/token", headers = { origin: PAGE }) => {
        const response = await fetch(`${url}${path}`, { headers });
        const [, token] = /"access_token":"([^"]+)"/.exec(await response.clone().text()) ?? [];
        if (token !== undefined) seen.add(token);
        return response;
      },
      tokenRequests: () => emulator.requests({ method: "POST", path: TOKEN_PATH }).length,
    });
    const log = lines.join("");
    expect(log).toContain('"event":"listening"');
    for (const confidential of [clientSecret, ...seen]) expect(log).not.toContain(confidential);
  } finally {
    const closed = server.close();
    clock.advance(24 * 3_600_000);
    await closed;
    await emulator.close();
  }
}
