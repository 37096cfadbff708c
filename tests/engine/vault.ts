import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let address: Promise<string> | undefined;

/**
 * A stand-in for HashiCorp Vault, which encrypts the key of a stack's secrets. A passphrase costs each command a million
 * rounds of SHA-256, a fifth of a second, and proves nothing of ours.
 */
export async function vaultEnvironment(): Promise<Record<"VAULT_ADDR" | "VAULT_TOKEN", string>> {
  address ??= start();
  return { VAULT_ADDR: await address, VAULT_TOKEN: "test" };
}

async function start(): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { plaintext, ciphertext = "" } = JSON.parse(Buffer.concat(chunks).toString()) as {
        readonly plaintext?: string;
        readonly ciphertext?: string;
      };
      const data =
        plaintext === undefined
          ? { plaintext: ciphertext.slice(PREFIX.length) }
          : { ciphertext: PREFIX + plaintext };
      response.end(JSON.stringify({ data }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Vault's own form; the rest needs no encryption, as nobody else reads it. */
const PREFIX = "vault:v1:";
