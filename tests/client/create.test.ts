import type { FaultRule } from "../../emulator";
import { NATIVE, withWorld } from "./harness";

const POST = { method: "POST", path: "/api/v1/clients" } as const;

describe("a client is made exactly once", () => {
  const applied: readonly (readonly [string, FaultRule])[] = [
    ["the connection is dropped", { kind: "drop" }],
    ["the connection is reset", { kind: "reset" }],
    ["a gateway answers 502", { kind: "status", status: 502 }],
    ["the server answers 500", { kind: "status", status: 500 }],
    ["the server answers 503", { kind: "status", status: 503 }],
    ["a gateway answers 504 with a page", { kind: "status", status: 504, body: "html" }],
    ["the body is cut", { kind: "truncate" }],
    ["the body is cut cleanly", { kind: "truncate", ending: "clean" }],
    ["the body is garbage", { kind: "garbage" }],
    ["the answer is empty", { kind: "empty" }],
    ["a proxy's page comes in its place", { kind: "html" }],
    ["another client is answered", { kind: "other-client", client: "Sample Native Client" }],
    ["no id is answered", { kind: "broken-client", client: "server-81104380" }],
  ];
  test.each(applied)("the server makes it, and %s", (_, fault) =>
    withWorld(async ({ emulator, account, own, run }) => {
      const born = account.clients();
      const { life, check } = run();
      emulator.fault({ ...fault, when: "after", times: 1, ...POST });
      const { id, outs } = await life.create(check(NATIVE));
      expect(own()).toEqual([
        expect.objectContaining({ id, name: outs["name"], apiSecret: outs["clientSecret"] }),
      ]);
      expect(account.clients().slice(0, born.length)).toEqual(born);
      expect(emulator.requests(POST)).toHaveLength(1);
    }),
  );

  const lost: readonly (readonly [string, FaultRule, string])[] = [
    ["the connection is dropped", { kind: "drop" }, "the connection was closed before the response"],
    ["the connection is reset", { kind: "reset" }, "ECONNRESET"],
    ["a gateway answers 502", { kind: "status", status: 502 }, "ThinkGeo returned HTTP 502"],
  ];
  test.each(lost)(
    "the server does not make it, and %s: it is asked once a run, and the next run makes it",
    (_, fault, words) =>
      withWorld(async ({ emulator, own, run }) => {
        emulator.fault({ ...fault, when: "before", times: 1, ...POST });
        const { life, check } = run();
        const failed = (await life.create(check(NATIVE)).catch((error: unknown) => error)) as Error;
        expect(failed.message).toContain(`Could not create client "server-81104380": `);
        expect(failed.message).toContain(words);
        expect(failed.message).toContain(
          "; and the account's list shows no new client. A client may exist all the same. Run the command again in a minute",
        );
        expect([emulator.requests(POST).length, own()]).toEqual([1, []]);
        const { id } = await run().life.create(check(NATIVE));
        expect(own().map((client) => client.id)).toEqual([id]);
      }),
  );

  test("it is refused for now, and asked for again", () =>
    withWorld(async ({ emulator, own, run }) => {
      emulator.fault({ kind: "status", status: 429, retryAfter: 2, when: "before", times: 1, ...POST });
      const { life, check } = run();
      const { id } = await life.create(check(NATIVE));
      expect(own().map((client) => client.id)).toEqual([id]);
      expect(emulator.requests(POST)).toHaveLength(2);
    }));

  test("no answer comes in time after the server applied it", () =>
    withWorld(async ({ emulator, own, run }) => {
      const { life, check } = run({ THINKGEO_REQUEST_TIMEOUT: "1" });
      emulator.fault({ kind: "stall-headers", when: "after", times: 1, ...POST });
      const { id } = await life.create(check(NATIVE));
      expect(own().map((client) => client.id)).toEqual([id]);
    }));

  test("two of one explicit name at once, with lost replies: two clients, each once", () =>
    withWorld(async ({ emulator, own, run }) => {
      const { life, check } = run();
      emulator.fault({ kind: "reset", when: "after", times: 2, ...POST });
      const inputs = () => check({ ...NATIVE, autoName: undefined, name: "Twin" });
      const made = await Promise.all([life.create(inputs()), life.create(inputs())]);
      expect(
        own()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(made.map(({ id }) => id).sort());
      expect(new Set(made.map(({ id }) => id)).size).toBe(2);
    }));

  test("many at once: one token, one list, one table of roles, one request each", () =>
    withWorld(async ({ run, own, calls }) => {
      const { life, check } = run();
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => life.create(check({ ...NATIVE, autoName: `c${n}-1234abcd` }))),
      );
      expect(own()).toHaveLength(30);
      expect(calls()).toHaveLength(33);
    }));

  test("a new client that cannot be seen at once is waited for, and its id is kept", () =>
    withWorld(async ({ emulator, own, run }) => {
      emulator.setSwitches({ slowApply: 3, ignoreFields: ["allowedIpAddresses"] });
      const { life, check } = run();
      const failure = await life.create(check(NATIVE)).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: "PartialFailure", id: own()[0]?.id });
      emulator.setSwitches({ slowApply: 1000 });
      const late = await life
        .create(check({ ...NATIVE, autoName: "other-1234abcd" }))
        .catch((error: unknown) => error);
      expect(late).toMatchObject({
        name: "PartialFailure",
        id: own()[1]?.id,
        properties: { clientSecret: own()[1]?.apiSecret },
      });
    }));
});

