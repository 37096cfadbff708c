import type { FaultEffect } from "../../emulator";
import type { ErrorKind } from "../../provider/cloud/errors";
import { CLIENTS, failing, withCloud } from "./cloud-world";

const NO_API = "Check thinkgeo:apiUrl, and that no proxy or login page answers in ThinkGeo's place.";
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
      "a list with a client that has no id",
      answer('{"data":[{"name":"x"}],"status":"success"}'),
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
    ["the API's own 404", status(404), "NotFound", "HTTP 404: Said so. Run", 1],
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
      "The account's evaluation seems to have ended (it lasts 60 days): subscribe, or ask ThinkGeo.",
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
    ["something gone", status(410), "Rejected", "HTTP 410: Said so.", 1],
    ["an unknown 4xx with a page", status(418, "html"), "Rejected", `HTTP 418. ${CHANGE}`, 1],
    ["trouble", status(500), "Unavailable", `HTTP 500: Said so. ${TEN}. Run the command again later.`, 10],
    ["a request that came too slowly", status(408), "Unavailable", `HTTP 408: Said so. ${TEN}. Run`, 10],
    [
      "trouble that is no hiccup",
      status(501),
      "Unavailable",
      "HTTP 501: Said so. Run the command again later.",
      1,
    ],
    ["trouble, empty", status(502, "empty"), "Unavailable", `HTTP 502 ${TEN}. Run the command`, 10],
    ["too many requests", status(429), "RateLimited", "thinkgeo:maxConcurrency lowers how many", 10],
    ["a cut connection", { kind: "drop" }, "Unavailable", `the connection was closed before the answer`, 10],
    ["a reset", { kind: "reset" }, "Unavailable", `(ECONNRESET) ${TEN}. ${UNREACHED}`, 10],
    ["a cut body", { kind: "truncate" }, "Unavailable", `(ECONNRESET) ${TEN}. ${UNREACHED}`, 10],
    [
      "no HTTP",
      { kind: "garbage-http" },
      "Unavailable",
      `the answer is not HTTP (HPE_INVALID_CONSTANT) ${TEN}. ${UNREACHED}`,
      10,
    ],
    [
      "endless headers",
      { kind: "huge-header" },
      "Malformed",
      `the answer's headers are larger than 16 kB (HPE_HEADER_OVERFLOW). ${NO_API}`,
      1,
    ],
    [
      "an endless body",
      { kind: "oversized", bytes: 70_000_000 },
      "Malformed",
      `the answer is larger than 64 MB. ${NO_API}`,
      1,
    ],
  ];

  test.each(rows)("%s", (_, fault, kind, words, asked) =>
    withCloud(async ({ cloud, budget, emulator, calls }) => {
      emulator.fault({ ...fault, path: CLIENTS });
      const { message } = await failing(kind, cloud.listClients(budget()));
      expect(message).toMatch(/^Could not list the account's clients: /);
      expect(message).toContain(words.replace("URL", `the answer of ${emulator.url}${CLIENTS}`));
      expect(calls()).toHaveLength(asked);
    }),
  );
});

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

  test("a delete needs no answer, and one without a body is repeated until it is proven", () =>
    withCloud(async ({ cloud, budget, emulator, account, calls }) => {
      emulator.setSwitches({ deleteStatus: 204 });
      await cloud.deleteClients([account.addClient({ name: "A" }).id], budget());
      emulator.resetSwitches();
      emulator.fault({ kind: "empty", when: "after", times: 1, method: "DELETE" });
      const gone = cloud.deleteClients([account.addClient({ name: "B" }).id], budget());
      await failing("NotFound", gone);
      expect(calls().map((call) => call.slice(-3))).toEqual(["204", "200", "404"]);
    }));
});

describe("the identity server", () => {
  const refusedWith = (fault: FaultEffect, kind: ErrorKind, words: readonly string[]): Promise<void> =>
    withCloud(async ({ cloud, budget, emulator, account, calls }) => {
      emulator.fault({ ...fault, path: "/identity/**" });
      const { message } = await failing(kind, cloud.listClients(budget()));
      for (const part of words) expect(message).toContain(part);
      expect(message).toContain(`Could not sign in to ThinkGeo as client ${account.clientId.slice(0, 6)}…`);
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
      "HTTP 400. Check thinkgeo:tokenUrl.",
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
    ["a cut connection", { kind: "reset" }, "Unavailable", "(after 10 attempts)"],
  ])("%s", (_, fault, kind, words) => refusedWith(fault, kind, [words]));

  test("wrong credentials: says which settings, and where the right ones are", () =>
    withCloud(async ({ connect, budget, tokenCalls }) => {
      const cloud = connect({ THINKGEO_CLIENT_SECRET: "canary-wrong-secret" });
      const { message } = await failing("Unauthorized", cloud.listClients(budget()));
      expect(message).toContain(
        "ThinkGeo's identity server does not accept thinkgeo:clientId with thinkgeo:clientSecret (invalid_client). Copy both again from Show Keys in ThinkGeo's console; the client must be NativeConfidential and active.",
      );
      expect(message).not.toContain("canary");
      expect(tokenCalls()).toBe(1);
    }));
});
