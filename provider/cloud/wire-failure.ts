/** Why a request has no answer, and what that says about the request: only "not-sent" is proof that nobody read it. */
export interface WireFailure {
  readonly kind: "not-sent" | "ambiguous" | "unreadable" | "untrusted";
  readonly reason: string;
  readonly cause: unknown;
}

/** How far a request has come: nothing of it is sent while it connects. */
export type Phase = "connecting" | "waiting" | "reading";

const UNTRUSTED =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS|UND_ERR_INVALID_ARG)/;
const UNREADABLE = /^UND_ERR_(?:HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$/;
const CLOSED = /^(?:ECONNRESET|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;
/**
 * undici means to give its parser's errors a code each; in 8.12 they have only their name. A status that HTTP does not have,
 * such as 000, ends in an assertion of it.
 */
const NO_HTTP = /^(?:HPE_|HTTPParserError$|ERR_ASSERTION$)/;

/** @param connecting whether it failed before there was a connection, so that nothing was sent */
export function failedBecause(cause: unknown, connecting: boolean): WireFailure {
  // By its look: an error of another realm is no instance of this one's Error.
  const error: Partial<NodeJS.ErrnoException> = typeof cause === "object" && cause !== null ? cause : {};
  const { code = error.name ?? "no error", message = "" } = error;
  const refusal = connecting ? refusedByProxy(code, message) : undefined;
  if (refusal !== undefined) return { kind: "untrusted", reason: refusal, cause };
  const isCut = CLOSED.test(code) || (NO_HTTP.test(code) && message.includes("Invalid EOF state"));
  const reason = isCut ? closed(code, connecting) : inWords(code);
  return { kind: kindOf(code, connecting), reason, cause };
}

export function outOfTime(phase: Phase, limitMs: number): WireFailure {
  const seconds = `within ${Math.round(limitMs / 100) / 10} s`;
  const words = {
    connecting: `no connection ${seconds}`,
    waiting: `no response ${seconds}`,
    reading: `the server began its response and did not finish it ${seconds}`,
  };
  return { kind: phase === "connecting" ? "not-sent" : "ambiguous", reason: words[phase], cause: undefined };
}

export const unusableProxy = (variable: string): WireFailure => ({
  kind: "untrusted",
  reason: `${variable} is not the address of an HTTP proxy, such as http://proxy.example.com:8080`,
  cause: undefined,
});

/** Before there is a connection, only a proxy has been asked for something and may have answered. */
function refusedByProxy(code: string, message: string): string | undefined {
  if (NO_HTTP.test(code) || code === "UND_ERR_HEADERS_OVERFLOW")
    return `the proxy's response is not HTTP (${code})`;
  if (code !== "UND_ERR_ABORTED") return undefined;
  // The status is in undici's message, and nowhere else.
  const [, status] = /^Proxy response \((\d+)\)/.exec(message) ?? [];
  return `the proxy refused the connection (${status === undefined ? code : `HTTP ${status}`})`;
}

function kindOf(code: string, connecting: boolean): WireFailure["kind"] {
  if (UNTRUSTED.test(code)) return "untrusted";
  if (connecting) return "not-sent";
  return UNREADABLE.test(code) ? "unreadable" : "ambiguous";
}

const closed = (code: string, connecting: boolean): string =>
  `the connection was closed ${connecting ? "as soon as it was made" : "before the response was complete"} (${code})`;

function inWords(code: string): string {
  if (NO_HTTP.test(code)) return `the response is not HTTP (${code})`;
  return PLAIN_WORDS[code] ?? `the connection failed (${code})`;
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at that address (ECONNREFUSED)",
  ENOTFOUND: "the host name is not known (ENOTFOUND)",
  EAI_AGAIN: "the host name could not be looked up (EAI_AGAIN)",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time (UND_ERR_CONNECT_TIMEOUT)",
  UND_ERR_PRX_CONN: "the proxy made no connection (UND_ERR_PRX_CONN)",
  UND_ERR_INVALID_ARG: "HTTP cannot carry this request (UND_ERR_INVALID_ARG)",
  UND_ERR_HEADERS_OVERFLOW: "the response's headers are larger than 16 kB (UND_ERR_HEADERS_OVERFLOW)",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the response is larger than 64 MB",
};
