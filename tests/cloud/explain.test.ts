import { createServer } from "node:net";
import type { FaultEffect } from "../../emulator";
import type { CloudClient } from "../../provider/cloud/api";
import type { ErrorKind } from "../../provider/cloud/failure";
import { exchange, lineLog, Slots } from "../../provider/cloud/exchange";
import type { Budget } from "../../provider/cloud/time";
import { CLIENTS, failing, withCloud } from "./cloud-world";
import { listening } from "./local-servers";

const NO_API = "Check thinkgeo:apiUrl, and that no proxy or login page responds in ThinkGeo's place.";
const UNREACHED =
  "Check thinkgeo:apiUrl and the network (HTTPS_PROXY is honoured), then run the command again.";
const CHANGE = "Change what the message names, and run the command again.";
const TEN = "(after 10 attempts)";

describe("each way in which a reading can end badly: its kind, its words, and how often it was asked", () => {
  type Row = [name: string, fault: FaultEffect, kind: ErrorKind, words: string, asked: number];
  const status = (code: number, body: "json" | "html" | "empty" = "json"): FaultEffect => ({
    kind: "status",
    status: code,
    body,
    message: "Said so.",
  });
  const answer = (text: string, code = 200): FaultEffect => ({ kind: "reply", text, status: code });
  const rows: Row[] = [
    ["a proxy's page", { kind: "html" }, "Malformed", `URL (HTTP 200) is an HTML page. ${NO_API}`, 1],
    ["nothing", { kind: "empty" }, "Malformed", `URL (HTTP 200) is empty. ${NO_API}`, 1],
    ["garbage", { kind: "garbage" }, "Malformed", `URL (HTTP 200) is not JSON. ${NO_API}`, 1],
    [
      "half of the JSON",
      { kind: "truncate", ending: "clean" },
      "Malformed",
      `URL (HTTP 200) is not JSON. ${NO_API}`,
      1,
    ],
    [
      "JSON of something else",
      answer('{"ok":true}'),
      "Malformed",
      `URL (HTTP 200) is JSON, but not the API's. ${NO_API}`,
      1,
    ],
    [
      "a list that is none",
      answer('{"data":{"name":"x"},"status":"success"}'),
      "Malformed",
      `URL (HTTP 200) is JSON, but not the API's. ${NO_API}`,
      1,
    ],
    ["nothing, and says so", answer("", 204), "Malformed", `URL (HTTP 204) is empty. ${NO_API}`, 1],
    ["a page that is not there", status(404, "html"), "Malformed", `URL (HTTP 404) is an HTML page.`, 1],
    ["an empty 404", status(404, "empty"), "Malformed", `URL (HTTP 404) is empty. ${NO_API}`, 1],
    [
      "somebody else's JSON 404",
      answer('{"message":"no Route matched"}', 404),
      "Malformed",
      "URL (HTTP 404) is JSON, but not the API's.",
      1,
    ],
    ["the API's own 404", status(404), "NotFound", "HTTP 404: Said so. ThinkGeo no longer has this URL", 1],
    [
      "a success that failed",
      { kind: "error-envelope", message: "Oh no" },
      "Rejected",
      `HTTP 200: Oh no. ${CHANGE}`,
      1,
    ],
    [
      "a success that failed, with a list for all that",
      answer('{"data":[],"totalCount":0,"status":"error","error":{"code":500,"message":"Oh no"}}'),
      "Rejected",
      `HTTP 200: Oh no. ${CHANGE}`,
      1,
    ],
    ["a refusal", status(400), "Rejected", `HTTP 400: Said so. ${CHANGE}`, 1],
    [
      "a refusal by fields",
      answer('{"data":{"name":["is required.","is short."]},"status":"fail"}', 400),
      "Rejected",
      `HTTP 400: name: is required. is short. ${CHANGE}`,
      1,
    ],
    [
      "the end of the evaluation",
      answer('{"error":{"code":400,"message":"The key has an Expiration of today."}}', 400),
      "Rejected",
      "The account's trial seems to have ended (it lasts 60 days): subscribe, or ask ThinkGeo.",
      1,
    ],
    ["a role that is missing", status(403), "Forbidden", "needs the User role to manage clients", 1],
    [
      "a refused token",
      status(401),
      "Unauthorized",
      "is NativeConfidential, active, and has the User role",
      2,
    ],
    ["a conflict", status(409), "Conflict", "run the command again with --refresh", 1],
    [
      "the API's own 410",
      status(410),
      "NotFound",
      "HTTP 410: Said so. ThinkGeo no longer has this URL: check thinkgeo:apiUrl, and look for a newer version",
      1,
    ],
    ["a page that is gone", status(410, "html"), "Malformed", `URL (HTTP 410) is an HTML page. ${NO_API}`, 1],
    [
      "an unknown 4xx with a page",
      status(418, "html"),
      "Rejected",
      `HTTP 418 with an HTML page, as a proxy or a firewall does. ${NO_API}`,
      1,
    ],
    ["an unknown 4xx without a word", status(418, "empty"), "Rejected", `HTTP 418. ${NO_API}`, 1],
    ["a firewall's refusal", status(403, "html"), "Forbidden", "HTTP 403 with an HTML page, as a proxy", 1],
    ["trouble", status(500), "Unavailable", `HTTP 500 ${TEN}: Said so. Run the command again later.`, 10],
    ["a request that came too slowly", status(408), "Unavailable", `HTTP 408 ${TEN}: Said so. Run`, 10],
    [
      "a cache's answer",
      answer("", 304),
      "Malformed",
      'HTTP 304, "not modified". This program never asks whether something has changed, so a cache or a proxy responded',
      1,
    ],
    [
      "a status that HTTP does not have",
      answer('{"data":[],"totalCount":0}', 799),
      "Unavailable",
      `the response is not HTTP: its status is no number from 100 to 599 ${TEN}. ${UNREACHED}`,
      10,
    ],
    [
      "JSON without end",
      answer("[".repeat(100_000) + "]".repeat(100_000)),
      "Malformed",
      `URL (HTTP 200) is JSON, but not the API's: it is nested more than 64 levels deep. ${NO_API}`,
      1,
    ],
    [
      "JSON without end where more may stand",
      answer(`{"data":[],"totalCount":0,"more":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`),
      "Malformed",
      `URL (HTTP 200) is JSON, but not the API's: it is nested more than 64 levels deep. ${NO_API}`,
      1,
    ],
    ["a refusal without end", answer("[".repeat(100_000), 400), "Rejected", `HTTP 400. ${NO_API}`, 1],
    [
      "trouble that is no hiccup",
      status(501),
      "Unavailable",
      "HTTP 501: Said so. Run the command again later.",
      1,
    ],
    ["trouble, empty", status(502, "empty"), "Unavailable", `HTTP 502 ${TEN}. Run the command`, 10],
    ["too many requests", status(429), "RateLimited", "thinkgeo:maxConcurrency lowers how many", 10],
    [
      "a cut connection",
      { kind: "drop" },
      "Unavailable",
      `the connection was closed before the response`,
      10,
    ],
    ["a reset", { kind: "reset" }, "Unavailable", `(ECONNRESET) ${TEN}. ${UNREACHED}`, 10],
    ["a cut body", { kind: "truncate" }, "Unavailable", `(UND_ERR_SOCKET) ${TEN}. ${UNREACHED}`, 10],
    [
      "no HTTP",
      { kind: "garbage-http" },
      "Unavailable",
      `the response is not HTTP (HTTPParserError) ${TEN}. ${UNREACHED}`,
      10,
    ],
    [
      "endless headers",
      { kind: "huge-header" },
      "Malformed",
      `the response's headers are larger than 16 kB (UND_ERR_HEADERS_OVERFLOW). ${NO_API}`,
      1,
    ],
    [
      "an endless body",
      { kind: "oversized", bytes: 70_000_000 },
      "Malformed",
      `the response is larger than 64 MB. ${NO_API}`,
      1,
    ],
  ];

  test.each(rows)("%s", (_, fault, kind, words, asked) =>
    withCloud(async ({ cloud, budget, emulator, calls }) => {
      emulator.fault({ ...fault, path: CLIENTS });
      const { message } = await failing(kind, cloud.listClients(budget()));
      expect(message).toMatch(/^Could not list the account's clients: /);
      expect(message).toContain(words.replace(/^URL/, `the response of ${emulator.url}${CLIENTS}`));
      expect(calls()).toHaveLength(asked);
    }),
  );
});

describe("a client that is asked for by its id", () => {
  const ID = "5f0c6d9e-0000-4000-8000-000000000001";
  const gone = (body: "json" | "html" | "empty", status = 410): FaultEffect => ({
    kind: "status",
    status,
    body,
    message: "It is no more.",
  });
  const asks = {
    read: (cloud: CloudClient, budget: Budget) => cloud.getClient(ID, budget),
    update: (cloud: CloudClient, budget: Budget) => cloud.updateClient(ID, { name: "x" }, undefined, budget),
    delete: (cloud: CloudClient, budget: Budget) => cloud.deleteClients([ID], budget),
  };

  test.each(Object.entries(asks))("is gone where the API's own 410 says so: %s", (_, ask) =>
    withCloud(async ({ cloud, budget, emulator, calls }) => {
      emulator.fault({ ...gone("json"), path: `${CLIENTS}**` });
      const { message } = await failing("NotFound", ask(cloud, budget()));
      expect(message).toContain(
        'HTTP 410: It is no more. It was there, and is gone for good: run "pulumi refresh" to see what was deleted outside this program.',
      );
      expect(calls()).toHaveLength(1);
    }),
  );

  test.each(["html", "empty"] as const)("is not where somebody else says so: %s", (body) =>
    withCloud(async ({ cloud, budget, emulator }) => {
      emulator.fault({ ...gone(body), path: `${CLIENTS}**` });
      for (const ask of Object.values(asks)) {
        const { message } = await failing("Malformed", ask(cloud, budget()));
        expect(message).toContain(`(HTTP 410) is ${body === "html" ? "an HTML page" : "empty"}. ${NO_API}`);
      }
    }),
  );

  test("nor where it is somebody else's JSON", () =>
    withCloud(async ({ cloud, budget, emulator }) => {
      emulator.fault({ kind: "reply", status: 410, text: '{"message":"Gone"}', path: `${CLIENTS}**` });
      await failing("Malformed", cloud.getClient(ID, budget()));
    }));

  test("is not there where the API's own 404 says so", () =>
    withCloud(async ({ cloud, budget }) => {
      const { message } = await failing("NotFound", cloud.getClient(ID, budget()));
      expect(message).toContain('Run "pulumi refresh" to see what was deleted outside this program.');
    }));
});

describe("bytes of a real server that is broken", () => {
  const head = "Content-Type: application/json\r\nConnection: close\r\n\r\n";
  const envelope = '{"data":[],"totalCount":0,"status":"success"}';
  const answeringWith = (bytes: string, work: (url: string) => Promise<void>): Promise<void> => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end(bytes));
    });
    return listening(server, (port) => work(`http://127.0.0.1:${port}`));
  };
  const listedFrom = (bytes: string, kind: ErrorKind): Promise<string> => {
    let said = "";
    return withCloud(({ connect, budget, emulator, lines }) =>
      answeringWith(bytes, async (url) => {
        const tokenUrl = `${emulator.url}/identity/connect/token`;
        const cloud = connect({ THINKGEO_API_URL: url, THINKGEO_TOKEN_URL: tokenUrl });
        const error = await failing(kind, cloud.listClients(budget()));
        said = [error.message, error.stack, ...lines].join("\n");
      }),
    ).then(() => said);
  };

  test.each(["abc", "NaN", "20", "2000", "600", "999", "-200", "\u00b2\u00b2\u00b2"])(
    "the status %s: it is not HTTP",
    async (status) => {
      const said = await listedFrom(`HTTP/1.1 ${status} OK\r\n${head}${envelope}`, "Unavailable");
      expect(said).toContain("the response is not HTTP");
      expect(said).not.toContain("NaN");
    },
  );

  test("one that is HTTP, to see that the server is a server", async () => {
    const said = await listedFrom(`HTTP/1.1 418 Teapot\r\n${head}{"error":{"message":"Tea."}}`, "Rejected");
    expect(said).toContain("HTTP 418: Tea.");
  });

  test.each([
    ["arrays", "[".repeat(100_000) + "]".repeat(100_000)],
    ["objects", '{"data":'.repeat(100_000) + "1" + "}".repeat(100_000)],
    [
      "in a client",
      `{"data":[{"id":"1","more":${"[".repeat(100_000)}${"]".repeat(100_000)}}],"totalCount":1}`,
    ],
    ["without an end", "[".repeat(20_000_000)],
  ])("JSON that is nested a hundred thousand times: %s", async (_, body) => {
    const said = await listedFrom(`HTTP/1.1 200 OK\r\n${head}${body}`, "Malformed");
    expect(said).toContain("is JSON, but not the API's: it is nested more than 64 levels deep. Check");
    expect(said).not.toContain("RangeError");
  });
});

