import type { Switches } from "../../../emulator/index";
import { Api, request, tokenOf } from "../support";
import type { Proof } from "./world";

/** Proofs of the switches that decide who is allowed, and when a change is seen or in effect. */
export const access = {
  wildcardCoversBare: async ({ set, api, elevation }) => {
    const { apiKey } = await api.create({ allowedOrigins: ["*.acme.com"] });
    expect((await elevation(apiKey, { origin: "https://acme.com" })).status).toBe(403);
    set({ wildcardCoversBare: true });
    expect((await elevation(apiKey, { origin: "https://acme.com" })).status).toBe(200);
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
  originHeader: async ({ set, api, elevation }) => {
    const { apiKey } = await api.create({ allowedOrigins: ["acme.com"] });
    const [page, referrer] = [{ origin: "https://acme.com" }, { referer: "https://acme.com/map.html" }];
    const statuses = async (): Promise<number[]> => [
      (await elevation(apiKey, page)).status,
      (await elevation(apiKey, referrer)).status,
    ];
    expect(await statuses()).toEqual([200, 403]);
    set({ originHeader: "Referer" });
    expect(await statuses()).toEqual([403, 200]);
    set({ originHeader: "either" });
    expect(await statuses()).toEqual([200, 200]);
  },
  rights: async ({ set, api, account, emulator }) => {
    set({ rights: "token" });
    account.editClient(account.operatorId, {
      grantedRoles: ["Evaluator"],
      allowedIpAddresses: ["192.0.2.1"],
    });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(200);
    expect((await (await Api.for(emulator)).call("GET", "/api/v1/clients")).status).toBe(403);
    account.editClient(account.operatorId, { grantedRoles: ["User"], allowedIpAddresses: [] });
    expect((await (await Api.for(emulator)).call("GET", "/api/v1/clients")).status).toBe(200);
  },
  slowApply: async ({ set, api }) => {
    set({ slowApply: 2 });
    const { id } = await api.create();
    expect((await api.call("GET", `/api/v1/clients/${id}`)).status).toBe(404);
    const { json } = await api.call("GET", "/api/v1/clients");
    expect(json).toMatchObject({ totalCount: 3 });
    expect((await api.call("GET", `/api/v1/clients/${id}`)).status).toBe(200);
    expect(await api.list()).toHaveLength(4);
  },
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
  userRoleRefusal: async ({ set, api, account }) => {
    set({ userRoleRefusal: 401 });
    account.editClient(account.operatorId, { grantedRoles: [] });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(401);
  },
  serviceRoleRefusal: async ({ set, api, elevation }) => {
    const { apiKey } = await api.create({ grantedRoles: ["User"] });
    for (const status of [403, 401, 400] as const) {
      set({ serviceRoleRefusal: status });
      expect((await elevation(apiKey)).status).toBe(status);
    }
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
  apiKeyOnManagement: async ({ set, account, emulator }) => {
    set({ apiKeyOnManagement: "accepted" });
    const key = account.client("Sample Browser Client")?.apiKey ?? "";
    expect((await request(`${emulator.url}/api/v1/clients?apikey=${key}`)).status).toBe(200);
  },
  clientAddress: async ({ set, api, account }) => {
    account.editClient(account.operatorId, { allowedIpAddresses: ["203.0.113.0/24"] });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(403);
    set({ clientAddress: "203.0.113.9" });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(200);
    const stated = { "x-emulator-client-address": "127.0.0.1" };
    expect((await api.call("GET", "/api/v1/clients", undefined, stated)).status).toBe(403);
  },
} satisfies Partial<Record<keyof Switches, Proof>>;
