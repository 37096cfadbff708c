import { defaultSwitches, parseSwitch, startEmulator, switchValues } from "../../emulator/index";
import type { Emulator, EmulatorAccount, Switches } from "../../emulator/index";
import { accessProofs } from "./access-proofs";
import { answerProofs } from "./answer-proofs";
import { Api, askToken, request, tokenOf, unknownId, type Answer } from "./support";
import { SwitchWorld, type Proof } from "./switch-world";

let emulator: Emulator;
let account: EmulatorAccount;
let api: Api;
let world: SwitchWorld;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  emulator = await startEmulator({ now: () => now });
  world = await SwitchWorld.for(emulator, (ms) => (now += ms));
  ({ account, api } = world);
});
afterEach(() => emulator.close());

const set = (switches: Partial<Switches>): void => {
  emulator.setSwitches(switches);
};
const native = { clientType: "NativeConfidential" };
const createStatus = (fields: object): Promise<number> => world.createStatus(fields);
const remove = (...ids: string[]): Promise<Answer> => world.remove(...ids);
const elevation = (key: string, headers: Record<string, string> = {}): Promise<Answer> =>
  world.elevation(key, headers);

/** One proof for each switch: the compiler sees to it that none is missing. */
const proofs: Readonly<Record<keyof Switches, Proof>> = {
  ...answerProofs,
  ...accessProofs,
  grantedRolesForm: async () => {
    const { id, grantedRoles } = await api.create({ grantedRoles: ["User"] });
    expect(grantedRoles).toEqual([account.roles()[0]?.id]);
    set({ grantedRolesForm: "names" });
    expect((await api.get(id)).grantedRoles).toEqual(["User"]);
    expect((await api.create({ grantedRoles })).grantedRoles).toEqual(["User"]);
    expect(account.client(id)?.grantedRoles).toEqual(["User"]);
  },
  emptyRoles: async () => {
    set({ emptyRoles: "all" });
    const all = account.roles().map(({ id }) => id);
    expect((await api.create({ grantedRoles: [] })).grantedRoles).toEqual(all);
  },
  updateMode: async () => {
    set({ updateMode: "merge" });
    const made = await api.create({ ...native, allowedIpAddresses: ["203.0.113.7"], grantedRoles: ["User"] });
    expect(await api.update(made.id, { name: "renamed" })).toEqual({ ...made, name: "renamed" });
    await api.update(made.id, { allowedIpAddresses: [] });
    expect(account.client(made.id)?.allowedIpAddresses).toEqual([]);
    const page = await api.create({ allowedIpAddresses: ["203.0.113.7"] });
    expect(await api.update(page.id, { isActive: false })).toEqual({ ...page, isActive: false });
  },
  activeWhenAbsent: async () => {
    set({ activeWhenAbsent: false });
    expect((await api.create()).isActive).toBe(false);
    expect((await api.create({ isActive: true })).isActive).toBe(true);
  },
  typeChange: async () => {
    const { id } = await api.create(native);
    const body = { name: "x", clientType: "JavaScript", allowedOrigins: ["acme.com"] };
    expect((await api.call("POST", `/api/v1/clients/${id}`, body)).json?.data).toHaveProperty("clientType");
    set({ typeChange: "ignored" });
    expect((await api.update(id, { name: "x", clientType: "JavaScript" })).clientType).toBe(
      "NativeConfidential",
    );
    set({ typeChange: "applied" });
    expect(await api.update(id, body)).toMatchObject({ clientType: "JavaScript", sharedMode: "Origin" });
  },
  softDelete: async () => {
    set({ softDelete: true });
    const { id } = await api.create();
    expect((await remove(id)).status).toBe(200);
    expect((await api.get(id)).isActive).toBe(false);
    expect((await api.list()).map((client) => client.id)).toContain(id);
  },
  deleteUnknown: async () => {
    expect((await remove(unknownId)).status).toBe(404);
    set({ deleteUnknown: "ignore" });
    expect((await remove(unknownId)).status).toBe(200);
    const { id } = await api.create();
    expect((await remove(unknownId, id)).status).toBe(200);
    expect(account.client(id)).toBeUndefined();
  },
  batchDelete: async () => {
    const { id } = await api.create();
    expect((await remove(id, unknownId)).status).toBe(404);
    expect(account.client(id)).toBeDefined();
    set({ batchDelete: "partial" });
    const { status, json } = await remove(id, unknownId);
    expect([status, json?.error?.message]).toEqual([404, expect.stringContaining(unknownId)]);
    expect(account.client(id)).toBeUndefined();
  },
  selfDelete: async () => {
    set({ selfDelete: "refused" });
    expect((await remove(account.operatorId)).status).toBe(400);
    expect(account.client(account.operatorId)).toBeDefined();
  },
  uniqueNames: async () => {
    set({ uniqueNames: true });
    const [a, b] = [await api.create({ name: "a" }), await api.create({ name: "b" })];
    expect(await createStatus({ name: "a" })).toBe(409);
    expect((await api.call("POST", `/api/v1/clients/${b.id}`, { name: "a" })).status).toBe(409);
    expect((await api.update(a.id, { name: "a", isActive: false })).isActive).toBe(false);
  },
  nameLimit: async () => {
    set({ nameLimit: 4 });
    expect([await createStatus({ name: "four" }), await createStatus({ name: "fives" })]).toEqual([200, 400]);
  },
  whitelistLimit: async () => {
    set({ whitelistLimit: 1 });
    expect(await createStatus({ allowedOrigins: ["a.com"] })).toBe(200);
    expect(await createStatus({ allowedOrigins: ["a.com", "b.com"] })).toBe(400);
  },
  listOrder: async () => {
    const created = (await api.list()).map(({ name }) => name);
    set({ listOrder: "reversed" });
    expect((await api.list()).map(({ name }) => name)).toEqual(created.toReversed());
    set({ listOrder: "name" });
    expect((await api.list()).map(({ name }) => name)).toEqual(created.toSorted());
  },
  listCap: async () => {
    set({ listCap: 2 });
    const { json } = await api.call("GET", "/api/v1/clients");
    expect(json).toMatchObject({ returningCount: 2, totalCount: 3 });
    expect(json?.data).toHaveLength(2);
  },
  createStatus: async () => {
    set({ createStatus: 201 });
    expect(await createStatus({})).toBe(201);
  },
  deleteStatus: async () => {
    for (const [status, text] of [
      [200, expect.stringContaining('"success"') as string],
      [202, expect.stringContaining('"success"') as string],
      [204, ""],
    ] as const) {
      set({ deleteStatus: status });
      const { id } = await api.create();
      expect(await remove(id)).toMatchObject({ status, text });
      expect(account.client(id)).toBeUndefined();
    }
  },
  deleteAnswer: async () => {
    const { id } = await api.create();
    set({ deleteAnswer: "empty" });
    expect(await remove(id)).toMatchObject({ status: 200, text: "" });
    expect(account.client(id)).toBeUndefined();
  },
  conflictStatus: async () => {
    set({ uniqueNames: true, conflictStatus: 400 });
    await api.create({ name: "a" });
    const { status, json } = await api.call("POST", "/api/v1/clients", { name: "a" });
    expect([status, json?.data]).toEqual([400, { name: [expect.any(String)] }]);
  },
  idempotencyKeys: async () => {
    set({ idempotencyKeys: true });
    const post = async (key: string): Promise<string> =>
      (await api.call("POST", "/api/v1/clients", { name: "x" }, { "idempotency-key": key })).text;
    expect(await post("1")).toBe(await post("1"));
    expect(account.clients()).toHaveLength(4);
    await post("2");
    expect(account.clients()).toHaveLength(5);
  },
  normalise: async () => {
    set({ normalise: "server" });
    const origins = ["WWW.acme.com.", "acme.com", "www.acme.com"];
    expect((await api.create({ allowedOrigins: origins })).allowedOrigins).toEqual([
      "acme.com",
      "www.acme.com",
    ]);
    const addresses = ["203.0.113.*", "198.51.*.*", "192.0.2.1", "*.*.*.*"];
    expect((await api.create({ ...native, allowedIpAddresses: addresses })).allowedIpAddresses).toEqual([
      "*.*.*.*",
      "192.0.2.1",
      "198.51.0.0/16",
      "203.0.113.0/24",
    ]);
  },
  reorder: async () => {
    set({ reorder: true });
    const made = await api.create({ allowedOrigins: ["a.com", "b.com", "c.com"] });
    expect(made.allowedOrigins).toEqual(["c.com", "b.com", "a.com"]);
    expect(made.grantedRoles).toEqual(
      account
        .roles()
        .map(({ id }) => id)
        .toReversed(),
    );
    expect(account.client(made.id)?.allowedOrigins).toEqual(["a.com", "b.com", "c.com"]);
  },
  unrestricted: async () => {
    expect((await api.create(native)).allowedIpAddresses).toEqual(["*.*.*.*"]);
    set({ unrestricted: "[]" });
    expect((await api.create(native)).allowedIpAddresses).toEqual([]);
    expect(await api.create()).toMatchObject({ allowedOrigins: [], allowedIpAddresses: [] });
  },
  otherList: async () => {
    const both = { sharedMode: "Origin", allowedOrigins: ["a.com"], allowedIpAddresses: ["192.0.2.1"] };
    expect(await api.create(both)).toMatchObject({ allowedOrigins: ["a.com"], allowedIpAddresses: [] });
    set({ otherList: "kept" });
    expect(await api.create(both)).toMatchObject({
      allowedOrigins: ["a.com"],
      allowedIpAddresses: ["192.0.2.1"],
    });
    set({ otherList: "refused" });
    expect(await createStatus(both)).toBe(400);
  },
  validateEntries: async () => {
    set({ validateEntries: false });
    expect((await api.create({ allowedOrigins: ["https://a.com/x"] })).allowedOrigins).toEqual([
      "https://a.com/x",
    ]);
  },
  wildcardCoversBare: async () => {
    const { apiKey } = await api.create({ allowedOrigins: ["*.acme.com"] });
    expect((await elevation(apiKey, { origin: "https://acme.com" })).status).toBe(403);
    set({ wildcardCoversBare: true });
    expect((await elevation(apiKey, { origin: "https://acme.com" })).status).toBe(200);
  },
  originHeader: async () => {
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
  rights: async () => {
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
  slowApply: async () => {
    set({ slowApply: 2 });
    const { id } = await api.create();
    expect((await api.call("GET", `/api/v1/clients/${id}`)).status).toBe(404);
    const { json } = await api.call("GET", "/api/v1/clients");
    expect(json).toMatchObject({ totalCount: 3 });
    expect((await api.call("GET", `/api/v1/clients/${id}`)).status).toBe(200);
    expect(await api.list()).toHaveLength(4);
  },
  userRoleRefusal: async () => {
    set({ userRoleRefusal: 401 });
    account.editClient(account.operatorId, { grantedRoles: [] });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(401);
  },
  apiKeyOnManagement: async () => {
    set({ apiKeyOnManagement: "accepted" });
    const key = account.client("Sample Browser Client")?.apiKey ?? "";
    expect((await request(`${emulator.url}/api/v1/clients?apikey=${key}`)).status).toBe(200);
  },
  quota: async () => {
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
  quotaRetryAfter: async () => {
    set({ quota: 1, quotaRetryAfter: "Wed, 25 Nov 2026 00:00:00 GMT" });
    await api.list();
    const { status, headers } = await api.call("GET", "/api/v1/clients");
    expect([status, headers.get("retry-after")]).toEqual([429, "Wed, 25 Nov 2026 00:00:00 GMT"]);
  },
  successStatus: async () => {
    set({ successStatus: "Success" });
    expect((await api.call("GET", "/api/v1/clients")).json?.status).toBe("Success");
  },
  extraFields: async () => {
    expect(await api.create({ colour: "red" })).not.toHaveProperty("colour");
    set({ extraFields: "lost" });
    const made = await api.create({ colour: "red" });
    expect(made).toMatchObject({ colour: "red", description: "", createdDate: expect.any(String) as string });
    expect(await api.update(made.id, { name: "a", colour: "red" })).toMatchObject({ colour: "red" });
    expect(await api.update(made.id, { name: "b" })).not.toHaveProperty("colour");
    set({ extraFields: "kept" });
    const kept = await api.create({ colour: "red" });
    expect(await api.update(kept.id, { name: "b" })).toMatchObject({ colour: "red", description: "" });
  },
  ignoreFields: async () => {
    set({ ignoreFields: ["allowedOrigins", "isActive"] });
    const made = await api.create({ name: "a", allowedOrigins: ["a.com"], isActive: false });
    expect(made).toMatchObject({ name: "a", allowedOrigins: [], isActive: true });
    account.editClient(made.id, { allowedOrigins: ["b.com"] });
    const changed = await api.update(made.id, { name: "b", allowedOrigins: ["a.com"] });
    expect(changed).toMatchObject({ name: "b", allowedOrigins: ["b.com"] });
  },
  tokenLifetime: async () => {
    set({ tokenLifetime: 7 });
    expect((await askToken(emulator)).json).toMatchObject({ expires_in: 7 });
  },
  expiresIn: async () => {
    for (const lie of [0, -5, 1e300, "3600", ""]) {
      set({ expiresIn: lie });
      const { json } = await askToken(emulator);
      expect(json?.["expires_in"]).toBe(lie);
      const liar = Api.withToken(emulator, String(json?.["access_token"]));
      expect((await liar.call("GET", "/api/v1/clients")).status).toBe(200);
    }
  },
  tokenScope: async () => {
    expect((await askToken(emulator)).json).not.toHaveProperty("scope");
    set({ tokenScope: true });
    expect((await askToken(emulator)).json).toHaveProperty("scope", "ThinkGeoCloudAPIs");
  },
  tokenAddressCheck: async () => {
    account.editClient(account.operatorId, { allowedIpAddresses: ["203.0.113.0/24"] });
    expect((await askToken(emulator)).status).toBe(200);
    set({ tokenAddressCheck: true });
    expect(await askToken(emulator)).toMatchObject({ status: 400, json: { error: "invalid_client" } });
    const headers = { "x-emulator-client-address": "203.0.113.9" };
    expect((await askToken(emulator, account, {}, headers)).status).toBe(200);
  },
  wellKnown: async () => {
    set({ wellKnown: false });
    const { status } = await request(`${emulator.url}/identity/.well-known/openid-configuration`);
    expect(status).toBe(404);
  },
  urlLimit: async () => {
    set({ urlLimit: 200 });
    expect((await remove(unknownId, unknownId, unknownId, unknownId)).status).toBe(414);
    set({ urlLimit: 0 });
    expect((await remove(...Array.from({ length: 500 }, () => unknownId))).status).toBe(404);
  },
  latency: async () => {
    set({ latency: 40 });
    const started = performance.now();
    await api.list();
    expect(performance.now() - started).toBeGreaterThan(38);
  },
  clientAddress: async () => {
    account.editClient(account.operatorId, { allowedIpAddresses: ["203.0.113.0/24"] });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(403);
    set({ clientAddress: "203.0.113.9" });
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(200);
    const stated = { "x-emulator-client-address": "127.0.0.1" };
    expect((await api.call("GET", "/api/v1/clients", undefined, stated)).status).toBe(403);
  },
};

test.each(Object.entries(proofs))("switch %s", (_name, proof) => proof(world));

test("every switch has a proof, and a text of what it accepts", () => {
  expect(Object.keys(proofs).toSorted()).toEqual(Object.keys(defaultSwitches).toSorted());
  expect([...switchValues.keys()].toSorted()).toEqual(Object.keys(defaultSwitches).toSorted());
});

test("switches can be given at the start, and are reset to the default", async () => {
  const other = await startEmulator({ switches: { listCap: 1 } });
  expect(await (await Api.for(other)).list()).toHaveLength(1);
  other.resetSwitches();
  expect(other.switches).toEqual(defaultSwitches);
  await other.close();
});

describe("from the command line", () => {
  test.each([
    ["grantedRolesForm=ids", { grantedRolesForm: "ids" }],
    ["softDelete=true", { softDelete: true }],
    ["createStatus=201", { createStatus: 201 }],
    ["tokenLifetime=0.5", { tokenLifetime: 0.5 }],
    ["unrestricted=[]", { unrestricted: "[]" }],
    ["quotaRetryAfter=120", { quotaRetryAfter: "120" }],
    ["expiresIn=null", { expiresIn: null }],
    ["ignoreFields=name,isActive", { ignoreFields: ["name", "isActive"] }],
    ["ignoreFields=", { ignoreFields: [] }],
    ["listOmits=apiSecret", { listOmits: ["apiSecret"] }],
  ])("%s", (argument, expected) => {
    expect(parseSwitch(argument)).toEqual(expected);
  });

  test.each([
    ["softDelete", 'A switch is written name=value, not "softDelete".'],
    ["nonsense=1", 'There is no switch called "nonsense".'],
    ["softDelete=maybe", 'The switch "softDelete" takes true or false, not "maybe".'],
    ["createStatus=418", 'The switch "createStatus" takes 200 or 201, not 418.'],
    ["constructor=1", 'There is no switch called "constructor".'],
  ])("%s is refused in a sentence", (argument, sentence) => {
    expect(() => parseSwitch(argument)).toThrow(sentence);
  });
});

test("a token of one emulator opens no other", async () => {
  const other = await startEmulator();
  const stranger = Api.withToken(other, await tokenOf(emulator));
  expect((await stranger.call("GET", "/api/v1/clients")).status).toBe(401);
  await other.close();
});
