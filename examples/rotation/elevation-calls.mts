/**
 * A server that calls ThinkGeo's elevation service all the time, and counts what is refused. It reads its credentials
 * from a file, and takes new ones as soon as they are there: that, and an overlap, is all that a rotation asks of it.
 *
 *     node caller.ts credentials.json
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const [, , file = "credentials.json"] = process.argv;
const base = process.env["THINKGEO_API_URL"] ?? "https://cloud.thinkgeo.com";
const PAUSE_MS = 20;
/** A token is renewed well before it ends. */
const SHARE_OF_LIFE = 0.8;

interface Token {
  readonly text: string;
  readonly of: string;
  readonly renewAt: number;
}

let token: Token | undefined;
const counts = { requests: 0, refused: 0, keys: 0 };

/** The token for the credentials that the file has now. */
async function currentToken(): Promise<Token> {
  const text = readFileSync(file, "utf8");
  if (token?.of === text && Date.now() < token.renewAt) return token;
  if (token?.of !== text) counts.keys++;
  const { clientId, clientSecret } = JSON.parse(text) as { clientId: string; clientSecret: string };
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(`${base}/identity/connect/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  if (!answer.ok) throw new Error(`no token: HTTP ${answer.status}`);
  const { access_token, expires_in } = (await answer.json()) as { access_token: string; expires_in: number };
  token = { text: access_token, of: text, renewAt: Date.now() + expires_in * 1000 * SHARE_OF_LIFE };
  return token;
}

async function call(): Promise<void> {
  counts.requests++;
  try {
    const { text } = await currentToken();
    const answer = await fetch(`${base}/api/v1/elevation/40,-105`, {
      headers: { authorization: `Bearer ${text}` },
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  } catch (error) {
    counts.refused++;
    console.error(error instanceof Error ? error.message : error);
  }
}

const report = (): void => {
  console.log(`${counts.requests} requests with ${counts.keys} keys, ${counts.refused} refused`);
};

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      stop.abort();
    });
  await call();
  report();
  while (!stop.signal.aborted) {
    await call();
    await sleep(PAUSE_MS);
  }
  report();
}

void main();
