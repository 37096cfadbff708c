import { EnvHttpProxyAgent } from "undici";
import { Transport, type WireResult } from "../../provider/cloud/transport";

const REQUEST = {
  method: "GET",
  url: new URL("https://api.example"),
  headers: {},
} as const;

/** How a request ends that undici fails with this. */
async function endOf(failure: unknown): Promise<WireResult> {
  const request = jest.spyOn(EnvHttpProxyAgent.prototype, "request").mockRejectedValue(failure);
  const transport = new Transport();
  try {
    return await transport.send(REQUEST, 5_000);
  } finally {
    request.mockRestore();
    await transport.close();
  }
}

const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error("canary of a message"), { code, ...more });

describe("what a failure says about the request", () => {
  test.each<[code: string, kind: WireResult["kind"], reason: string]>([
    ["ECONNREFUSED", "not-sent", "nothing listens at that address (ECONNREFUSED)"],
    ["ENOTFOUND", "not-sent", "the host name is not known (ENOTFOUND)"],
    ["EAI_AGAIN", "not-sent", "the host name could not be looked up (EAI_AGAIN)"],
    ["EHOSTUNREACH", "not-sent", "the connection failed (EHOSTUNREACH)"],
    ["ENETUNREACH", "not-sent", "the connection failed (ENETUNREACH)"],
    ["UND_ERR_CONNECT_TIMEOUT", "not-sent", "no connection within 10 s"],
    ["CERT_HAS_EXPIRED", "untrusted", "the connection failed (CERT_HAS_EXPIRED)"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "untrusted", "the connection failed (ERR_TLS_CERT_ALTNAME_INVALID)"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "untrusted", "the connection failed (ERR_SSL_WRONG_VERSION_NUMBER)"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "untrusted", "the connection failed (SELF_SIGNED_CERT_IN_CHAIN)"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "untrusted", "the connection failed (DEPTH_ZERO_SELF_SIGNED_CERT)"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "untrusted", "(UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
    ["EPROTO", "untrusted", "the connection failed (EPROTO)"],
    ["HOSTNAME_MISMATCH", "untrusted", "the connection failed (HOSTNAME_MISMATCH)"],
    ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "unreadable", "the answer is larger than 64 MB"],
    ["UND_ERR_HEADERS_OVERFLOW", "unreadable", "the answer's headers are larger than 16 kB"],
    ["ECONNRESET", "ambiguous", "the connection was reset before the answer was complete (ECONNRESET)"],
    ["UND_ERR_SOCKET", "ambiguous", "the server closed the connection before the answer was complete"],
    ["UND_ERR_HEADERS_TIMEOUT", "ambiguous", "the server took the request and sent no answer in time"],
    ["UND_ERR_BODY_TIMEOUT", "ambiguous", "the server began its answer and did not finish it in time"],
    ["EPIPE", "ambiguous", "the connection failed (EPIPE)"],
    ["MY_CERT_ERROR", "ambiguous", "the connection failed (MY_CERT_ERROR)"],
    ["HPE_INVALID_CONSTANT", "ambiguous", "the connection failed (HPE_INVALID_CONSTANT)"],
  ])("%s", async (code, kind, reason) => {
    const cause = coded(code);
    const result = await endOf(cause);
    expect(result).toEqual({
      kind,
      reason: expect.stringContaining(reason) as string,
      cause,
    });
    expect(JSON.stringify(result)).not.toContain("canary");
  });

  test("whatever happens while it connects, nothing was sent", async () => {
    expect(await endOf(coded("ETIMEDOUT", { syscall: "connect" }))).toMatchObject({ kind: "not-sent" });
    expect(await endOf(coded("ETIMEDOUT", { syscall: "read" }))).toMatchObject({
      kind: "ambiguous",
    });
  });

  test.each<[unknown, string]>([
    [new TypeError("canary"), "the connection failed (TypeError)"],
    ["canary", "the connection failed (no error)"],
    [undefined, "the connection failed (no error)"],
    [null, "the connection failed (no error)"],
    [{ code: 23, name: "Odd" }, "the connection failed (Odd)"],
  ])("what says nothing may have been sent: %p", async (failure, reason) => {
    expect(await endOf(failure)).toEqual({
      kind: "ambiguous",
      reason,
      cause: failure,
    });
  });
});

test.each([
  [29_999.2, 30_000],
  [90_000, 30_000],
  [1_200.3, 1_201],
  [0, 1],
])("of %d ms that are left, one attempt has %d", async (left, limit) => {
  const timeout = jest.spyOn(globalThis, "setTimeout");
  const request = jest.spyOn(EnvHttpProxyAgent.prototype, "request").mockRejectedValue(coded("EPIPE"));
  const transport = new Transport();
  try {
    await transport.send(REQUEST, left);
    expect(timeout).toHaveBeenCalledWith(expect.any(Function), limit);
    expect(request.mock.calls[0]?.[0]).toMatchObject({
      headersTimeout: limit,
      bodyTimeout: limit,
    });
  } finally {
    timeout.mockRestore();
    request.mockRestore();
    await transport.close();
  }
});
