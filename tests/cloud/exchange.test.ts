import { startEmulator, type Emulator, type FaultEffect } from "../../emulator";
import { CLIENTS, failing, withCloud } from "./cloud-world";
import { closedPort } from "./local-servers";

const NEW = { name: "Map", clientType: "NativeConfidential", sharedMode: "IpAddress", isActive: true };

describe("a burst of server trouble", () => {
  test.each([0, 1, 2, 3, 4, 5, 6])("%d failures cost reads, updates and deletes as many repeats", (n) =>
    withCloud(async ({ cloud, budget, calls, emulator, account, time }) => {
      const { id } = account.addClient({ name: "Map" });
      const statuses = [500, 502, 503, 504, 500, 502].slice(0, n);
      const works = [
        [`GET ${CLIENTS}`, () => cloud.listClients(budget())],
        [`GET ${CLIENTS}/${id}`, () => cloud.getClient(id, budget())],
        [`POST ${CLIENTS}/${id}`, () => cloud.updateClient(id, NEW, undefined, budget())],
        [`DELETE ${CLIENTS}`, () => cloud.deleteClients([id], budget())],
      ] as const;
      for (const [call, work] of works) {
        emulator.clearRequests();
        time.waits.length = 0;
        statuses.forEach((status, index) =>
          emulator.fault({ kind: "status", status, at: index + 1, path: `${CLIENTS}**` }),
        );
        await work();
        emulator.clearFaults();
        expect(calls()).toEqual([...statuses.map((status) => `${call} ${status}`), `${call} 200`]);
        expect(time.waits).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000].slice(0, n));
      }
    }),
  );

  test("that does not end is given up after ten attempts, and said so", () =>
    withCloud(async ({ cloud, budget, calls, emulator }) => {
      emulator.fault({ kind: "status", status: 503, path: CLIENTS, message: "Down for repairs." });
      const { text } = await failing("Unavailable", cloud.listClients(budget()));
      expect(text).toBe(
        "Could not list the account's clients: ThinkGeo returned HTTP 503 (after 10 attempts): Down for repairs. Run the command again later.",
      );
      expect(calls()).toHaveLength(10);
    }));

  test("is given up earlier where the budget ends", () =>
    withCloud(async ({ cloud, budget, calls, emulator, time }) => {
      emulator.fault({ kind: "status", status: 503, path: CLIENTS });
      await failing("Unavailable", cloud.listClients(budget(1_200)));
      expect(time.waits).toEqual([250, 500]);
      expect(calls()).toHaveLength(3);
    }));

  test("also at the identity server", () =>
    withCloud(async ({ cloud, budget, emulator, tokenCalls }) => {
      emulator.fault({ kind: "reset", times: 1, path: "/identity/**" });
      emulator.fault({ kind: "status", status: 502, at: 2, path: "/identity/**" });
      await cloud.listClients(budget());
      expect(tokenCalls()).toBe(3);
    }));
});

