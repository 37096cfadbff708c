import type { Switches } from "../../../emulator/index";
import { unknownId } from "../support";
import type { Proof } from "./world";

const native = { clientType: "NativeConfidential" };
const clientsPath = "/api/v1/clients";

/** Proofs of the switches that decide what creates, updates and deletes do. */
export const writes = {
  emptyRoles: async ({ set, api, account }) => {
    set({ emptyRoles: "all" });
    const all = account.roles().map(({ id }) => id);
    expect((await api.create({ grantedRoles: [] })).grantedRoles).toEqual(all);
  },
  rolesWhenAbsent: async ({ set, api, account }) => {
    const all = account.roles().map(({ id }) => id);
    expect((await api.create()).grantedRoles).toEqual(all);
    set({ rolesWhenAbsent: "none" });
    const { id, grantedRoles } = await api.create();
    expect(grantedRoles).toEqual([]);
    expect((await api.update(id, { name: "x", grantedRoles: ["User"] })).grantedRoles).toEqual(
      all.slice(0, 1),
    );
    expect((await api.update(id, { name: "x" })).grantedRoles).toEqual([]);
    set({ emptyRoles: "all" });
    expect((await api.create({ grantedRoles: [] })).grantedRoles).toEqual(all);
  },
  updateMode: async ({ set, api, account }) => {
    set({ updateMode: "merge" });
    const made = await api.create({ ...native, allowedIpAddresses: ["203.0.113.7"], grantedRoles: ["User"] });
    expect(await api.update(made.id, { name: "renamed" })).toEqual({ ...made, name: "renamed" });
    await api.update(made.id, { allowedIpAddresses: [] });
    expect(account.client(made.id)?.allowedIpAddresses).toEqual([]);
    const page = await api.create({ allowedIpAddresses: ["203.0.113.7"] });
    expect(await api.update(page.id, { isActive: false })).toEqual({ ...page, isActive: false });
  },
  activeWhenAbsent: async ({ set, api }) => {
    set({ activeWhenAbsent: false });
    expect((await api.create()).isActive).toBe(false);
    expect((await api.create({ isActive: true })).isActive).toBe(true);
  },
  typeChange: async ({ set, api }) => {
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
  softDelete: async ({ set, api, remove }) => {
    set({ softDelete: true });
    const { id } = await api.create();
    expect((await remove(id)).status).toBe(200);
    expect((await api.get(id)).isActive).toBe(false);
    expect((await api.list()).map((client) => client.id)).toContain(id);
  },
  deleteUnknown: async ({ set, api, account, remove }) => {
    expect((await remove(unknownId)).status).toBe(404);
    set({ deleteUnknown: "ignore" });
    expect((await remove(unknownId)).status).toBe(200);
    const { id } = await api.create();
    expect((await remove(unknownId, id)).status).toBe(200);
    expect(account.client(id)).toBeUndefined();
  },
  batchDelete: async ({ set, api, account, remove }) => {
    const { id } = await api.create();
    expect((await remove(id, unknownId)).status).toBe(404);
    expect(account.client(id)).toBeDefined();
    set({ batchDelete: "partial" });
    const { status, json } = await remove(id, unknownId);
    expect([status, json?.error?.message]).toEqual([404, expect.stringContaining(unknownId)]);
    expect(account.client(id)).toBeUndefined();
  },
  repeatedIds: async ({ set, api, account, remove }) => {
    const three = async (): Promise<string[]> =>
      (await Promise.all([api.create(), api.create(), api.create()])).map(({ id }) => id);
    const left = async (ids: readonly string[]): Promise<boolean[]> => {
      expect((await remove(...ids)).status).toBe(200);
      return ids.map((id) => account.client(id) !== undefined);
    };
    expect(await left(await three())).toEqual([false, false, false]);
    set({ repeatedIds: "first" });
    expect(await left(await three())).toEqual([false, true, true]);
    set({ repeatedIds: "last" });
    expect(await left(await three())).toEqual([true, true, false]);
  },
  goneStatus: async ({ set, api, account, remove, getStatus }) => {
    const [byApi, byHand] = [await api.create(), account.addClient({ name: "by hand" })];
    await remove(byApi.id);
    account.deleteClient(byHand.id);
    expect([await getStatus(byApi.id), await getStatus(byHand.id)]).toEqual([404, 404]);
    set({ goneStatus: 410 });
    expect([await getStatus(byApi.id), await getStatus(byHand.id.toUpperCase())]).toEqual([410, 410]);
    expect((await remove(byApi.id)).status).toBe(410);
    expect(await getStatus("00000000-0000-4000-8000-000000000000")).toBe(404);
  },
  selfDelete: async ({ set, account, remove }) => {
    set({ selfDelete: "refused" });
    expect((await remove(account.operatorId)).status).toBe(400);
    expect(account.client(account.operatorId)).toBeDefined();
  },
  uniqueNames: async ({ set, api, createStatus }) => {
    set({ uniqueNames: true });
    const [a, b] = [await api.create({ name: "a" }), await api.create({ name: "b" })];
    expect(await createStatus({ name: "a" })).toBe(409);
    expect((await api.call("POST", `/api/v1/clients/${b.id}`, { name: "a" })).status).toBe(409);
    expect((await api.update(a.id, { name: "a", isActive: false })).isActive).toBe(false);
  },
  conflictStatus: async ({ set, api }) => {
    set({ uniqueNames: true, conflictStatus: 400 });
    await api.create({ name: "a" });
    const { status, json } = await api.call("POST", "/api/v1/clients", { name: "a" });
    expect([status, json?.data]).toEqual([400, { name: [expect.any(String)] }]);
  },
  nameLimit: async ({ set, createStatus }) => {
    set({ nameLimit: 4 });
    expect([await createStatus({ name: "four" }), await createStatus({ name: "fives" })]).toEqual([200, 400]);
  },
  nameForm: async ({ set, api, account }) => {
    const sent = " Cafe\u0301  <b>&\u00A0Web ";
    for (const [position, kept] of [
      ["kept", sent],
      ["shortened", sent.slice(0, 9)],
      ["lower", " cafe\u0301  <b>&\u00A0web "],
      ["normalised", "Caf\u00E9 <b>& Web"],
      ["escaped", " Cafe\u0301  &#60;b&#62;&#38;\u00A0Web "],
    ] as const) {
      set({ nameForm: position, nameLimit: position === "shortened" ? 9 : 0 });
      const made = await api.create({ name: sent });
      expect([made.name, account.client(made.id)?.name]).toEqual([kept, kept]);
      expect((await api.update(made.id, { name: "A  b" })).name).toBe(
        { lower: "a  b", normalised: "A b", kept: "A  b", shortened: "A  b", escaped: "A  b" }[position],
      );
    }
  },
  whitelistLimit: async ({ set, createStatus }) => {
    set({ whitelistLimit: 1 });
    expect(await createStatus({ allowedOrigins: ["a.com"] })).toBe(200);
    expect(await createStatus({ allowedOrigins: ["a.com", "b.com"] })).toBe(400);
  },
  otherList: async ({ set, api, createStatus }) => {
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
  validateEntries: async ({ set, api }) => {
    set({ validateEntries: false });
    expect((await api.create({ allowedOrigins: ["https://a.com/x"] })).allowedOrigins).toEqual([
      "https://a.com/x",
    ]);
  },
  normalise: async ({ set, api }) => {
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
  extraFields: async ({ set, api }) => {
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
  ignoreFields: async ({ set, api, account }) => {
    set({ ignoreFields: ["allowedOrigins", "isActive"] });
    const made = await api.create({ name: "a", allowedOrigins: ["a.com"], isActive: false });
    expect(made).toMatchObject({ name: "a", allowedOrigins: [], isActive: true });
    account.editClient(made.id, { allowedOrigins: ["b.com"] });
    const changed = await api.update(made.id, { name: "b", allowedOrigins: ["a.com"] });
    expect(changed).toMatchObject({ name: "b", allowedOrigins: ["b.com"] });
  },
  etag: async ({ set, api, account }) => {
    const { id } = await api.create();
    const path = `${clientsPath}/${id}`;
    const read = async (): Promise<string> => (await api.call("GET", path)).headers.get("etag") ?? "";
    const write = async (name: string, ifMatch: string): Promise<number> =>
      (await api.call("POST", path, { name }, { "if-match": ifMatch })).status;
    expect([await read(), await write("a", '"any"')]).toEqual(["", 200]);
    set({ etag: "strong" });
    const etag = await read();
    expect(etag).toMatch(/^"\w+"$/);
    expect([await write("b", etag), await write("c", etag), account.client(id)?.name]).toEqual([
      200,
      412,
      "b",
    ]);
    expect(await write("c", "*")).toBe(200);
    set({ etag: "weak" });
    const weak = await read();
    expect(weak).toMatch(/^W\/"\w+"$/);
    expect([await write("d", weak), await write("d", weak.slice(2)), await write("d", "*")]).toEqual([
      412, 412, 200,
    ]);
  },
  idempotencyKeys: async ({ set, api, account }) => {
    set({ idempotencyKeys: true });
    const post = async (key: string): Promise<string> =>
      (await api.call("POST", "/api/v1/clients", { name: "x" }, { "idempotency-key": key })).text;
    expect(await post("1")).toBe(await post("1"));
    expect(account.clients()).toHaveLength(4);
    await post("2");
    expect(account.clients()).toHaveLength(5);
  },
} satisfies Partial<Record<keyof Switches, Proof>>;
