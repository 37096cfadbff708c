import { RateLimit } from "../../../examples/token-server/server/rate-limit";
import { inFlight } from "./in-flight";
import { PAGE, TOKEN_PATH, withServer, type Scene } from "./scene";
import { until } from "./until";

interface Answer {
  readonly access_token: string;
  readonly expires_in: number;
}

const answerOf = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const errorOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: string }).error;
const ready = ({ ask }: Scene): Promise<Answer> => ask().then(answerOf);

/** The samples of /metrics by name and labels. */
async function metricsOf({ ask }: Scene): Promise<Record<string, number>> {
  const text = await (await ask("/metrics")).text();
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    samples.map((line) => [line.split(" ")[0]?.replace("token_server_", ""), Number(line.split(" ")[1])]),
  ) as Record<string, number>;
}

describe("GET /token", () => {
  test("gives a token that the map service takes", () =>
    withServer(async ({ ask, emulator }) => {
      const response = await ask();
      const { access_token, expires_in } = await answerOf(response);

      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(expires_in).toBe(3600);
      const elevation = await fetch(`${emulator.url}/api/v1/elevation/40,-105`, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      expect(elevation.status).toBe(200);
    }));

  test("costs one token request for 50 callers at once", () =>
    withServer(
      async ({ ask, tokenRequests, emulator, url }) => {
        const [held] = emulator.faults;
        await held?.untilFired();
        const waiting = Array.from({ length: 50 }, () => ask());
        await inFlight(url, 50);
        held?.release();
        const answers = await Promise.all((await Promise.all(waiting)).map(answerOf));

        expect(new Set(answers.map(({ access_token }) => access_token)).size).toBe(1);
        expect(tokenRequests()).toBe(1);
      },
      { RATE_LIMIT: "50" },
      (emulator) => emulator.fault({ kind: "hold", path: TOKEN_PATH, times: 1 }),
    ));

  test("says what is left of the token's life, and renews it early", () =>
    withServer(async (scene) => {
      const { ask, clock, tokenRequests } = scene;
      const first = await ready(scene);
      clock.advance(2_879_000);
      expect(await answerOf(await ask())).toEqual({ ...first, expires_in: 721 });
      expect(tokenRequests()).toBe(1);
      clock.advance(1_000);
      await until(() => tokenRequests() === 2);
      await until(() => scene.lines.filter((line) => line.includes("token_refreshed")).length === 2);

      const second = await answerOf(await ask());
      expect(second.access_token).not.toBe(first.access_token);
      expect(second.expires_in).toBe(3600);
    }));

  test("serves the old token while ThinkGeo fails, then says when to come back, and recovers by itself", () =>
    withServer(async (scene) => {
      const { ask, clock, emulator, lines } = scene;
      const first = await ready(scene);
      const fault = emulator.fault({ kind: "status", status: 503, path: TOKEN_PATH });
      const failures = (): number => lines.filter((line) => line.includes("refresh_failed")).length;
      clock.advance(2_880_000);
      await until(() => failures() === 1);
      const stale = await ask();
      expect([stale.status, await answerOf(stale)]).toEqual([200, { ...first, expires_in: 720 }]);
      expect((await ask("/readyz")).status).toBe(200);

      clock.advance(720_000);
      await until(() => failures() === 2);
      const none = await ask();
      expect([none.status, none.headers.get("retry-after"), await errorOf(none)]).toEqual([
        503,
        "2",
        "unavailable",
      ]);
      expect(none.headers.get("access-control-allow-origin")).toBe(PAGE);
      expect((await ask("/readyz")).status).toBe(503);
      expect((await ask("/healthz")).status).toBe(200);

      fault.remove();
      clock.advance(2_000);
      expect((await ready(scene)).expires_in).toBe(3600);
      expect(await metricsOf(scene)).toMatchObject({
        'requests_total{outcome="token"}': 2,
        'requests_total{outcome="token_overdue"}': 1,
        'requests_total{outcome="unavailable"}': 1,
        refreshes_total: 2,
        'refresh_failures_total{reason="server_error"}': 2,
      });
    }));

  test("a key that is refused is said in the log, without the secret", () =>
    withServer(
      async ({ ask, lines }) => {
        expect((await ask()).status).toBe(503);
        expect(lines.join("")).toContain("ThinkGeo refuses the client (invalid_client)");
      },
      {},
      (emulator) => emulator.accounts[0].editClient("Token server", { isActive: false }),
    ));
});

describe("who gets a token", () => {
  const CALLERS: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ["the page itself", { origin: PAGE }, 200],
    ["the page on its own host, where browsers send no Origin", { referer: `${PAGE}/map?x=1` }, 200],
    ["another page", { origin: "https://evil.example" }, 403],
    ["a name that begins alike", { origin: `${PAGE}.evil.example` }, 403],
    ["another scheme", { origin: "http://maps.acme.com" }, 403],
    ["a sandboxed page", { origin: "null" }, 403],
    ["another page whose Referer claims more", { origin: "https://evil.example", referer: PAGE }, 403],
    ["nobody in particular", {}, 403],
    ["a broken Referer", { referer: "maps.acme.com" }, 403],
  ];

  test("the page gets one, and nobody who only looks like it", () =>
    withServer(async ({ ask }) => {
      for (const [who, headers, status] of CALLERS) {
        const response = await ask("/token", headers);
        expect([who, response.status]).toEqual([who, status]);
        expect(response.headers.get("vary")).toBe("Origin");
        expect(response.headers.get("access-control-allow-origin")).toBe(status === 200 ? PAGE : null);
        if (status === 403) expect(await errorOf(response)).toBe("origin_refused");
      }
    }));

  test("a preflight is answered for the page, and for nobody else; it asks ThinkGeo nothing", () =>
    withServer(async (scene) => {
      await ready(scene);
      const preflight = (origin: string): Promise<Response> =>
        fetch(`${scene.url}/token`, {
          method: "OPTIONS",
          headers: { origin, "access-control-request-method": "GET" },
        });
      const allowed = await preflight(PAGE);
      expect(allowed.status).toBe(204);
      expect(Object.fromEntries(allowed.headers)).toMatchObject({
        "access-control-allow-origin": PAGE,
        "access-control-allow-methods": "GET",
        "access-control-max-age": "7200",
        vary: "Origin",
      });
      const refused = await preflight("https://evil.example");
      expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, null]);
      expect(scene.tokenRequests()).toBe(1);
    }));

  test("a preflight does not count for the limit: browsers send it on their own", () =>
    withServer(
      async ({ ask, url }) => {
        for (let n = 0; n < 3; n += 1)
          expect((await fetch(`${url}/token`, { method: "OPTIONS", headers: { origin: PAGE } })).status).toBe(
            204,
          );
        expect((await ask()).status).toBe(200);
        expect((await ask()).status).toBe(429);
      },
      { RATE_LIMIT: "1" },
    ));

  test("callers have a limit each, and are told when to come back; a false name does not help", () =>
    withServer(
      async (scene) => {
        await ready(scene);
        const evil = { origin: PAGE, "x-forwarded-for": "198.51.100.9" };
        expect((await scene.ask("/token", evil)).status).toBe(200);
        const response = await scene.ask("/token", { ...evil, "x-forwarded-for": "198.51.100.10" });
        expect([response.status, response.headers.get("retry-after")]).toEqual([429, "30"]);
        expect(response.headers.get("access-control-expose-headers")).toBe("Retry-After");
        expect((await scene.ask("/healthz")).status).toBe(200);
        scene.clock.advance(30_001);
        expect((await scene.ask()).status).toBe(200);
        expect(await metricsOf(scene)).toMatchObject({
          'requests_total{outcome="rate_limited"}': 1,
          callers: 1,
        });
      },
      { RATE_LIMIT: "2" },
    ));

  test("behind a trusted proxy the limit is that of the caller behind it", () =>
    withServer(
      async ({ ask }) => {
        const from = async (address: string): Promise<number> =>
          (await ask("/token", { origin: PAGE, "x-forwarded-for": `192.0.2.99, ${address}` })).status;
        expect(await from("198.51.100.1")).toBe(200);
        expect(await from("198.51.100.2")).toBe(200);
        expect(await from("198.51.100.1")).toBe(429);
      },
      { RATE_LIMIT: "1", TRUST_PROXY: "127.0.0.1" },
    ));

  test("guessing origins is limited too", () =>
    withServer(
      async ({ ask }) => {
        expect((await ask("/token", { origin: "https://a.example" })).status).toBe(403);
        expect((await ask("/token", { origin: "https://b.example" })).status).toBe(429);
      },
      { RATE_LIMIT: "1" },
    ));
});

