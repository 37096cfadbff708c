import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../emulator";

const FIXTURES = join(__dirname, "..", "emulator", "fixtures");
export const CERTIFICATE = join(FIXTURES, "loopback-cert.pem");
export const tls = { key: readFileSync(join(FIXTURES, "loopback-key.pem")), cert: readFileSync(CERTIFICATE) };

/** Sends one request from a process of its own, because Node.js reads these variables at its start. */
export async function sendFromProcess(url: string, environment: Record<string, string>): Promise<unknown> {
  const transport = join(__dirname, "..", "..", "dist", "provider", "cloud", "transport.js");
  const script = `
    const { Transport } = require(${JSON.stringify(transport)});
    const transport = new Transport();
    transport.send({ method: "GET", url: new URL(${JSON.stringify(url)}), headers: {} }, 10000).then((result) => {
      console.log(JSON.stringify({ kind: result.kind, status: result.status, reason: result.reason }));
      transport.close();
    });`;
  const inherited = Object.entries(process.env).filter(([name]) => !/proxy|NODE_EXTRA/i.test(name));
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  return JSON.parse(stdout);
}

/** An emulator that speaks https with a certificate that nobody vouches for. */
export async function withSecureEmulator(
  work: (emulator: Emulator, url: string) => Promise<unknown>,
): Promise<void> {
  const emulator = await startEmulator({ tls });
  try {
    await work(emulator, `${emulator.url}/identity/.well-known/openid-configuration`);
  } finally {
    await emulator.close();
  }
}