describe("a create is never repeated by itself where it may have been applied", () => {
  const effects: FaultEffect[] = [
    { kind: "drop" },
    { kind: "reset" },
    { kind: "status", status: 500 },
    { kind: "status", status: 502, body: "html" },
    { kind: "status", status: 503, retryAfter: 1 },
    { kind: "status", status: 504, body: "empty" },
    { kind: "truncate", ending: "drop" },
    { kind: "truncate", ending: "reset" },
    { kind: "truncate", ending: "clean" },
    { kind: "garbage" },
    { kind: "empty" },
    { kind: "html" },
    { kind: "garbage-http" },
    { kind: "huge-header" },
    { kind: "reply", text: '{"status":"success","data":null}' },
  ];
  const moments = (["before", "after"] as const).flatMap((when) =>
    effects.map((effect) => [JSON.stringify(effect), when, effect] as const),
  );

  test.each(moments)("%s, %s it is applied", (_, when, effect) =>
    withCloud(async ({ cloud, budget, emulator, account }) => {
      const before = account.clients().length;
      emulator.fault({ ...effect, when, method: "POST", path: CLIENTS });
      const { message } = await failing("Ambiguous", cloud.createClient(NEW, "key", budget()));
      expect(message).toMatch(/^Could not create client "Map": /);
      expect(emulator.requests({ method: "POST", path: CLIENTS })).toHaveLength(1);
      expect(account.clients().length - before).toBe(when === "after" ? 1 : 0);
    }),
  );

  test("nor where the server says in words that it did not do it: that is a refusal", () =>
    withCloud(async ({ cloud, budget, emulator }) => {
      emulator.fault({ kind: "error-envelope", message: "Not today.", method: "POST", path: CLIENTS });
      const { message } = await failing("Rejected", cloud.createClient(NEW, "key", budget()));
      expect(message).toContain("HTTP 200: Not today.");
      expect(emulator.requests({ method: "POST", path: CLIENTS })).toHaveLength(1);
    }));

  test("but it is where it was never sent", () =>
    withCloud(async ({ connect, budget, emulator, account, time, lines }) => {
      const port = await closedPort();
      const cloud = connect({
        THINKGEO_API_URL: `http://127.0.0.1:${port}`,
        THINKGEO_TOKEN_URL: `${emulator.url}/identity/connect/token`,
      });
      const create = (): Promise<unknown> => cloud.createClient(NEW, "key", budget());
      const { message } = await failing("Unavailable", create());
      expect(message).toContain("nothing listens at that address (ECONNREFUSED) (after 10 attempts). Check");
      expect([time.waits.length, lines.length]).toEqual([9, 11]);
      // Now the server comes up while the third wait is waited.
      const late = new Promise<Emulator>((resolve, reject) => {
        const { sleep } = time;
        let waits = 0;
        time.sleep = async (ms) => {
          await sleep(ms);
          if (++waits !== 3) return;
          const operator = { clientId: account.clientId, clientSecret: account.clientSecret };
          await startEmulator({ port, operator }).then(resolve, reject);
        };
      });
      await failing("Unauthorized", create());
      const other = await late;
      expect(other.requests({ method: "POST", path: CLIENTS }).map(({ status }) => status)).toEqual([
        401, 401,
      ]);
      await other.close();
    }));

  test("and where it was refused for now", () =>
    withCloud(async ({ cloud, budget, emulator, account, time }) => {
      emulator.fault({ kind: "status", status: 429, retryAfter: 7, times: 2, method: "POST", path: CLIENTS });
      await cloud.createClient(NEW, "key", budget());
      expect(emulator.requests({ method: "POST", path: CLIENTS })).toHaveLength(3);
      expect(time.waits).toEqual([7_350, 7_350]);
      expect(account.clients().filter(({ name }) => name === "Map")).toHaveLength(1);
    }));
});

describe("too many requests", () => {
  test("a wait within the budget is waited, as the server says it", () =>
    withCloud(async ({ cloud, budget, emulator, time }) => {
      const path = CLIENTS;
      const date = new Date(time.wall() + 20_000).toUTCString();
      emulator.fault({ kind: "status", status: 429, retryAfter: 7, at: 1, path });
      emulator.fault({ kind: "status", status: 429, retryAfter: "rubbish", at: 2, path });
      emulator.fault({ kind: "status", status: 429, retryAfter: date, at: 3, path });
      await cloud.listClients(budget());
      // 7 s and a twentieth; our own second delay; what is left of 20 s and a twentieth.
      expect(time.waits).toEqual([7_350, 500, 12_150 * 1.05]);
    }));

  test("the day's quota stops the run at once, and says when it may go on", () =>
    withCloud(
      async ({ cloud, budget, time, calls }) => {
        await cloud.listClients(budget());
        const { text } = await failing("RateLimited", cloud.listClients(budget()));
        expect(text).toBe(
          "Could not list the account's clients: ThinkGeo returned HTTP 429: The quota of this account is used up. It asks to wait 86400 s (about 24 h), and only 90 s are left of thinkgeo:requestTimeout. Run the command again after 86400 s (about 24 h). A trial account has 10,000 requests a day.",
        );
        expect([time.waits, calls()]).toEqual([[], [`GET ${CLIENTS} 200`, `GET ${CLIENTS} 429`]]);
      },
      { switches: { quota: 1, quotaRetryAfter: "86400" } },
    ));
});

test("a budget is for the whole call: signing in, waits and repeats", () =>
  withCloud(async ({ cloud, budget, calls, emulator, time }) => {
    emulator.fault({ kind: "status", status: 429, retryAfter: 40, times: 1, path: "/identity/**" });
    emulator.fault({ kind: "status", status: 429, retryAfter: 30, path: CLIENTS });
    const { message } = await failing("RateLimited", cloud.listClients(budget(90_000)));
    // 90 s less the two waits: what is left, and not what there was.
    expect(message).toContain(
      "HTTP 429 (after 2 attempts): An unexpected problem occurred. It asks to wait 30 s, and only 16.5 s are left of thinkgeo:requestTimeout. Run the command again after 30 s.",
    );
    expect(time.waits).toEqual([42_000, 31_500]);
    expect(calls()).toHaveLength(2);
  }));