describe("the other endpoints", () => {
  test("/healthz is alive from the start; /readyz waits for the first token", () =>
    withServer(
      async (scene) => {
        const { ask, emulator } = scene;
        expect(await (await ask("/healthz", {})).json()).toEqual({ status: "alive" });
        const early = await ask("/readyz", {});
        expect([early.status, await early.json()]).toEqual([503, { status: "no_token" }]);
        await emulator.faults[0]?.untilFired();
        emulator.faults[0]?.release();
        await ready(scene);
        const later = await ask("/readyz", {});
        expect([later.status, await later.json()]).toEqual([200, { status: "ready", expires_in: 3600 }]);
      },
      {},
      (emulator) => emulator.fault({ kind: "hold", path: TOKEN_PATH, times: 1 }),
    ));

  test("/metrics is Prometheus text, with every series from the start", () =>
    withServer(async (scene) => {
      await ready(scene);
      scene.clock.advance(600_000);
      const response = await scene.ask("/metrics", {});
      const text = await response.text();

      expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
      for (const line of text.trimEnd().split("\n"))
        expect(line).toMatch(
          /^(?:# (?:HELP|TYPE) token_server_\w+ .+|token_server_\w+(?:\{\w+="\w+"\})? \d+)$/,
        );
      expect(await metricsOf(scene)).toEqual({
        'requests_total{outcome="token"}': 1,
        'requests_total{outcome="token_overdue"}': 0,
        'requests_total{outcome="preflight"}': 0,
        'requests_total{outcome="origin_refused"}': 0,
        'requests_total{outcome="rate_limited"}': 0,
        'requests_total{outcome="unavailable"}': 0,
        refreshes_total: 1,
        'refresh_failures_total{reason="network"}': 0,
        'refresh_failures_total{reason="timeout"}': 0,
        'refresh_failures_total{reason="refused"}': 0,
        'refresh_failures_total{reason="rate_limited"}': 0,
        'refresh_failures_total{reason="server_error"}': 0,
        'refresh_failures_total{reason="unreadable"}': 0,
        token_expires_in_seconds: 3000,
        requests_in_flight: 1,
        callers: 1,
      });
    }));

  test("what there is not is refused as JSON", () =>
    withServer(async ({ url }) => {
      for (const [method, path, status, allow] of [
        ["GET", "/", 404, null],
        ["GET", "/token/", 404, null],
        ["GET", "//token", 404, null],
        ["POST", "/token", 405, "GET, OPTIONS"],
        ["DELETE", "/healthz", 405, "GET, HEAD"],
        ["OPTIONS", "/metrics", 405, "GET, HEAD"],
      ] as const) {
        const response = await fetch(`${url}${path}`, { method, headers: { origin: PAGE } });
        const found = [method, path, response.status, response.headers.get("allow")];
        expect(found).toEqual([method, path, status, allow]);
        expect(response.headers.get("content-type")).toBe("application/json");
        expect(await errorOf(response)).toBe(status === 404 ? "not_found" : "method_not_allowed");
      }
    }));

  test("a body is refused, and a header that is too long", () =>
    withServer(async ({ url, ask }) => {
      const body = await fetch(`${url}/token`, { method: "POST", body: "x".repeat(100_000) });
      expect([body.status, body.headers.get("connection")]).toEqual([413, "close"]);
      expect((await ask("/token", { origin: PAGE, "x-long": "x".repeat(10_000) })).status).toBe(431);
      expect((await ask()).status).toBe(200);
    }));
});

test("every line of the log is one JSON object, whatever callers send", () =>
  withServer(async ({ ask, lines, clock }) => {
    clock.advance(1_000);
    await ask();
    await ask(`/token?access_token=leaked`, { origin: PAGE });
    await ask("/elsewhere?token=leaked");
    await ask("/token", { origin: 'https://evil.example","level":"error' + "x".repeat(500) });

    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.every((line) => line.endsWith("\n") && line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(entries.map(({ event }) => event)).toEqual([
      "listening",
      "token_refreshed",
      "request",
      "request",
      "request",
    ]);
    expect(entries[2]).toEqual({
      time: "2026-01-01T00:00:01.000Z",
      level: "info",
      event: "request",
      outcome: "token",
      status: 200,
      caller: "127.0.0.1",
      origin: PAGE,
      milliseconds: 0,
    });
    expect(String(entries[4]?.["origin"])).toHaveLength(200);
    expect(lines.join("")).not.toContain("leaked");
  }));

test("a mistake in the server is one answer and one line, and the next request is served", () =>
  withServer(async ({ ask, lines }) => {
    const take = jest.spyOn(RateLimit.prototype, "take").mockImplementationOnce(() => {
      throw new Error("canary");
    });
    const response = await ask();
    take.mockRestore();

    expect([response.status, await errorOf(response)]).toEqual([500, "internal_error"]);
    expect(lines.join("")).toContain('"event":"internal_error"');
    expect(lines.join("")).not.toContain("canary");
    expect((await ask()).status).toBe(200);
  }));
