/** Why a request has no answer, and what that says about the request: only "not-sent" is proof that nobody read it. */
export interface WireFailure {
  readonly kind: "not-sent" | "ambiguous" | "unreadable" | "untrusted";
  readonly reason: string;
  readonly cause: unknown;
}

const UNTRUSTED = /^(?:CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/;

/** @param connecting whether it failed before there was a connection, so that nothing was sent */
export function failedBecause(cause: unknown, connecting: boolean): WireFailure {
  // By its look: an error of another realm is no instance of this one's Error.
  const error: Partial<NodeJS.ErrnoException & { readonly statusCode: unknown }> =
    typeof cause === "object" && cause !== null ? cause : {};
  const { code = error.name ?? "no error", statusCode } = error;
  if (code === "ERR_PROXY_TUNNEL" && typeof statusCode === "number")
    return { kind: "untrusted", reason: `the proxy refused the connection (HTTP ${statusCode})`, cause };
  return { kind: kindOf(code, connecting), reason: inWords(code, connecting), cause };
}

export function outOfTime(phase: "connecting" | "waiting" | "reading", limitMs: number): WireFailure {
  const seconds = `within ${Math.round(limitMs / 100) / 10} s`;
  const words = {
    connecting: `no connection ${seconds}`,
    waiting: `no answer ${seconds}`,
    reading: `the server began its answer and did not finish it ${seconds}`,
  };
  return { kind: phase === "connecting" ? "not-sent" : "ambiguous", reason: words[phase], cause: undefined };
}

export const tooLarge = (): WireFailure => ({
  kind: "unreadable",
  reason: "the answer is larger than 64 MB",
  cause: undefined,
});

function kindOf(code: string, connecting: boolean): WireFailure["kind"] {
  if (UNTRUSTED.test(code)) return "untrusted";
  if (connecting) return "not-sent";
  return code === "HPE_HEADER_OVERFLOW" ? "unreadable" : "ambiguous";
}

function inWords(code: string, connecting: boolean): string {
  if (code === "ECONNRESET" && connecting)
    return "the connection was closed as soon as it was made (ECONNRESET)";
  if (code.startsWith("HPE_") && code !== "HPE_HEADER_OVERFLOW") return `the answer is not HTTP (${code})`;
  return PLAIN_WORDS[code] ?? `the connection failed (${code})`;
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at that address (ECONNREFUSED)",
  ENOTFOUND: "the host name is not known (ENOTFOUND)",
  EAI_AGAIN: "the host name could not be looked up (EAI_AGAIN)",
  ECONNRESET: "the connection was closed before the answer was complete (ECONNRESET)",
  ERR_PROXY_TUNNEL: "the proxy made no connection (ERR_PROXY_TUNNEL)",
  HPE_HEADER_OVERFLOW: "the answer's headers are larger than 16 kB (HPE_HEADER_OVERFLOW)",
};