test("a transport that makes no number of a status is not believed", () =>
  withCloud(async ({ budget, time }) => {
    const lines: string[] = [];
    const means = {
      transport: {
        send: () => Promise.resolve({ kind: "answer" as const, status: NaN, headers: {}, text: "{}" }),
      },
      slots: new Slots(1),
      time,
      log: lineLog((line) => lines.push(line)),
      abandoned: () => Promise.resolve(undefined),
    };
    const asked = { operation: "create", doing: 'create client "Map"', method: "POST" } as const;
    const url = new URL("https://cloud.thinkgeo.com/api/v1/clients");
    const { text } = await failing(
      "Ambiguous",
      exchange({ ...asked, url, read: () => undefined }, means, budget()),
    );
    expect(text).toBe(
      'Could not create client "Map": https://cloud.thinkgeo.com: the response is not HTTP: its status is no number from 100 to 599. Run the command again: what was done is recognised.',
    );
    expect(lines.join()).toMatch(/POST \/api\/v1\/clients ambiguous: the response is not HTTP/);
    expect([text, ...lines].join()).not.toContain("NaN");
  }));

describe("an answer that is only odd is taken", () => {
  test.each<[FaultEffect]>([
    [{ kind: "bom" }],
    [{ kind: "content-type", contentType: "text/plain" }],
    [{ kind: "content-type", contentType: "text/html" }],
    [{ kind: "trickle", ms: 0 }],
  ])("%j", (fault) =>
    withCloud(async ({ cloud, budget, emulator, calls }) => {
      emulator.fault({ ...fault, path: CLIENTS });
      expect((await cloud.listClients(budget())).clients).toHaveLength(3);
      expect(calls()).toEqual([`GET ${CLIENTS} 200`]);
    }),
  );

  test("a delete needs no answer; one without a body is told apart where its status does not mean that", () =>
    withCloud(async ({ cloud, budget, emulator, account, calls }) => {
      const remove = (name: string): Promise<string> =>
        cloud.deleteClients([account.addClient({ name }).id], budget());
      expect(await remove("A")).toBe("deleted");
      emulator.setSwitches({ deleteStatus: 204 });
      expect(await remove("B")).toBe("deleted");
      emulator.resetSwitches();
      emulator.fault({ kind: "empty", when: "after", times: 1, method: "DELETE" });
      expect(await remove("C")).toBe("unconfirmed");
      expect(calls().map((call) => call.slice(-3))).toEqual(["200", "204", "200"]);
    }));

  test.each([200, 201, 202] as const)(
    "an update without a body, or with nothing in it, is read afterwards: HTTP %d",
    (updateStatus) =>
      withCloud(async ({ cloud, budget, emulator, account, calls }) => {
        const { id } = account.addClient({ name: "A" });
        const update = (name: string): Promise<unknown> =>
          cloud.updateClient(id, { name, clientType: "NativeConfidential" }, undefined, budget());
        for (const updateAnswer of ["empty", "no-data"] as const)
          for (const nullMembers of ["omitted", "null"] as const) {
            emulator.setSwitches({ updateStatus, updateAnswer, nullMembers });
            const name = `${updateAnswer} ${nullMembers}`;
            expect(await update(name)).toMatchObject({ id, name });
          }
        expect(calls().map((call) => call.split(" ")[0])).toEqual(Array(4).fill(["POST", "GET"]).flat());
      }),
  );

  test.each(["{}", "null", "[]", '{"status":"error"}', '{"data":{},"status":"success"}'])(
    "an update that is answered %s is not believed",
    (text) =>
      withCloud(async ({ cloud, budget, emulator, account }) => {
        const { id } = account.addClient({ name: "A" });
        emulator.fault({ kind: "reply", status: 200, text, method: "POST", path: `${CLIENTS}/*` });
        await failing("Malformed", cloud.updateClient(id, { name: "B" }, undefined, budget()));
      }),
  );
});

