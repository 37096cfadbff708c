import { NATIVE, withWorld } from "./harness";

const POST = { method: "POST", path: "/api/v1/clients" } as const;
const NAMED = { ...NATIVE, autoName: undefined, name: "Tiles" };

describe("after a create whose outcome is not known", () => {
  test("a short list settles nothing: the create stops, and is not repeated", () =>
    withWorld(async ({ emulator, run }) => {
      emulator.fault({ kind: "drop", ...POST });
      emulator.onRequest(({ request }) => {
        if (request.method === "POST" && request.path === POST.path) emulator.setSwitches({ listCap: 1 });
      });
      const { life, check } = run();
      await expect(life.create(check(NAMED))).rejects.toThrow(
        "ThinkGeo listed 1 clients and says that there are 3",
      );
      expect(emulator.requests(POST)).toHaveLength(1);
    }));

  test("two new clients of the name, one a colleague's: the create stops and names both", () =>
    withWorld(async ({ emulator, account, own, run }) => {
      emulator.fault({ kind: "drop", when: "after", ...POST });
      const stop = emulator.onRequest(({ request, moment }) => {
        if (request.method !== "POST" || request.path !== POST.path || moment !== "after") return;
        account.addClient({ name: "Tiles" });
        stop();
      });
      const { life, check } = run();
      const failed = (await life.create(check(NAMED)).catch((error: unknown) => error)) as Error;
      for (const { id } of own()) expect(failed.message).toContain(id);
      expect([own().length, emulator.requests(POST).length]).toEqual([2, 1]);
    }));

  test("an inactive client of the name, which was there before, is not taken for the new one", () =>
    withWorld(async ({ emulator, account, own, run }) => {
      const old = account.addClient({ name: "Tiles", isActive: false });
      emulator.fault({ kind: "drop", when: "before", times: 1, ...POST });
      const { life, check } = run();
      const { id } = await life.create(check(NAMED));
      expect(id).not.toBe(old.id);
      expect(own().map((client) => client.isActive)).toEqual([false, true]);
    }));

  test("a new client of the name and another type is somebody else's", () =>
    withWorld(async ({ emulator, account, own, run }) => {
      emulator.fault({ kind: "drop", when: "before", times: 1, ...POST });
      const stop = emulator.onRequest(({ request }) => {
        if (request.method !== "POST" || request.path !== POST.path) return;
        account.addClient({ name: "Tiles", clientType: "JavaScript" });
        stop();
      });
      const { life, check } = run();
      const { id } = await life.create(check(NAMED));
      expect(own().map((client) => [client.clientType, client.id === id])).toEqual([
        ["JavaScript", false],
        ["NativeConfidential", true],
      ]);
    }));
});

test.each([400, 403, 409, 422])(
  "a create that is refused (%d) is neither repeated nor looked for",
  (status) =>
    withWorld(async ({ emulator, calls, run, own }) => {
      emulator.fault({ kind: "status", status, ...POST });
      const { life, check } = run();
      await expect(life.create(check(NAMED))).rejects.toThrow(`HTTP ${status}`);
      expect(calls().slice(1)).toEqual(["GET /api/v1/clients", "POST /api/v1/clients"]);
      expect(own()).toEqual([]);
    }),
);

test("a create that was refused can be tried again in the same run", () =>
  withWorld(async ({ emulator, own, run }) => {
    emulator.fault({ kind: "status", status: 400, times: 1, ...POST });
    const { life, check } = run();
    const [first, second] = await Promise.allSettled([life.create(check(NAMED)), life.create(check(NAMED))]);
    expect([first.status, second.status, own().length]).toEqual(["rejected", "fulfilled", 1]);
  }));
