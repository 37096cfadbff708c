import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator/index";
import type { Fault, FaultEffect, FaultRule } from "../../emulator/index";
import { Api, itemsIn, request, type Answer } from "./support";

let emulator: Emulator;
let account: EmulatorAccount;
let api: Api;
beforeEach(async () => {
  emulator = await startEmulator();
  account = emulator.accounts[0];
  api = await Api.for(emulator);
});
afterEach(() => emulator.close());

const clientsPath = "/api/v1/clients";
const list = (): Promise<Answer> => api.call("GET", clientsPath);
const create = (name = "x"): Promise<Answer> => api.call("POST", clientsPath, { name });
const made = (name = "x"): boolean => account.client(name) !== undefined;

/** What a caller sees on the wire, below what fetch makes of it. */
interface Wire {
  readonly status?: number;
  readonly headers?: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Code of the error that ended it, if any. */
  readonly error?: string;
}

function onWire(options: { method?: string; body?: object; timeout?: number } = {}): Promise<Wire> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const seen: { status?: number; headers?: IncomingHttpHeaders } = {};
    const end = (error?: string): void => {
      resolve({ ...seen, body: Buffer.concat(chunks), ...(error === undefined ? {} : { error }) });
    };
    const failed = (error: NodeJS.ErrnoException): void => {
      end(error.code ?? error.message);
    };
    const sent = httpRequest(emulator.url + clientsPath, {
      method: options.method ?? "GET",
      agent: false,
      maxHeaderSize: 128 * 1024,
      headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" },
    });
    sent.on("error", failed);
    sent.on("response", (response) => {
      Object.assign(seen, { status: response.statusCode, headers: response.headers });
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", failed);
      response.on("end", () => {
        end();
      });
    });
    if (options.timeout !== undefined)
      setTimeout(() => sent.destroy(new Error("gave up")), options.timeout).unref();
    sent.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  });
}

