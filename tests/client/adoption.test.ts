import { PartialFailure } from "../../provider/errors";
import { NATIVE, withWorld } from "./harness";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const named = (changes: Record<string, unknown>): Record<string, unknown> => ({
  ...NATIVE,
  autoName: undefined,
  name: "Tiles",
  ...changes,
});

test("takes an existing client as it is: keys stay, what is declared is applied, the rest is left", () =>
  withWorld(
    async ({ account, own, run, emulator }) => {
      const before = account.addClient({
        name: "By hand",
        grantedRoles: ["User"],
        extra: { colour: "green" },
      });
      const { life, check, diff } = run();
      const inputs = check(named({ adopt: before.id.toUpperCase() }));
      const { id, outs } = await life.create(inputs);
      expect(id).toBe(before.id);
      expect(outs).toMatchObject({ name: "Tiles", clientId: before.apiKey, clientSecret: before.apiSecret });
      expect(own()).toEqual([{ ...before, name: "Tiles", allowedIpAddresses: ["203.0.113.7"] }]);
      expect(diff(id, outs, inputs)).toMatchObject({ changes: false });
      const later = run();
      expect(later.diff(id, outs, later.check(named({}), outs))).toMatchObject({ changes: false });
      expect(emulator.requests({ method: "POST", path: "/api/v1/clients" })).toEqual([]);
    },
    { switches: { extraFields: "kept" } },
  ));

test("writes nothing where nothing differs", () =>
  withWorld(async ({ account, run, emulator }) => {
    const { id } = account.addClient({ name: "Tiles", allowedIpAddresses: ["203.0.113.7"] });
    const { life, check } = run();
    await life.create(check(named({ adopt: id, allowedIpAddresses: ["203.0.113.7/32"] })));
    expect(emulator.requests({ method: "POST", path: "/api/**" })).toEqual([]);
  }));

test("of a client that is not there stops, and makes none", () =>
  withWorld(async ({ own, run }) => {
    const { life, check } = run();
    await expect(life.create(check(named({ adopt: NOBODY })))).rejects.toThrow(
      `Could not adopt client ${NOBODY} as "Tiles": the account has no client with that GUID. Correct the GUID`,
    );
    expect(own()).toEqual([]);
  }));

test.each([404, 503, 403])("is not settled by an HTTP %d that proves nothing", (status) =>
  withWorld(async ({ account, run, own, emulator }) => {
    const { id } = account.addClient({ name: "By hand" });
    emulator.fault({ kind: "status", status, body: "html", path: "/api/v1/clients/*" });
    const { life, check } = run();
    await expect(life.create(check(named({ adopt: id })))).rejects.not.toThrow("no client with that GUID");
    expect(own()).toMatchObject([{ name: "By hand" }]);
  }),
);

test("of a client of another type changes nothing, and says both types", () =>
  withWorld(async ({ account, run, own }) => {
    const { id } = account.addClient({ name: "By hand", clientType: "JavaScript" });
    const { life, check } = run();
    await expect(life.create(check(named({ adopt: id })))).rejects.toThrow(
      'it is of type JavaScript, and the program declares NativeConfidential. Declare type "JavaScript", or adopt another client.',
    );
    expect(own()).toMatchObject([{ name: "By hand" }]);
    // Corrected, it works in the same run.
    const web = { type: "JavaScript", name: "Web", adopt: id };
    expect((await life.create(check(web))).id).toBe(id);
  }));

test("of a client that the stack has already is refused, also by two resources at once", () =>
  withWorld(async ({ account, run, emulator }) => {
    const { id } = account.addClient({ name: "By hand" });
    const { life, check } = run();
    const both = await Promise.allSettled([
      life.create(check(named({ adopt: id }))),
      life.create(check(named({ adopt: id, name: "Other" }))),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(emulator.requests({ method: "GET", path: `/api/v1/clients/${id}` })).toHaveLength(1);
    await expect(life.create(check(named({ adopt: id, name: "Third" })))).rejects.toThrow(
      "is managed by this stack already",
    );
  }));

test("that the server does only in part keeps the client's id in state, with the provider's text", () =>
  withWorld(
    async ({ account, run }) => {
      const { id } = account.addClient({ name: "By hand" });
      const { life, check } = run();
      const inputs = check(named({ adopt: id }));
      const failure = await life.create(inputs).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PartialFailure);
      expect(failure).toMatchObject({
        id,
        properties: { name: "Tiles", __provider: inputs["__provider"] },
        message: expect.stringContaining(
          'ThinkGeo accepted allowedIpAddresses ["203.0.113.7"] and kept ["*.*.*.*"].',
        ) as string,
      });
    },
    { switches: { ignoreFields: ["allowedIpAddresses"] } },
  ));
