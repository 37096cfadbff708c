import type { Switches } from "../../../emulator/index";
import { Api, askToken, request, unknownId } from "../support";
import type { Proof } from "./world";

/** Proofs of the switches that decide limits and tokens. */
export const limits = {
  quota: async ({ set, account, emulator, createStatus }) => {
    set({ quota: 2 });
    const statuses = [await createStatus({}), await createStatus({}), await createStatus({})];
    expect(statuses).toEqual([200, 200, 429]);
    expect((await askToken(emulator)).status).toBe(200);
    expect(account.clients()).toHaveLength(5);
    set({ quota: 1 });
    expect(await createStatus({})).toBe(200);
    set({ quota: 0 });
    expect(await createStatus({})).toBe(200);
  },
  quotaRetryAfter: async ({ set, api }) => {
    set({ quota: 1, quotaRetryAfter: "Wed, 25 Nov 2026 00:00:00 GMT" });
    await api.list();
    const { status, headers } = await api.call("GET", "/api/v1/clients");
    expect([status, headers.get("retry-after")]).toEqual([429, "Wed, 25 Nov 2026 00:00:00 GMT"]);
  },
  urlLimit: async ({ set, remove }) => {
    set({ urlLimit: 200 });
    expect((await remove(unknownId, unknownId, unknownId, unknownId)).status).toBe(414);
    set({ urlLimit: 0 });
    expect((await remove(...Array.from({ length: 500 }, () => unknownId))).status).toBe(404);
  },
  latency: async ({ set, api }) => {
    set({ latency: 40 });
    const started = performance.now();
    await api.list();
    expect(performance.now() - started).toBeGreaterThan(38);
  },
  tokenLifetime: async ({ set, emulator }) => {
    set({ tokenLifetime: 7 });
    expect((await askToken(emulator)).json).toMatchObject({ expires_in: 7 });
  },
  expiresIn: async ({ set, emulator }) => {
    for (const lie of [0, -5, 1e300, "3600", ""]) {
      set({ expiresIn: lie });
      const { json } = await askToken(emulator);
      expect(json?.["expires_in"]).toBe(lie);
      const liar = Api.withToken(emulator, String(json?.["access_token"]));
      expect((await liar.call("GET", "/api/v1/clients")).status).toBe(200);
    }
  },
  tokenScope: async ({ set, emulator }) => {
    expect((await askToken(emulator)).json).not.toHaveProperty("scope");
    set({ tokenScope: true });
    expect((await askToken(emulator)).json).toHaveProperty("scope", "ThinkGeoCloudAPIs");
  },
  tokenAddressCheck: async ({ set, account, emulator }) => {
    account.editClient(account.operatorId, { allowedIpAddresses: ["203.0.113.0/24"] });
    expect((await askToken(emulator)).status).toBe(200);
    set({ tokenAddressCheck: true });
    expect(await askToken(emulator)).toMatchObject({ status: 400, json: { error: "invalid_client" } });
    const headers = { "x-emulator-client-address": "203.0.113.9" };
    expect((await askToken(emulator, account, {}, headers)).status).toBe(200);
  },
  wellKnown: async ({ set, emulator }) => {
    set({ wellKnown: false });
    const { status } = await request(`${emulator.url}/identity/.well-known/openid-configuration`);
    expect(status).toBe(404);
  },
} satisfies Partial<Record<keyof Switches, Proof>>;
