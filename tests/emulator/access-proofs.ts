import type { Switches } from "../../emulator/index";
import { Api, tokenOf } from "./support";
import type { Proof } from "./switch-world";

type Name =
  | ("listLag" | "getLag" | "updateAnswer" | "whitelistDelay")
  | ("originMatch" | "whitelistRefusal" | "serviceRoleRefusal");

/** Proofs of the switches that decide what is seen or in force when, and who is let in. */
export const accessProofs: Readonly<Record<Name & keyof Switches, Proof>> = {
  listLag: async ({ set, api, account, remove, names, pass, getStatus }) => {
    const old = await api.create({ name: "old" });
    pass(5000);
    set({ listLag: 3000 });
    const { id } = await api.create({ name: "new" });
    await api.update(old.id, { name: "renamed" });
    expect([await names(), await getStatus(id)]).toEqual([
      expect.not.arrayContaining(["new", "renamed"]),
      200,
    ]);
    pass(2999);
    expect(await names()).toEqual(expect.not.arrayContaining(["new", "renamed"]));
    pass(1);
    expect(await names()).toEqual(expect.arrayContaining(["new", "renamed"]));
    await remove(old.id);
    account.deleteClient(id);
    expect(await names()).toEqual(expect.arrayContaining(["new", "renamed"]));
    pass(3000);
    expect(await names()).toHaveLength(3);
    const { id: unseen } = await api.create({ name: "unseen" });
    expect((await remove(unseen)).status).toBe(200);
    expect(account.client(unseen)).toBeUndefined();
    pass(3000);
    expect(await names()).toHaveLength(3);
  },
  getLag: async ({ set, api, remove, names, pass, getStatus }) => {
    set({ getLag: 3000 });
    const { id } = await api.create({ name: "new" });
    expect([await names(), await getStatus(id)]).toEqual([expect.arrayContaining(["new"]), 404]);
    pass(3000);
    expect((await api.update(id, { name: "newer" })).name).toBe("newer");
    expect((await api.get(id)).name).toBe("new");
    pass(3000);
    expect((await api.get(id)).name).toBe("newer");
    await remove(id);
    expect([await names(), await getStatus(id)]).toEqual([expect.not.arrayContaining(["newer"]), 200]);
    pass(3000);
    expect(await getStatus(id)).toBe(404);
  },
  updateAnswer: async ({ set, api, account }) => {
    const made = await api.create({ name: "before" });
    set({ updateAnswer: "old" });
    expect(await api.update(made.id, { name: "after" })).toEqual(made);
    expect([(await api.get(made.id)).name, account.client(made.id)?.name]).toEqual(["after", "after"]);
    set({ updateAnswer: "no-data" });
    const bare = await api.call("POST", `/api/v1/clients/${made.id}`, { name: "later" });
    expect(bare).toMatchObject({ status: 200, json: { status: "success" } });
    expect(bare.json).not.toHaveProperty("data");
    set({ updateAnswer: "empty" });
    const silent = await api.call("POST", `/api/v1/clients/${made.id}`, { name: "last" });
    expect(silent).toMatchObject({ status: 200, text: "" });
    expect(account.client(made.id)?.name).toBe("last");
  },
  whitelistDelay: async ({ set, api, elevation, pass }) => {
    set({ whitelistDelay: 60_000 });
    const { id, apiKey } = await api.create({ allowedOrigins: ["acme.com"] });
    const statuses = (): Promise<number[]> =>
      Promise.all(
        ["https://acme.com", "https://new.com"].map(
          async (origin) => (await elevation(apiKey, { origin })).status,
        ),
      );
    expect(await statuses()).toEqual([200, 403]);
    await api.update(id, { name: "x", allowedOrigins: ["new.com"] });
    pass(59_999);
    expect(await statuses()).toEqual([200, 403]);
    pass(1);
    expect(await statuses()).toEqual([403, 200]);
  },
  originMatch: async ({ set, api, elevation }) => {
    const { apiKey } = await api.create({ allowedOrigins: ["acme.com", "*.acme.net"] });
    const origins = [
      "https://acme.com",
      "https://acme.com:8443",
      "http://acme.com",
      "http://www.acme.net:8080",
    ];
    for (const [position, expected] of [
      ["host", [200, 200, 200, 200]],
      ["host-and-port", [200, 403, 200, 403]],
      ["exact", [200, 403, 403, 403]],
    ] as const) {
      set({ originMatch: position });
      const answers = await Promise.all(origins.map((origin) => elevation(apiKey, { origin })));
      expect(answers.map(({ status }) => status)).toEqual(expected);
    }
    set({ originMatch: "host-and-port", validateEntries: false });
    const withPort = await api.create({ allowedOrigins: ["acme.com:8443"] });
    expect((await elevation(withPort.apiKey, { origin: "https://acme.com:8443" })).status).toBe(200);
    expect((await elevation(withPort.apiKey, { origin: "https://acme.com" })).status).toBe(403);
  },
  whitelistRefusal: async ({ set, api, account, emulator, elevation }) => {
    const { apiKey } = await api.create({ allowedOrigins: ["acme.com"] });
    const server = account.addClient({ name: "server", allowedIpAddresses: ["192.0.2.1"] });
    const credentials = { clientId: server.apiKey, clientSecret: server.apiSecret };
    const bearer = Api.withToken(emulator, await tokenOf(emulator, credentials));
    for (const status of [403, 401, 400] as const) {
      set({ whitelistRefusal: status });
      expect((await elevation(apiKey)).status).toBe(status);
      expect((await bearer.call("GET", "/api/v1/clients")).status).toBe(status);
    }
  },
  serviceRoleRefusal: async ({ set, api, elevation }) => {
    const { apiKey } = await api.create({ grantedRoles: ["User"] });
    for (const status of [403, 401, 400] as const) {
      set({ serviceRoleRefusal: status });
      expect((await elevation(apiKey)).status).toBe(status);
    }
  },
};