test("the log's milliseconds are the request's own, not those in line", () =>
  withCloud(async ({ connect, budget, emulator, time, lines }) => {
    const cloud = connect({ THINKGEO_MAX_CONCURRENCY: "1" });
    emulator.onRequest(({ moment }) => {
      if (moment === "before") time.now += 100;
    });
    await Promise.all(Array.from({ length: 5 }, () => cloud.listClients(budget())));
    expect(lines).toEqual([
      expect.stringMatching(/^thinkgeo: POST .* 100 ms attempt 1$/),
      ...Array.from({ length: 5 }, () => `thinkgeo: GET ${CLIENTS} 200 100 ms attempt 1`),
    ]);
  }));

test("a wait that is too long is told in whole seconds, none too few", () =>
  withCloud(async ({ cloud, budget, emulator, time }) => {
    const date = new Date(time.wall() + 200_000).toUTCString();
    emulator.fault({ kind: "status", status: 503, retryAfter: date, path: CLIENTS });
    time.now = 1;
    const { message } = await failing("Unavailable", cloud.listClients(budget()));
    expect(message).toContain("It asks to wait 200 s");
  }));

describe("a wait that is too long is told with its status, the server's words, what is left, and advice for that status", () => {
  const told = (status: number, words: string, left: number, wait: number | string = 2): Promise<string> => {
    let told = "";
    return withCloud(async ({ cloud, budget, emulator }) => {
      await cloud.signIn(budget());
      emulator.fault({ kind: "status", status, retryAfter: wait, message: words, path: CLIENTS });
      const error = await failing(
        status === 429 ? "RateLimited" : "Unavailable",
        cloud.listClients(budget(left)),
      );
      told = error.text;
    }).then(() => told);
  };

  // Seen: "asks to wait 2 s, which is longer than 15 s", and a 503 that was called quota.
  test.each([408, 500, 502, 503, 504])("HTTP %d: no word of a quota", async (status) => {
    expect(await told(status, "Down for repairs.", 1_980)).toBe(
      `Could not list the account's clients: ThinkGeo returned HTTP ${status}: Down for repairs. It asks to wait 2 s, and only 1.9 s are left of thinkgeo:requestTimeout. Run the command again after 2 s.`,
    );
  });

  test("HTTP 429: the quota is a possible reason", async () => {
    expect(await told(429, "Slow down", 2_000, "2")).toBe(
      "Could not list the account's clients: ThinkGeo returned HTTP 429: Slow down. It asks to wait 2 s, and only 2 s are left of thinkgeo:requestTimeout. Run the command again after 2 s. A trial account has 10,000 requests a day.",
    );
  });

  test("without words, and with words that are hostile or secret", async () => {
    expect(await told(503, "", 1_000)).toContain("HTTP 503. It asks to wait 2 s, and only 1 s are left");
    expect(await told(503, '\u001b[2J\u202e{"apiSecret":"abc"}', 1_000)).toContain(
      'HTTP 503: \\u001b[2J\\u202e{"apiSecret":[redacted]}. It asks to wait 2 s',
    );
  });

  test("a long one in hours, too", async () => {
    expect(await told(503, "x", 1_000, 5_400)).toContain("Run the command again after 5400 s (about 1.5 h).");
    expect(await told(503, "x", 1_000, 3_599)).toContain("Run the command again after 3599 s.");
  });
});

test("an error keeps what caused it, for whoever debugs", () =>
  withCloud(async ({ cloud, budget, emulator }) => {
    emulator.fault({ kind: "reset", path: CLIENTS });
    const { cause } = await failing("Unavailable", cloud.listClients(budget()));
    expect(cause).toHaveProperty("code", "ECONNRESET");
  }));

describe("an orphaned process", () => {
  test("sends no write, and repeats nothing, once nobody waits for the outcome", () =>
    withCloud(async ({ connect, budget, emulator, calls }) => {
      let abandoned: string | undefined;
      const cloud = connect({}, () => abandoned);
      emulator.onRequest(({ request, moment }) => {
        if (moment === "after" && request.path === CLIENTS) abandoned = "the run was cancelled";
      });
      emulator.fault({ kind: "status", status: 503, path: CLIENTS });
      const lost = await failing("Unavailable", cloud.listClients(budget()));
      expect(lost.message).toContain("the run was cancelled, so nothing more was sent");
      await failing("Unavailable", cloud.createClient(NEW, "key", budget()));
      await failing("Unavailable", cloud.updateClient("x", NEW, undefined, budget()));
      await failing("Unavailable", cloud.deleteClients(["x"], budget()));
      expect(calls()).toEqual([`GET ${CLIENTS} 503`]);
    }));
});
