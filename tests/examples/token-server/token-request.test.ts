import { startEmulator, type Emulator, type FaultRule } from "../../../emulator";
import { readRetryAfter } from "../../../examples/token-server/server/retry-after";
import { TokenFailure } from "../../../examples/token-server/server/token-failure";
import { requestToken, type Grant } from "../../../examples/token-server/server/token-request";
import { TOKEN_PATH } from "./scene";

let emulator: Emulator;
const NOON = Date.UTC(2026, 0, 1, 12);

beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => {
  emulator.clearFaults();
  emulator.resetSwitches();
  emulator.clearRequests();
});
afterAll(() => emulator.close());

function request(clientSecret = emulator.accounts[0].clientSecret, stop?: AbortSignal): Promise<Grant> {
  const settings = {
    tokenUrl: `${emulator.url}${TOKEN_PATH}`,
    clientId: emulator.accounts[0].clientId,
    clientSecret,
  };
  return requestToken(settings, stop ?? new AbortController().signal, NOON);
}

async function failure(promise: Promise<Grant>): Promise<TokenFailure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TokenFailure)) throw new Error(`no TokenFailure: ${String(error)}`);
  return error;
}

test("a token and its life, for one request as the identity server wants it", async () => {
  const { token, lifeSeconds } = await request();

  expect(token.split(".")).toHaveLength(3);
  expect(lifeSeconds).toBe(3600);
  const [sent, ...others] = emulator.requests();
  expect(others).toEqual([]);
  expect(sent).toMatchObject({ method: "POST", path: TOKEN_PATH, status: 200 });
  expect(sent?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
});

test.each([
  ["1800", 1800],
  [0, 60],
  [-5, 60],
  ["soon", 60],
  [1e12, 24 * 3600],
])("expires_in %j is read as %d seconds", async (expiresIn, lifeSeconds) => {
  emulator.setSwitches({ expiresIn });
  expect((await request()).lifeSeconds).toBe(lifeSeconds);
});

test("a wrong secret is refused, and is in no message", async () => {
  const secret = "wrong-secret-canary~~";
  const { reason, message } = await failure(request(secret));

  expect(reason).toBe("refused");
  expect(message).toMatch(/^ThinkGeo refuses the client \(invalid_client\): id or secret are wrong/);
  expect(message).not.toContain(secret);
});

const faults: readonly [string, FaultRule, TokenFailure["reason"], number | undefined][] = [
  ["429", { kind: "status", status: 429, retryAfter: 7 }, "rate_limited", 7_000],
  [
    "429 until a date",
    { kind: "status", status: 429, retryAfter: new Date(NOON + 5_000).toUTCString() },
    "rate_limited",
    5_000,
  ],
  ["429 with rubbish", { kind: "status", status: 429, retryAfter: "soon" }, "rate_limited", undefined],
  ["503", { kind: "status", status: 503, body: "html" }, "server_error", undefined],
  ["a proxy's 403", { kind: "status", status: 403, body: "html" }, "unreadable", undefined],
  ["a redirect", { kind: "redirect", location: "http://127.0.0.1:9/", status: 307 }, "unreadable", undefined],
  ["garbage", { kind: "garbage" }, "unreadable", undefined],
  ["no body", { kind: "empty" }, "unreadable", undefined],
  ["too much", { kind: "oversized", bytes: 200_000 }, "unreadable", undefined],
  [
    "a token with a line break",
    { kind: "reply", status: 200, text: '{"access_token":"a\\nb"}' },
    "unreadable",
    undefined,
  ],
  ["a list", { kind: "reply", status: 200, text: "[]" }, "unreadable", undefined],
  ["half an answer", { kind: "truncate" }, "network", undefined],
  ["a lost connection", { kind: "reset" }, "network", undefined],
];

test.each(faults)("%s is a failure of its own kind", async (_, rule, reason, retryAfterMs) => {
  const fault = emulator.fault({ path: TOKEN_PATH, ...rule });
  const problem = await failure(request());

  expect({ reason: problem.reason, retryAfterMs: problem.retryAfterMs }).toEqual({ reason, retryAfterMs });
  expect(problem.message).toMatch(/^ThinkGeo.*\.$/);
  expect(problem.message).not.toContain(emulator.accounts[0].clientSecret);
  expect(fault.fired).toBe(1);
});

test("an answer that is too large is not read to its end", async () => {
  const text = JSON.stringify({ access_token: "good", expires_in: 3600, padding: "x".repeat(70_000) });
  emulator.fault({ kind: "reply", status: 200, text });
  expect((await failure(request())).message).toBe("ThinkGeo's answer is larger than 65536 bytes.");
});

test("an odd error code is not quoted", async () => {
  emulator.fault({ kind: "reply", status: 400, text: '{"error":"<script>\\n"}' });
  expect((await failure(request())).message).toContain("(an unknown error)");
});

test("silence ends when the server stops", async () => {
  const fault = emulator.fault({ kind: "stall-headers" });
  const stop = new AbortController();
  const waiting = failure(request(undefined, stop.signal));
  await fault.untilFired();
  stop.abort();
  expect((await waiting).reason).toBe("network");
});

test("silence ends after ten seconds", async () => {
  // The one real wait here: the limit is the platform's AbortSignal.timeout, which knows no other clock.
  const limits: number[] = [];
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const spy = jest.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    limits.push(ms);
    return timeout(50);
  });
  emulator.fault({ kind: "stall-body" });
  const { reason, message } = await failure(request());
  spy.mockRestore();

  expect([reason, message]).toEqual(["timeout", "ThinkGeo gave no whole answer within 10 seconds."]);
  expect(limits).toEqual([10_000]);
});

test.each([
  ["120", 120_000],
  ["0", 0],
  [new Date(NOON - 1_000).toUTCString(), 0],
  ["-1", undefined],
  ["1.5", undefined],
  ["2026-01-01", undefined],
  ["Sat, 31 Feb 2026 12:00:00 GMT", undefined],
  [null, undefined],
])("Retry-After %j is %j ms", (header, ms) => {
  expect(readRetryAfter(header, NOON)).toBe(ms);
});
