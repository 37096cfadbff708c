import { failedBecause, type WireFailure } from "../../provider/cloud/wire-failure";

describe("what a failure says about the request", () => {
  test.each<[code: string, during: "connecting" | "later", kind: WireFailure["kind"], reason: string]>([
    ["ECONNREFUSED", "connecting", "not-sent", "nothing listens at that address (ECONNREFUSED)"],
    ["ENOTFOUND", "connecting", "not-sent", "the host name is not known (ENOTFOUND)"],
    ["EAI_AGAIN", "connecting", "not-sent", "the host name could not be looked up (EAI_AGAIN)"],
    ["EHOSTUNREACH", "connecting", "not-sent", "the connection failed (EHOSTUNREACH)"],
    ["ETIMEDOUT", "connecting", "not-sent", "the connection failed (ETIMEDOUT)"],
    ["ETIMEDOUT", "later", "ambiguous", "the connection failed (ETIMEDOUT)"],
    ["ECONNRESET", "connecting", "not-sent", "the connection was closed as soon as it was made (ECONNRESET)"],
    [
      "ECONNRESET",
      "later",
      "ambiguous",
      "the connection was closed before the response was complete (ECONNRESET)",
    ],
    ["UND_ERR_CONNECT_TIMEOUT", "connecting", "not-sent", "no connection in time (UND_ERR_CONNECT_TIMEOUT)"],
    ["UND_ERR_PRX_CONN", "connecting", "not-sent", "the proxy made no connection (UND_ERR_PRX_CONN)"],
    ["UND_ERR_PRX_TLS", "connecting", "untrusted", "the connection failed (UND_ERR_PRX_TLS)"],
    ["UND_ERR_ABORTED", "connecting", "untrusted", "the proxy refused the connection (UND_ERR_ABORTED)"],
    [
      "HPE_INVALID_STATUS",
      "connecting",
      "untrusted",
      "the proxy's response is not HTTP (HPE_INVALID_STATUS)",
    ],
    ["UND_ERR_HEADERS_OVERFLOW", "connecting", "untrusted", "the proxy's response is not HTTP"],
    [
      "UND_ERR_INVALID_ARG",
      "connecting",
      "untrusted",
      "HTTP cannot carry this request (UND_ERR_INVALID_ARG)",
    ],
    ["CERT_HAS_EXPIRED", "connecting", "untrusted", "the connection failed (CERT_HAS_EXPIRED)"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "connecting", "untrusted", "(ERR_TLS_CERT_ALTNAME_INVALID)"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "connecting", "untrusted", "(ERR_SSL_WRONG_VERSION_NUMBER)"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "connecting", "untrusted", "(SELF_SIGNED_CERT_IN_CHAIN)"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "connecting", "untrusted", "(DEPTH_ZERO_SELF_SIGNED_CERT)"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "connecting", "untrusted", "(UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
    ["EPROTO", "connecting", "untrusted", "the connection failed (EPROTO)"],
    ["HOSTNAME_MISMATCH", "connecting", "untrusted", "the connection failed (HOSTNAME_MISMATCH)"],
    ["UND_ERR_SOCKET", "connecting", "not-sent", "the connection was closed as soon as it was made"],
    ["UND_ERR_SOCKET", "later", "ambiguous", "the connection was closed before the response was complete"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "later", "ambiguous", "closed before the response was complete"],
    ["UND_ERR_HEADERS_OVERFLOW", "later", "unreadable", "the response's headers are larger than 16 kB"],
    ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "later", "unreadable", "the response is larger than 64 MB"],
    ["UND_ERR_ABORTED", "later", "ambiguous", "the connection failed (UND_ERR_ABORTED)"],
    ["HPE_INVALID_CONSTANT", "later", "ambiguous", "the response is not HTTP (HPE_INVALID_CONSTANT)"],
    ["EPIPE", "later", "ambiguous", "the connection failed (EPIPE)"],
    ["MY_CERT_ERROR", "later", "ambiguous", "the connection failed (MY_CERT_ERROR)"],
  ])("%s, %s", (code, during, kind, reason) => {
    const cause = Object.assign(new Error("canary of a message"), { code });
    const result = failedBecause(cause, during === "connecting");
    expect(result).toEqual({ kind, reason: expect.stringContaining(reason) as string, cause });
    expect(JSON.stringify(result)).not.toContain("canary");
  });

  test("a proxy that refuses is no reason to ask it again", () => {
    const message = "Proxy response (407) !== 200 when HTTP Tunneling";
    expect(failedBecause({ code: "UND_ERR_ABORTED", message }, true)).toMatchObject({
      kind: "untrusted",
      reason: "the proxy refused the connection (HTTP 407)",
    });
  });

  test("an answer that breaks off is told from one that is not HTTP, though undici's parser names both the same", () => {
    const parserError = (why: string): Error =>
      Object.assign(new Error(`Response does not match the HTTP/1.1 protocol (${why})`), {
        name: "HTTPParserError",
      });
    expect(failedBecause(parserError("Invalid EOF state"), false)).toMatchObject({
      kind: "ambiguous",
      reason: "the connection was closed before the response was complete (HTTPParserError)",
    });
    expect(failedBecause(parserError("Invalid status code"), false)).toMatchObject({
      kind: "ambiguous",
      reason: "the response is not HTTP (HTTPParserError)",
    });
  });

  test.each<[unknown, string]>([
    [new TypeError("canary"), "the connection failed (TypeError)"],
    ["canary", "the connection failed (no error)"],
    [undefined, "the connection failed (no error)"],
    [null, "the connection failed (no error)"],
    [{ name: "Odd" }, "the connection failed (Odd)"],
    [{ name: "AbortError", code: 20 }, "the connection failed (20)"],
  ])("what says nothing may have been sent: %p", (cause, reason) => {
    expect(failedBecause(cause, false)).toEqual({ kind: "ambiguous", reason, cause });
  });
});
