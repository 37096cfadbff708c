import { inspect } from "node:util";
import type { FaultEffect } from "../../emulator";
import { ThinkGeoError, type ErrorKind } from "../../provider/cloud/failure";
import { CLIENTS, failing, withCloud, type CloudWorld } from "./cloud-world";
import { answering } from "./local-servers";

const NEW = { name: "Map", clientType: "NativeConfidential", sharedMode: "IpAddress", isActive: true };
const ID = "5f0c6d9e-0000-4000-8000-000000000001";

type Ask = (world: CloudWorld, ms?: number) => Promise<unknown>;
const asks: Record<string, Ask> = {
  list: ({ cloud, budget }, ms) => cloud.listClients(budget(ms)),
  read: ({ cloud, budget }, ms) => cloud.getClient(ID, budget(ms)),
  create: ({ cloud, budget }, ms) => cloud.createClient(NEW, "key", budget(ms)),
  update: ({ cloud, budget }, ms) => cloud.updateClient(ID, NEW, undefined, budget(ms)),
  delete: ({ cloud, budget }, ms) => cloud.deleteClients([ID], budget(ms)),
};
const every = Object.entries(asks);

describe("nothing of an answer that is not the API's is shown", () => {
  const CANARY = "canary-of-a-stranger";
  const bodies = [
    `<!DOCTYPE html><title>${CANARY}</title>`,
    CANARY,
    `{"data":{"name":"${CANARY}"`,
    `{"${CANARY}":"${CANARY}"}`,
    `"${CANARY}"`,
    `[{"error":"${CANARY}"}]`,
    `{"data":{"apiSecret":"${CANARY}"},"status":"success"}`,
    `{"data":["${CANARY}"],"totalCount":"${CANARY}"}`,
    `{"__proto__":{"id":"${CANARY}"},"constructor":"${CANARY}"}`,
  ];
  const cells = bodies.flatMap((text) => [200, 201, 404].map((status) => [status, text] as const));

  test.each(cells)("HTTP %d %s", (status, text) =>
    withCloud(async (world) => {
      world.emulator.fault({ kind: "reply", status, text, path: `${CLIENTS}**` });
      for (const [name, ask] of every) {
        const ended = await ask(world).catch((reason: unknown) => reason);
        // A delete needs no answer in particular.
        if (name !== "delete") expect(ended).toBeInstanceOf(ThinkGeoError);
        expect(inspect(ended, { depth: 10, showHidden: true })).not.toContain("canary");
      }
      expect(world.lines.join("\n")).not.toContain("canary");
    }),
  );
});

describe("a page in place of the API's 404 does not say that a client is gone", () => {
  test.each(every)("%s", (_, ask) =>
    withCloud(async (world) => {
      world.emulator.fault({ kind: "status", status: 404, body: "html", path: `${CLIENTS}**` });
      await failing("Malformed", ask(world));
      expect(world.calls()).toHaveLength(1);
    }),
  );

  test.each(every.filter(([name]) => !["list", "create"].includes(name)))(
    "but the API's own does: %s",
    (_, ask) =>
      withCloud(async (world) => {
        await failing("NotFound", ask(world));
      }),
  );
});

describe("a redirect is not followed", () => {
  const sentence = (status: number, to: string, setting = "thinkgeo:apiUrl"): string =>
    `: ThinkGeo returned HTTP ${status}, a redirect${to}. Redirects are not followed, so that credentials go nowhere else: set ${setting} to the final address, if you trust it.`;

  test.each([...every, ["sign in", asks["list"] ?? assertNever] as const])("by %s", (name, ask) =>
    answering(
      (_, response) => response.end("{}"),
      (elsewhere) =>
        withCloud(async (world) => {
          const path = name === "sign in" ? "/identity/**" : `${CLIENTS}**`;
          const location = `${elsewhere}/login?token=canary`;
          world.emulator.fault({ kind: "redirect", status: 307, location, path });
          const { message } = await failing("Untrusted", ask(world));
          const setting = name === "sign in" ? "thinkgeo:apiUrl or thinkgeo:tokenUrl" : "thinkgeo:apiUrl";
          expect(message).toContain(sentence(307, ` to ${elsewhere}/login`, setting));
          expect(message).not.toContain("canary");
          expect(world.emulator.requests({ path })).toHaveLength(1);
        }),
    ),
  );

  test.each([300, 399])("nor is HTTP %d without an address", (status) =>
    withCloud(async (world) => {
      world.emulator.fault({ kind: "reply", status, text: "", path: CLIENTS });
      const { message } = await failing("Untrusted", world.cloud.listClients(world.budget()));
      expect(message).toContain(sentence(status, ""));
    }),
  );
});

