import type { Switches } from "../../../emulator/index";
import { itemsIn } from "../support";
import type { Proof } from "./world";

const native = { clientType: "NativeConfidential" };
const clientsPath = "/api/v1/clients";

/** Proofs of the switches that decide what answers look like. */
export const answers = {
  listItems: async ({ set, api, emulator }) => {
    const isEnvelope = (item: unknown): boolean => Object.hasOwn(item as object, "data");
    const lists = async (): Promise<boolean[][]> => {
      const paths = [clientsPath, "/api/v1/roles/accounts/current", "/api/v1/clients/roles"];
      const answers = await Promise.all(paths.map((path) => api.call("GET", path)));
      return answers.map(({ json }) => (json?.data as unknown[]).map(isEnvelope));
    };
    expect(await lists()).toEqual([
      [true, true, true],
      [true, true],
      [false, false],
    ]);
    const [first] = (await api.call("GET", clientsPath)).json?.data as { data: { id: string } }[];
    expect(first).toEqual({
      data: expect.objectContaining({ name: "Sample Browser Client" }) as object,
      status: "success",
      link: { rel: "self", title: "Self", href: `${emulator.url}${clientsPath}/${first?.data.id}` },
      elapsedTime: expect.stringMatching(/^00:00:\d\d\.\d{7}$/) as string,
    });
    set({ listItems: "mixed" });
    expect(await lists()).toEqual([
      [true, false, true],
      [true, false],
      [false, false],
    ]);
    set({ listItems: "plain" });
    expect((await lists()).flat()).not.toContain(true);
    expect(itemsIn(await api.call("GET", clientsPath))).toHaveLength(3);
  },
  nullMembers: async ({ set, api, remove }) => {
    const answers = async (): Promise<(object | undefined)[]> => {
      const { id } = await api.create();
      const [one, gone] = [await api.call("GET", `${clientsPath}/${id}`), await remove(id)];
      const [refused, roles] = [await remove(id), await api.call("GET", "/api/v1/roles/accounts/current")];
      const [item, role] = [one.json?.data, itemsIn(roles)[0]];
      return [one.json, item, gone.json, refused.json, role].map((content) => content as object);
    };
    const members = ["error", "apiSecret", "data", "data", "expiration"];
    const left = (await answers()).map((body, place) => Object.hasOwn(body ?? {}, members[place] ?? ""));
    expect(left).toEqual(Array(5).fill(false));
    set({ nullMembers: "null" });
    const kept = (await answers()).map((body, place) =>
      Object.entries(body ?? {}).find(([name]) => name === members[place]),
    );
    expect(kept).toEqual(members.map((member) => [member, null]));
  },
  enumCasing: async ({ set, api, account }) => {
    const made = await api.create({ ...native, name: "cased" });
    for (const [position, clientType, sharedMode] of [
      ["declared", "NativeConfidential", "IpAddress"],
      ["camel", "nativeConfidential", "ipAddress"],
      ["lower", "nativeconfidential", "ipaddress"],
      ["upper", "NATIVECONFIDENTIAL", "IPADDRESS"],
    ] as const) {
      set({ enumCasing: position });
      const shown = { clientType, sharedMode };
      expect(await api.get(made.id)).toMatchObject(shown);
      expect((await api.list()).at(-1)).toMatchObject(shown);
      expect(await api.update(made.id, { ...shown, name: "cased" })).toMatchObject(shown);
      expect(account.client("cased")).toMatchObject({ ...native, sharedMode: "IpAddress" });
    }
  },
  link: async ({ set, api, emulator }) => {
    const self = { rel: "self", title: "Self", href: `${emulator.url}${clientsPath}` };
    for (const [position, expected] of [
      ["object", { link: self }],
      ["array", { link: [self] }],
      ["links", { links: [self] }],
      ["none", {}],
    ] as const) {
      set({ link: position });
      const { link, links } = (await api.call("GET", clientsPath)).json ?? {};
      expect({ ...(link !== undefined && { link }), ...(links !== undefined && { links }) }).toEqual(
        expected,
      );
    }
  },
  successStatus: async ({ set, api }) => {
    set({ successStatus: "Success" });
    expect((await api.call("GET", "/api/v1/clients")).json?.status).toBe("Success");
  },
  listOrder: async ({ set, api }) => {
    const created = (await api.list()).map(({ name }) => name);
    set({ listOrder: "reversed" });
    expect((await api.list()).map(({ name }) => name)).toEqual(created.toReversed());
    set({ listOrder: "name" });
    expect((await api.list()).map(({ name }) => name)).toEqual(created.toSorted());
  },
  listCap: async ({ set, api }) => {
    set({ listCap: 2 });
    const { json } = await api.call("GET", "/api/v1/clients");
    expect(json).toMatchObject({ returningCount: 2, totalCount: 3 });
    expect(json?.data).toHaveLength(2);
  },
  listOmits: async ({ set, api }) => {
    const made = await api.create(native);
    set({ listOmits: ["apiSecret", "ownerId"] });
    const { apiSecret, ownerId, ...rest } = made;
    expect((await api.list()).at(-1)).toEqual(rest);
    expect(await api.get(made.id)).toMatchObject({ apiSecret, ownerId });
  },
  getOmits: async ({ set, api }) => {
    set({ getOmits: ["apiSecret"] });
    const made = await api.create(native);
    const { apiSecret, ...rest } = made;
    expect(apiSecret).toMatch(/~~$/);
    expect(await api.get(made.id)).toEqual(rest);
    expect(await api.update(made.id, { ...native, name: made.name })).toEqual(rest);
    expect((await api.list()).at(-1)).toEqual(made);
  },
  visibleClients: async ({ set, api, account, names, getStatus }) => {
    const { id } = await api.create();
    set({ visibleClients: "own" });
    expect([await names(), await getStatus(id)]).toEqual([["Emulator operator"], 404]);
    expect(await getStatus(account.operatorId)).toBe(200);
    expect((await api.update(id, { name: "still there" })).id).toBe(id);
    set({ visibleClients: "all" });
    expect([await names(), await getStatus(id)]).toEqual([expect.arrayContaining(["still there"]), 200]);
  },
  createSecret: async ({ set, api, account }) => {
    for (const [position, expected] of [
      ["shown", expect.stringMatching(/~~$/) as string],
      ["masked", "********"],
      ["absent", undefined],
    ] as const) {
      set({ createSecret: position });
      const made = await api.create(native);
      expect(made.apiSecret).toEqual(expected);
      expect((await api.get(made.id)).apiSecret).toBe(account.client(made.id)?.apiSecret);
    }
  },
  laterSecret: async ({ set, api, account }) => {
    for (const [position, expected] of [
      ["masked", "********"],
      ["absent", undefined],
    ] as const) {
      set({ laterSecret: position });
      const made = await api.create(native);
      expect(made.apiSecret).toMatch(/~~$/);
      expect((await api.get(made.id)).apiSecret).toBe(expected);
      expect((await api.update(made.id, { name: "x", ...native })).apiSecret).toBe(expected);
      expect((await api.list()).at(-1)?.apiSecret).toBe(expected);
      expect(account.client(made.id)?.apiSecret).toBe(made.apiSecret);
    }
  },
  mask: async ({ set, api }) => {
    set({ laterSecret: "masked", createSecret: "masked" });
    for (const mask of ["[hidden]", "<redacted>", "........", "####", "Not shown", ""]) {
      set({ mask });
      const made = await api.create(native);
      expect([made.apiSecret, (await api.get(made.id)).apiSecret]).toEqual([mask, mask]);
    }
  },
  javaScriptSecret: async ({ set, api }) => {
    expect(await api.create()).not.toHaveProperty("apiSecret");
    set({ nullMembers: "null" });
    expect(await api.create()).toHaveProperty("apiSecret", null);
    set({ javaScriptSecret: "absent" });
    expect(await api.create()).not.toHaveProperty("apiSecret");
    set({ javaScriptSecret: "shown" });
    expect((await api.create()).apiSecret).toMatch(/~~$/);
  },
  grantedRolesForm: async ({ set, api, account }) => {
    const { id, grantedRoles } = await api.create({ grantedRoles: ["User"] });
    expect(grantedRoles).toEqual([account.roles()[0]?.id]);
    set({ grantedRolesForm: "names" });
    expect((await api.get(id)).grantedRoles).toEqual(["User"]);
    expect((await api.create({ grantedRoles })).grantedRoles).toEqual(["User"]);
    expect(account.client(id)?.grantedRoles).toEqual(["User"]);
    set({ grantedRolesForm: "objects" });
    const pairs = [{ id: grantedRoles[0], name: "User" }];
    expect((await api.get(id)).grantedRoles).toEqual(pairs);
    expect((await api.call("POST", "/api/v1/clients", { name: "x", grantedRoles: pairs })).status).toBe(400);
  },
  reorder: async ({ set, api, account }) => {
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
  unrestricted: async ({ set, api }) => {
    expect((await api.create(native)).allowedIpAddresses).toEqual(["*.*.*.*"]);
    set({ unrestricted: "[]" });
    expect((await api.create(native)).allowedIpAddresses).toEqual([]);
    expect(await api.create()).toMatchObject({ allowedOrigins: [], allowedIpAddresses: [] });
  },
  createStatus: async ({ set, createStatus }) => {
    set({ createStatus: 201 });
    expect(await createStatus({})).toBe(201);
  },
  updateStatus: async ({ set, api, account }) => {
    const { id } = await api.create();
    for (const [status, text] of [
      [200, expect.stringContaining('"at 200"') as string],
      [201, expect.stringContaining('"at 201"') as string],
      [202, expect.stringContaining('"at 202"') as string],
      [204, ""],
    ] as const) {
      set({ updateStatus: status });
      const answer = await api.call("POST", `${clientsPath}/${id}`, { name: `at ${status}` });
      expect(answer).toMatchObject({ status, text });
      expect(account.client(id)?.name).toBe(`at ${status}`);
    }
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
  deleteStatus: async ({ set, api, account, remove }) => {
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
  deleteAnswer: async ({ set, api, account, remove }) => {
    const { id } = await api.create();
    set({ deleteAnswer: "empty" });
    expect(await remove(id)).toMatchObject({ status: 200, text: "" });
    expect(account.client(id)).toBeUndefined();
  },
} satisfies Partial<Record<keyof Switches, Proof>>;