describe("a client of the wanted name that state does not know", () => {
  test("stops the create and is named, with the line that adopts it", () =>
    withWorld(async ({ account, own, run }) => {
      const { life, check } = run();
      const inputs = check(NATIVE);
      const lost = account.addClient({ name: String(inputs["name"]) });
      await expect(life.create(inputs)).rejects.toThrow(
        `If an interrupted run created it, or this resource's client was deleted and created again by hand, add  adopt: "${lost.id}"  to the resource, or delete it in ThinkGeo's console, but only if no other stack owns it. If it belongs to another stack, do not adopt it`,
      );
      expect(own()).toEqual([lost]);
    }));

  test("is taken over with onLostClient adopt, if its name was generated and its type is right", () =>
    withWorld(async ({ account, own, run }) => {
      const { life, check } = run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
      const inputs = check(NATIVE);
      const lost = account.addClient({ name: String(inputs["name"]) });
      expect((await life.create(inputs)).id).toBe(lost.id);
      expect(own()).toEqual([{ ...lost, allowedIpAddresses: ["203.0.113.7"] }]);
      const adopting = { THINKGEO_ON_LOST_CLIENT: "adopt" };
      const other = check({ ...NATIVE, autoName: "other-1234abcd" });
      account.addClient({ name: String(other["name"]), clientType: "JavaScript", sharedMode: "Origin" });
      await expect(run(adopting).life.create(other)).rejects.toThrow("(JavaScript)");
      const named = check({ type: "NativeConfidential", name: "Server" });
      const foreign = account.addClient({ name: "Server" });
      await expect(run(adopting).life.create(named)).rejects.toThrow("choose another name");
      expect(own()).toHaveLength(3);
      expect(account.client(foreign.id)).toEqual(foreign);
    }));

  test("is taken over once: an adopt line of another resource that names it as well is refused in the same run", () =>
    withWorld(async ({ account, own, run }) => {
      const { life, check } = run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
      const inputs = check(NATIVE);
      const lost = account.addClient({ name: String(inputs["name"]) });
      const other = check({ ...NATIVE, autoName: "other-1234abcd", adopt: lost.id });
      await life.create(inputs);
      await expect(life.create(other)).rejects.toThrow("is managed by this stack already");
      expect(own()).toMatchObject([{ id: lost.id, name: inputs["name"] }]);
    }));

  test("is not taken over where there are two", () =>
    withWorld(async ({ account, run }) => {
      const { life, check } = run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
      const inputs = check(NATIVE);
      const lost = [1, 2].map(() => account.addClient({ name: String(inputs["name"]) }));
      await expect(life.create(inputs)).rejects.toThrow(
        `${lost[0]?.id ?? ""} (NativeConfidential), ${lost[1]?.id ?? ""}`,
      );
    }));

  test("is passed by if it is inactive and an active one is wanted: a retired key is not woken", () =>
    withWorld(async ({ account, own, run }) => {
      const { life, check } = run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
      const inputs = check(NATIVE);
      const retired = account.addClient({ name: String(inputs["name"]), isActive: false });
      expect((await life.create(inputs)).id).not.toBe(retired.id);
      expect(own()).toHaveLength(2);
      await expect(run().life.create({ ...inputs, active: false })).rejects.toThrow(retired.id);
    }));

  test("cannot be told where the list is short, so nothing is made", () =>
    withWorld(async ({ emulator, own, run }) => {
      emulator.setSwitches({ listCap: 2 });
      const { life, check } = run();
      await expect(life.create(check(NATIVE))).rejects.toThrow(
        "ThinkGeo listed 2 clients and says that there are 3",
      );
      expect(own()).toEqual([]);
    }));

  test("nothing is made in another account than state's", () =>
    withWorld(
      async ({ emulator, run }) => {
        const first = run();
        const inputs = first.check(NATIVE);
        const { id, outs } = await first.life.create(inputs);
        const [, other] = emulator.accounts;
        const stranger = run(other?.environment);
        stranger.diff(id, outs, inputs);
        await expect(
          stranger.life.create(stranger.check({ ...NATIVE, autoName: "new-1234abcd" })),
        ).rejects.toThrow("this stack's clients belong to account");
        expect(other?.clients()).toHaveLength(3);
      },
      { accounts: 2 },
    ));
});

describe("roles", () => {
  test.each(["names", "ids"] as const)("are sent as the account has them: %s", (grantedRolesForm) =>
    withWorld(
      async ({ run, own, emulator }) => {
        const { life, check } = run();
        const { outs } = await life.create(check({ ...NATIVE, grantedRoles: ["Evaluator"] }));
        expect(own()).toEqual([expect.objectContaining({ grantedRoles: ["Evaluator"] })]);
        expect(outs).toMatchObject({ grantedRoles: ["Evaluator"], effectiveRoles: ["Evaluator"] });
        expect(emulator.requests({ path: "/api/v1/clients/roles" })).toHaveLength(
          grantedRolesForm === "ids" ? 1 : 0,
        );
      },
      { switches: { grantedRolesForm } },
    ),
  );

  test("that the account does not have are told with those it has", () =>
    withWorld(
      async ({ run, own }) => {
        const { life, check } = run();
        await expect(life.create(check({ ...NATIVE, grantedRoles: ["Subscriber"] }))).rejects.toThrow(
          'the account has no role "Subscriber". Its roles are User, Evaluator',
        );
        expect(own()).toEqual([]);
      },
      { switches: { grantedRolesForm: "ids" } },
    ));
});
