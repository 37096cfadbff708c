import { failedBecause, type WireFailure } from "../../provider/cloud/wire-failure";

const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error("canary of a message"), { code, ...more });

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
      "the connection was closed before the answer was complete (ECONNRESET)",
    ],
    ["ERR_PROXY_TUNNEL", "connecting", "not-sent", "the proxy made no connection (ERR_PROXY_TUNNEL)"],
    ["CERT_HAS_EXPIRED", "connecting", "untrusted", "the connection failed (CERT_HAS_EXPIRED)"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "connecting", "untrusted", "(ERR_TLS_CERT_ALTNAME_INVALID)"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "connecting", "untrusted", "(ERR_SSL_WRONG_VERSION_NUMBER)"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "connecting", "untrusted", "(SELF_SIGNED_CERT_IN_CHAIN)"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "connecting", "untrusted", "(DEPTH_ZERO_SELF_SIGNED_CERT)"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "connecting", "untrusted", "(UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
    ["EPROTO", "connecting", "untrusted", "the connection failed (EPROTO)"],
    ["HOSTNAME_MISMATCH", "connecting", "untrusted", "the connection failed (HOSTNAME_MISMATCH)"],
    ["HPE_HEADER_OVERFLOW", "later", "unreadable", "the answer's headers are larger than 16 kB"],
    ["HPE_INVALID_CONSTANT", "later", "ambiguous", "the answer is not HTTP (HPE_INVALID_CONSTANT)"],
    ["EPIPE", "later", "ambiguous", "the connection failed (EPIPE)"],
    ["MY_CERT_ERROR", "later", "ambiguous", "the connection failed (MY_CERT_ERROR)"],
  ])("%s, %s", (code, during, kind, reason) => {
    const cause = coded(code);
    const result = failedBecause(cause, during === "connecting");
    expect(result).toEqual({ kind, reason: expect.stringContaining(reason) as string, cause });
    expect(JSON.stringify(result)).not.toContain("canary");
  });

  test("a proxy that refuses is no reason to ask it again", () => {
    expect(failedBecause(coded("ERR_PROXY_TUNNEL", { statusCode: 407 }), true)).toMatchObject({
      kind: "untrusted",
      reason: "the proxy refused the connection (HTTP 407)",
    });
  });

  test.each<[unknown, string]>([
    [new TypeError("canary"), "the connection failed (TypeError)"],
    ["canary", "the connection failed (no error)"],
    [undefined, "the connection failed (no error)"],
    [null, "the connection failed (no error)"],
    [{ name: "Odd" }, "the connection failed (Odd)"],
  ])("what says nothing may have been sent: %p", (cause, reason) => {
    expect(failedBecause(cause, false)).toEqual({ kind: "ambiguous", reason, cause });
  });
});