test.each([
  ["/login", "URL/login"],
  ["https://me:canary@host/a?canary#canary", "https://host/a"],
  ["https://host/a#access_token=canary", "https://host/a"],
  ["//host/a b", "http://host/a%20b"],
  ["/\u009b2J\u00ad", "URL/%C2%9B2J%C2%AD"],
  ["http://[/canary-no\u0085-url?x", "http://[/canary-no\\u0085-url"],
])("a redirect to %j tells where to, and nothing that is secret or not printable", (location, told) =>
  answering(
    (_, response) => response.writeHead(302, { location }).end(),
    (url) =>
      withCloud(async ({ connect, budget, emulator }) => {
        const tokenUrl = `${emulator.url}/identity/connect/token`;
        const cloud = connect({ THINKGEO_API_URL: url, THINKGEO_TOKEN_URL: tokenUrl });
        const { message } = await failing("Untrusted", cloud.listClients(budget()));
        expect(message).toContain(`HTTP 302, a redirect to ${told.replace("URL", url)}. Redirects`);
      }),
  ),
);

describe("a cache's HTTP 304 is no answer of the API", () => {
  // What was done before it came is not known: a reading stops, a create is looked for, the others are repeated.
  const ends: Record<string, [kind: ErrorKind, asked: number]> = {
    list: ["Malformed", 1],
    read: ["Malformed", 1],
    create: ["Ambiguous", 1],
    update: ["Malformed", 10],
    delete: ["Malformed", 10],
  };

  test.each(every)("to %s", (name, ask) =>
    withCloud(async (world) => {
      world.emulator.fault({ kind: "reply", status: 304, text: "", path: `${CLIENTS}**` });
      const [kind, asked] = ends[name] ?? assertNever();
      const { message } = await failing(kind, ask(world));
      expect(message).toContain("HTTP 304");
      expect(message).toContain(', "not modified". ');
      expect(world.calls()).toHaveLength(asked);
    }),
  );
});

describe("a server that stops is left when the time is up, and the phase is said", () => {
  const silent = "no response within 0.5 s";
  const began = "the server began its response and did not finish it within 0.5 s";
  const rows: [FaultEffect, string][] = [
    [{ kind: "stall-headers" }, silent],
    [{ kind: "stall-body" }, began],
  ];
  const cells = rows.flatMap(([fault, phase]) =>
    every.map(([name, ask]): [string, string, FaultEffect, string, Ask] => [
      fault.kind,
      name,
      fault,
      phase,
      ask,
    ]),
  );

  test.each(cells)("%s: %s", (_kind, name, fault, phase, ask) =>
    withCloud(async (world) => {
      await world.cloud.signIn(world.budget());
      // A first wait of half a second is more than is left for it.
      world.time.chance = 0.999;
      world.emulator.fault({ ...fault, path: `${CLIENTS}**` });
      const isReading = name === "list" || name === "read";
      const kind: ErrorKind = isReading ? "Unavailable" : "Ambiguous";
      const { message } = await failing(kind, ask(world, 450));
      expect(message).toContain(`: ${world.emulator.url}: ${phase}. `);
      expect(message).toContain(
        isReading
          ? "Check thinkgeo:apiUrl and the network (HTTPS_PROXY is honoured), then run the command again."
          : "Run the command again: what was done is recognised.",
      );
      expect(world.emulator.requests({ path: `${CLIENTS}**` })).toHaveLength(1);
    }),
  );
});

function assertNever(): never {
  throw new Error("There is no such request.");
}
