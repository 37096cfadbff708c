import { createHash } from "node:crypto";
import type { FaultScope } from "../../emulator";
import { PartialFailure } from "../../provider/errors";
import { NATIVE, withWorld, type ProviderRun, type World } from "./harness";

const CLIENTS = "/api/v1/clients";
const ID = "5f0c6d9e-0000-4000-8000-000000000001";
/** Moves the cursor, turns the text, hides, and ends lines: all that a screen can be deceived by. */
const HOSTILE = "\u001b[2J\u009b31m\u202eevil\u2066\u200b\u00ad\u0007\u007f\n\u2028\ud800 end";
const SHOWN = String.raw`\u001b[2J\u009b31m\u202eevil\u2066\u200b\u00ad\u0007\u007f`;
/** The provider has a class of its own for these, which this test must not trust. */
const DANGEROUS = /[\p{Cc}\p{Bidi_C}\u00ad\u200b\u2028\u2029\u2060\ufeff]/u;

type Where = readonly [place: string, meet: (world: World) => Promise<unknown>];

const saying = (world: World, status: number, body: unknown, scope: FaultScope = {}): void => {
  world.emulator.fault({ kind: "reply", status, text: JSON.stringify(body), path: `${CLIENTS}**`, ...scope });
};

const create = (run: ProviderRun, more: object = {}): Promise<unknown> =>
  run.life.create(run.check({ ...NATIVE, ...more }));

/** A client as the API shows it, with whatever is to be tried in it. */
const client = (fields: object): object => ({
  data: {
    id: ID,
    name: "server",
    clientType: "NativeConfidential",
    isActive: true,
    apiKey: "key",
    ...fields,
  },
  status: "success",
});

/** What is listed: the account's own client, and another. */
const listing = async (world: World, fields: object): Promise<void> => {
  const own = world.account.client(world.account.operatorId);
  const { data } = client(fields) as { data: object };
  saying(
    world,
    200,
    { data: [own, data], totalCount: 2, status: "success" },
    { method: "GET", path: CLIENTS },
  );
  await Promise.resolve();
};

const words: readonly Where[] = [
  [
    "the message of an error",
    (world) => {
      saying(world, 400, { error: { code: 400, message: HOSTILE }, status: "error" });
      return create(world.run());
    },
  ],
  [
    "the message of a success that failed",
    (world) => {
      saying(world, 200, { error: { code: 400, message: HOSTILE }, status: "error" });
      return create(world.run());
    },
  ],
  [
    "the message of server trouble, and of a wait that is too long",
    (world) => {
      const headers = { "retry-after": "86400" };
      const text = JSON.stringify({ error: { message: HOSTILE } });
      world.emulator.fault({ kind: "reply", status: 503, headers, text, path: CLIENTS, method: "GET" });
      return create(world.run());
    },
  ],
  [
    "the messages of a validation",
    (world) => {
      saying(world, 400, { data: { name: ["is odd.", HOSTILE] }, status: "fail" }, { method: "POST" });
      return create(world.run());
    },
  ],
  [
    "the names of what a validation refused",
    (world) => {
      saying(world, 400, { data: { [HOSTILE]: ["is odd."] }, status: "fail" }, { method: "POST" });
      return create(world.run());
    },
  ],
  [
    "the identity server's error",
    (world) => {
      saying(world, 400, { error: HOSTILE }, { path: "/identity/**" });
      return create(world.run());
    },
  ],
  [
    "the identity server's refusal of the credentials",
    (world) => {
      const refusal = { error: "invalid_client", error_description: HOSTILE };
      saying(world, 400, refusal, { path: "/identity/**" });
      return create(world.run());
    },
  ],
  [
    "the type of a client that is adopted",
    (world) => {
      saying(world, 200, client({ clientType: HOSTILE }), { method: "GET" });
      return create(world.run(), { adopt: ID });
    },
  ],
  [
    "the id and the type of a client of the wanted name",
    async (world) => {
      await listing(world, { id: HOSTILE, name: "Tiles", clientType: HOSTILE });
      return create(world.run(), { name: "Tiles" });
    },
  ],
  [
    "why it does not update a client",
    async (world) => {
      const run = world.run();
      const { id, outs } = await run.life.create(run.check(NATIVE));
      saying(world, 409, { error: { message: HOSTILE } }, { method: "POST", path: `${CLIENTS}/${id}` });
      return world.run().life.update(id, outs, run.check({ ...NATIVE, active: false }, outs));
    },
  ],
  [
    "the names of the account's roles",
    (world) => {
      world.emulator.setSwitches({ grantedRolesForm: "ids" });
      saying(world, 200, { data: [{ id: ID, name: HOSTILE }] }, { path: `${CLIENTS}/roles` });
      return create(world.run(), { grantedRoles: ["User"] });
    },
  ],
  [
    "whose a client is",
    async (world) => {
      const run = world.run();
      const { id, outs } = await run.life.create(run.check(NATIVE));
      world.account.deleteClient(id);
      return world.run().life.read(id, { ...outs, ownerId: HOSTILE });
    },
  ],
  [
    "what an item of the list is called that cannot be read",
    (world) => {
      // An address cannot carry half of a character.
      const id = HOSTILE.toWellFormed();
      const data = [{ id, name: HOSTILE, isActive: HOSTILE, [HOSTILE]: 1 }];
      saying(world, 200, { data, totalCount: 7 }, { method: "GET", path: CLIENTS });
      return world
        .run()
        .life.read(id, { type: "NativeConfidential", name: "Tiles", deletionPolicy: "delete" });
    },
  ],
  [
    "what it keeps instead of a whitelist that it accepted",
    async (world) => {
      const run = world.run();
      const fields = { allowedIpAddresses: [HOSTILE], sharedMode: "IpAddress" };
      saying(world, 201, client(fields), { method: "POST" });
      saying(world, 200, client(fields), { method: "GET", path: `${CLIENTS}/${ID}` });
      return create(run);
    },
  ],
  [
    "what it keeps instead of a name and of roles",
    async (world) => {
      const run = world.run();
      const fields = { name: HOSTILE, grantedRoles: [HOSTILE] };
      saying(world, 201, client(fields), { method: "POST" });
      saying(world, 200, client(fields), { method: "GET", path: `${CLIENTS}/${ID}` });
      return create(run, { name: "Tiles", grantedRoles: ["User"] });
    },
  ],
];