/** One proof for each kind: the compiler sees to it that none is missing. */
const proofs: Readonly<Record<FaultEffect["kind"], () => Promise<void>>> = {
  drop: async () => {
    emulator.fault({ kind: "drop" });
    expect(await onWire()).toMatchObject({ error: "ECONNRESET", body: Buffer.of() });
    await expect(list()).rejects.toMatchObject({ cause: { code: "UND_ERR_SOCKET" } });
  },
  reset: async () => {
    emulator.fault({ kind: "reset" });
    await expect(list()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  },
  status: async () => {
    emulator.fault({ kind: "status", status: 503, retryAfter: 7, message: "busy", times: 1 });
    emulator.fault({ kind: "status", status: 502, body: "html", times: 1 });
    emulator.fault({ kind: "status", status: 504, body: "empty", retryAfter: "rubbish", times: 1 });
    const first = await list();
    expect([first.status, first.headers.get("retry-after"), first.json?.error?.message]).toEqual([
      503,
      "7",
      "busy",
    ]);
    const second = await list();
    expect([second.status, second.headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"]);
    const third = await list();
    expect([third.status, third.text, third.headers.get("retry-after")]).toEqual([504, "", "rubbish"]);
  },
  truncate: async () => {
    const whole = (await list()).text.length;
    for (const ending of ["drop", "reset"] as const) {
      emulator.fault({ kind: "truncate", ending, times: 1 });
      const wire = await onWire();
      expect(wire).toMatchObject({
        status: 200,
        error: expect.stringMatching(/ECONNRESET|aborted/) as string,
      });
      expect(wire.body.length).toBeGreaterThan(0);
      expect(wire.body.length).toBeLessThan(whole);
    }
    emulator.fault({ kind: "truncate", ending: "clean", times: 1 });
    expect(await list()).toMatchObject({
      status: 200,
      json: undefined,
      text: expect.stringMatching(/^\{"data"/) as string,
    });
  },
  garbage: async () => {
    emulator.fault({ kind: "garbage" });
    const { status, headers, json, text } = await list();
    expect([status, headers.get("content-type"), json]).toEqual([
      200,
      "application/json; charset=utf-8",
      undefined,
    ]);
    expect(text).not.toBe("");
  },
  empty: async () => {
    emulator.fault({ kind: "empty" });
    expect(await list()).toMatchObject({ status: 200, text: "" });
  },
  html: async () => {
    emulator.fault({ kind: "html" });
    const { status, headers, text } = await list();
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(text).toContain("<html>");
  },
  "content-type": async () => {
    emulator.fault({ kind: "content-type", contentType: "text/plain" });
    const { headers, json } = await list();
    expect([headers.get("content-type"), json?.status]).toEqual(["text/plain", "success"]);
  },
  bom: async () => {
    emulator.fault({ kind: "bom" });
    const { body } = await onWire();
    expect(body.subarray(0, 4)).toEqual(Buffer.from("\uFEFF{"));
  },
  "error-envelope": async () => {
    emulator.fault({ kind: "error-envelope", message: "no" });
    expect(await list()).toMatchObject({ status: 200, json: { status: "error", error: { message: "no" } } });
  },
  "stall-headers": async () => {
    emulator.fault({ kind: "stall-headers" });
    expect(await onWire({ timeout: 250 })).toMatchObject({ error: "gave up", body: Buffer.of() });
  },
  "stall-body": async () => {
    emulator.fault({ kind: "stall-body" });
    const { status, error, body } = await onWire({ timeout: 250 });
    expect([status, error !== undefined]).toEqual([200, true]);
    expect(body.length).toBeGreaterThan(0);
  },
  trickle: async () => {
    emulator.fault({ kind: "trickle", ms: 1, path: "/api/v1/clients/roles" });
    const started = performance.now();
    const { json, text } = await api.call("GET", "/api/v1/clients/roles");
    expect(json?.status).toBe("success");
    expect(performance.now() - started).toBeGreaterThan(text.length);
  },
  delay: async () => {
    emulator.fault({ kind: "delay", ms: 60 });
    const started = performance.now();
    expect((await list()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(58);
  },
  hold: async () => {
    const fault = emulator.fault({ kind: "hold", method: "POST", path: clientsPath });
    const answer = create();
    await fault.untilFired();
    expect(made()).toBe(false);
    fault.release();
    expect((await answer).status).toBe(200);
  },
  redirect: async () => {
    emulator.fault({ kind: "redirect", location: "http://127.0.0.1:1/elsewhere", status: 307 });
    const { status, headers } = await list();
    expect([status, headers.get("location")]).toEqual([307, "http://127.0.0.1:1/elsewhere"]);
  },
  oversized: async () => {
    emulator.fault({ kind: "oversized", bytes: 3_000_000 });
    const { text, json } = await list();
    expect([text.length, json?.status]).toEqual([3_000_000, "success"]);
  },
  "garbage-http": async () => {
    emulator.fault({ kind: "garbage-http" });
    expect((await onWire()).error).toMatch(/^HPE_/);
  },
  "huge-header": async () => {
    emulator.fault({ kind: "huge-header" });
    expect(String((await onWire()).headers?.["x-huge"])).toHaveLength(40_000);
    await expect(list()).rejects.toMatchObject({ cause: { code: "UND_ERR_HEADERS_OVERFLOW" } });
  },
  "other-client": async () => {
    const { id, apiKey } = account.addClient({ name: "theirs", clientType: "JavaScript" });
    emulator.fault({ kind: "other-client", client: "theirs", method: "POST", path: clientsPath, times: 1 });
    expect((await create("mine")).json?.data).toMatchObject({ id, apiKey, name: "theirs" });
    expect([made("mine"), account.clients().length]).toEqual([true, 5]);
    emulator.fault({ kind: "other-client", client: "theirs", method: "POST", path: clientsPath });
    expect(await create("")).toMatchObject({ status: 400, json: { data: { name: [expect.any(String)] } } });
  },
  "broken-client": async () => {
    const { id } = account.addClient({ name: "odd" });
    emulator.fault({ kind: "broken-client", client: "odd", times: 1 });
    const whole = itemsIn(await list());
    expect([whole.length, whole.at(-1)]).toEqual([4, expect.objectContaining({ name: "odd" })]);
    expect(whole.map((item) => Object.hasOwn(item as object, "id"))).toEqual([true, true, true, false]);
    emulator.fault({ kind: "broken-client", client: "*", field: "apiKey", times: 1 });
    expect((await api.list()).filter((client) => Object.hasOwn(client, "apiKey"))).toEqual([]);
    emulator.fault({ kind: "broken-client", client: id, field: "name", value: 7 });
    expect(itemsIn(await list()).at(-1)).toMatchObject({ id, name: 7 });
    expect((await api.call("GET", `${clientsPath}/${id}`)).json?.data).toMatchObject({ id, name: 7 });
    expect(account.client(id)?.name).toBe("odd");
  },
  reply: async () => {
    emulator.fault({ kind: "reply", status: 410, headers: { "x-a": "b" }, text: "gone" });
    const { status, headers, text } = await list();
    expect([status, headers.get("x-a"), text]).toEqual([410, "b", "gone"]);
  },
};

test.each(Object.entries(proofs))("kind %s", (_kind, proof) => proof());

describe("before the service sees a request, or after it has applied it", () => {
  const lost: FaultRule[] = [
    { kind: "drop" },
    { kind: "reset" },
    { kind: "status", status: 502 },
    { kind: "truncate" },
    { kind: "garbage" },
    { kind: "empty" },
    { kind: "bom" },
    { kind: "stall-headers" },
    { kind: "stall-body" },
  ];
  const cases = lost.flatMap((rule) =>
    (["before", "after"] as const).map((when) => [rule.kind, when, rule] as const),
  );
  test.each(cases)("%s %s", async (_kind, when, rule) => {
    emulator.fault({ ...rule, when, method: "POST", path: clientsPath });
    await onWire({ method: "POST", body: { name: "x" }, timeout: 250 });
    expect(made()).toBe(when === "after");
    expect(emulator.requests().at(-1)).toMatchObject({ fault: rule.kind, handled: when === "after" });
  });

  test("a caller that gives up during a delay is served all the same", async () => {
    emulator.fault({ kind: "delay", ms: 300, path: clientsPath });
    expect((await onWire({ method: "POST", body: { name: "x" }, timeout: 120 })).error).toBe("gave up");
    expect(made()).toBe(false);
    while (!made()) await new Promise((resume) => setTimeout(resume, 10));
  });

  test("a caller that dies while it is held before is not served; after, it was", async () => {
    const ended = async (): Promise<void> => {
      while (emulator.requests().at(-1)?.duration === null)
        await new Promise((resume) => setTimeout(resume, 2));
    };
    for (const when of ["before", "after"] as const) {
      const fault = emulator.fault({ kind: "hold", when, path: clientsPath });
      await onWire({ method: "POST", body: { name: when }, timeout: 120 });
      await ended();
      fault.release();
      expect([fault.fired, emulator.requests().at(-1)?.status]).toEqual([1, null]);
      fault.remove();
    }
    expect([made("before"), made("after")]).toEqual([false, true]);
  });
});

describe("which requests a rule hits", () => {
  const statuses = async (count: number): Promise<number[]> => {
    const seen: number[] = [];
    for (let number = 0; number < count; number += 1) seen.push((await list()).status);
    return seen;
  };
  const counts = ({ matched, fired }: Fault): number[] => [matched, fired];

  test("all, until it is removed", async () => {
    const fault = emulator.fault({ kind: "status", status: 500 });
    expect(await statuses(2)).toEqual([500, 500]);
    fault.remove();
    expect(await statuses(1)).toEqual([200]);
    expect([emulator.faults, counts(fault)]).toEqual([[], [2, 2]]);
  });

  test("the next n", async () => {
    emulator.fault({ kind: "status", status: 500, times: 2 });
    expect(await statuses(4)).toEqual([500, 500, 200, 200]);
  });

  test("the k-th, or several", async () => {
    emulator.fault({ kind: "status", status: 500, at: 2 });
    emulator.fault({ kind: "status", status: 503, at: [1, 4] });
    expect(await statuses(5)).toEqual([503, 500, 200, 503, 200]);
  });

  test("with a probability, the same for the same seed", async () => {
    const run = async (seed: number): Promise<number[]> => {
      emulator.clearFaults();
      emulator.fault({ kind: "status", status: 500, probability: 0.5, seed });
      return statuses(40);
    };
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const hits = first.filter((status) => status === 500).length;
    expect(hits).toBeGreaterThan(8);
    expect(hits).toBeLessThan(32);
  });

  test("one method and path; patterns by segment or over several", async () => {
    const byId = emulator.fault({ kind: "status", status: 500, method: "get", path: "/api/v1/clients/*" });
    const elsewhere = emulator.fault({ kind: "status", status: 501, path: "/api/**/current" });
    expect((await list()).status).toBe(200);
    expect((await api.call("GET", "/api/v1/clients/roles")).status).toBe(500);
    expect((await api.call("POST", "/api/v1/clients/x", { name: "x" })).status).toBe(404);
    expect((await api.call("GET", "/api/v1/roles/accounts/current")).status).toBe(501);
    expect([counts(byId), counts(elsewhere)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test("the first rule that hits wins, and the others keep count", async () => {
    emulator.fault({ kind: "status", status: 500, times: 1 });
    const second = emulator.fault({ kind: "status", status: 501, times: 1 });
    expect(await statuses(3)).toEqual([500, 501, 200]);
    expect(counts(second)).toEqual([3, 1]);
  });

  test("the token endpoint as well, the administrative path never", async () => {
    emulator.fault({ kind: "status", status: 500 });
    expect((await request(`${emulator.url}/identity/connect/token`, { method: "POST" })).status).toBe(500);
    expect((await request(`${emulator.url}/emulator`)).status).toBe(200);
  });
});

test("a close cuts what is held or stalled, and nothing is applied any more", async () => {
  const held = emulator.fault({ kind: "hold", path: clientsPath, times: 1 });
  emulator.fault({ kind: "stall-headers", path: clientsPath });
  const answers = [create("held"), create("stalled")];
  await held.untilFired();
  const outcomes = Promise.allSettled(answers);
  await emulator.close();
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect([made("held"), made("stalled")]).toEqual([false, false]);
});

describe("hooks", () => {
  test("see each request before and after it is applied, and can act in between", async () => {
    const seen: string[] = [];
    const stop = emulator.onRequest(({ moment, request: { method, path } }) => {
      seen.push(`${moment} ${method} ${path} ${made()}`);
      if (moment === "after") account.deleteClient("x");
    });
    expect((await create()).status).toBe(200);
    stop();
    await list();
    expect(seen).toEqual([`before POST ${clientsPath} false`, `after POST ${clientsPath} true`]);
    expect(made()).toBe(false);
  });

  test("are waited for; one that fails is an answer 500", async () => {
    emulator.onRequest(async ({ moment }) => {
      await new Promise((resume) => setTimeout(resume, 5));
      if (moment === "before") throw new Error("hook is broken");
    });
    expect(await list()).toMatchObject({
      status: 500,
      json: { error: { message: "The emulator failed: hook is broken" } },
    });
  });
});