describe("the identity server", () => {
  const refusedWith = (fault: FaultEffect, kind: ErrorKind, words: readonly string[]): Promise<void> =>
    withCloud(async ({ cloud, budget, emulator, account, calls }) => {
      emulator.fault({ ...fault, path: "/identity/**" });
      const { message } = await failing(kind, cloud.listClients(budget()));
      for (const part of words) expect(message).toContain(part);
      expect(message).toContain(
        `Could not authenticate with ThinkGeo as client ${account.clientId.slice(0, 6)}…`,
      );
      expect(message).not.toContain(account.clientId);
      expect(calls()).toEqual([]);
    });
  const json = (text: string, status = 400): FaultEffect => ({ kind: "reply", status, text });

  test.each<[string, FaultEffect, ErrorKind, string]>([
    [
      "another refusal",
      json('{"error":"unauthorized_client"}'),
      "Unauthorized",
      "HTTP 400: unauthorized_client.",
    ],
    [
      "with a description",
      json('{"error":"invalid_scope","error_description":"No such scope."}'),
      "Unauthorized",
      "invalid_scope; No such scope. Check thinkgeo:clientId, thinkgeo:clientSecret and thinkgeo:tokenUrl.",
    ],
    [
      "a 400 that is not its own",
      json("<p>Bad Request", 400),
      "Malformed",
      "HTTP 400 with an HTML page, as a proxy or a firewall does. Check thinkgeo:tokenUrl.",
    ],
    [
      "no token in its answer",
      json('{"token_type":"Bearer"}', 200),
      "Malformed",
      "is JSON, but not the API's",
    ],
    [
      "a token with a line break",
      json('{"access_token":"a\\nb"}', 200),
      "Malformed",
      "is JSON, but not the API's",
    ],
    ["a token that is no ASCII", json('{"access_token":"t\u00f6ken"}', 200), "Malformed", "not the API's"],
    ["a login page", { kind: "html" }, "Malformed", "is an HTML page"],
    [
      "a path that is not there",
      { kind: "status", status: 404, body: "html" },
      "Malformed",
      "is an HTML page",
    ],
    [
      "the end of the evaluation",
      json('{"error":"invalid_grant","error_description":"The evaluation has expired."}'),
      "Unauthorized",
      "invalid_grant; The evaluation has expired. The account's trial seems to have ended",
    ],
    [
      "a path that is gone",
      json('{"error":{"message":"Gone."}}', 410),
      "NotFound",
      "HTTP 410: Gone. ThinkGeo no longer has this URL: check thinkgeo:apiUrl or thinkgeo:tokenUrl",
    ],
    [
      "a cut connection",
      { kind: "reset" },
      "Unavailable",
      "(after 10 attempts). Check thinkgeo:apiUrl or thinkgeo:tokenUrl and the network",
    ],
  ])("%s", (_, fault, kind, words) => refusedWith(fault, kind, [words]));

  test("wrong credentials: says which settings, and where the right ones are", () =>
    withCloud(async ({ connect, budget, tokenCalls }) => {
      const cloud = connect({ THINKGEO_CLIENT_SECRET: "canary-wrong-secret" });
      const { message } = await failing("Unauthorized", cloud.listClients(budget()));
      expect(message).toContain(
        "ThinkGeo's token endpoint does not accept thinkgeo:clientId with thinkgeo:clientSecret (invalid_client). Copy both again from Show Keys in ThinkGeo's console. The client must be NativeConfidential and active, and its whitelist, if it has one, must have this machine's IP address: the token endpoint may check it as well.",
      );
      expect(message).not.toContain("canary");
      expect(tokenCalls()).toBe(1);
    }));
});