/** Where a message leads stands on a line of its own. */
const withoutItsLastLine = (text: string): string =>
  text.replace(/\nSee docs\/troubleshooting\.md#[\w-]+ in the package pulumi-thinkgeo\.$/, "");

describe("what a server says is made printable, and escaped once, where it is", () => {
  test.each(words)("%s", (_, meet) =>
    withWorld(async (world) => {
      const error = await meet(world).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof Error)) throw new Error("It should have failed and did not.");
      const reasons = error instanceof PartialFailure ? error.reasons : [];
      for (const text of [error.message, error.stack?.split("\n    at ")[0] ?? "", ...reasons]) {
        expect(withoutItsLastLine(text)).not.toMatch(DANGEROUS);
        expect(text.isWellFormed()).toBe(true);
      }
      expect(error.message).toContain(SHOWN);
      expect(error.message).not.toContain("\\\\u");
    }),
  );

  test("a content type is not shown at all", () =>
    withWorld(async (world) => {
      const headers = { "content-type": "text/html; canary=\u009b31m" };
      world.emulator.fault({ kind: "reply", text: "<p>", headers, path: CLIENTS });
      const error = await create(world.run()).catch((reason: unknown) => reason);
      expect(withoutItsLastLine(String(error))).not.toMatch(DANGEROUS);
      expect(String(error)).not.toContain("canary");
    }));
});

describe("what a server says is shown without the secrets that it has", () => {
  const secret = `${createHash("sha512").update("canary").digest("base64url").slice(0, 54)}~~`;
  const spellings = [
    secret,
    Buffer.from(`id:${secret}`).toString("base64"),
    Buffer.from(secret).toString("hex"),
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join(""),
    `${secret.slice(0, 20)}…`,
  ];

  test.each(spellings)("%s, in a value that it keeps", (spelled) =>
    withWorld(async (world) => {
      const fields = { allowedIpAddresses: [spelled], sharedMode: "IpAddress", apiSecret: secret };
      saying(world, 201, client(fields), { method: "POST" });
      saying(world, 200, client(fields), { method: "GET", path: `${CLIENTS}/${ID}` });
      const error = await create(world.run()).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(PartialFailure);
      expect(String(error)).toContain("[redacted]");
      expect(String(error)).not.toContain(spelled.slice(-30));
    }),
  );
});
