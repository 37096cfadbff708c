import { readRetryAfter } from "./retry-after.ts";
import { TokenFailure } from "./token-failure.ts";

export interface Grant {
  readonly token: string;
  readonly lifeSeconds: number;
}

export interface TokenRequestSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const TIMEOUT = 10_000;
const LARGEST_ANSWER = 64 * 1024;
const ASSUMED_LIFE = 60;
const LONGEST_LIFE = 24 * 3600;

/** Exchanges id and secret for a token, once; every failure is a TokenFailure. */
export async function requestToken(
  settings: TokenRequestSettings,
  stop: AbortSignal,
  wall: number,
): Promise<Grant> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  let status: number;
  let retryAfterMs: number | undefined;
  let text: string;
  try {
    const response = await fetch(settings.tokenUrl, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        grant_type: "client_credentials",
      }),
      // A redirect would carry the secret to wherever it points.
      redirect: "manual",
      signal: AbortSignal.any([timeout, stop]),
    });
    status = response.status;
    retryAfterMs = readRetryAfter(response.headers.get("retry-after"), wall);
    text = await readBody(response);
  } catch (error) {
    if (error instanceof TokenFailure) throw error;
    if (timeout.aborted)
      throw new TokenFailure("timeout", `ThinkGeo gave no whole answer within ${TIMEOUT / 1000} seconds.`);
    throw new TokenFailure("network", `ThinkGeo's token endpoint was not reached (${causeOf(error)}).`);
  }
  return readAnswer(status, text, retryAfterMs);
}

async function readBody(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST_ANSWER)
      throw new TokenFailure("unreadable", `ThinkGeo's answer is larger than ${LARGEST_ANSWER} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function readAnswer(status: number, text: string, retryAfterMs: number | undefined): Grant {
  const body = parse(text);
  if (status === 429)
    throw new TokenFailure("rate_limited", "ThinkGeo limits our requests (HTTP 429).", retryAfterMs);
  if (status >= 500)
    throw new TokenFailure("server_error", `ThinkGeo is in trouble (HTTP ${status}).`, retryAfterMs);
  if (status >= 400 && typeof body["error"] === "string") {
    const code = /^[a-z_]{1,40}$/.test(body["error"]) ? body["error"] : "an unknown error";
    const advice =
      "id or secret are wrong, the client is not active, or its whitelist lacks this server's address";
    throw new TokenFailure("refused", `ThinkGeo refuses the client (${code}): ${advice}.`, retryAfterMs);
  }
  const token = body["access_token"];
  if (status !== 200 || typeof token !== "string" || !/^[\x21-\x7e]{1,16384}$/.test(token))
    throw new TokenFailure("unreadable", `ThinkGeo's answer holds no token (HTTP ${status}).`, retryAfterMs);
  const claimed = Number(body["expires_in"] ?? Number.NaN);
  return { token, lifeSeconds: claimed > 0 ? Math.min(claimed, LONGEST_LIFE) : ASSUMED_LIFE };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

/** The system's code, such as ECONNREFUSED: messages may quote what was sent. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no reason given";
}
