import type { Switches } from "../../emulator/index";
import { itemsIn } from "./support";
import type { Proof } from "./switch-world";

type Name =
  | ("listItems" | "nullMembers" | "enumCasing" | "link" | "listOmits" | "getOmits" | "visibleClients")
  | ("createSecret" | "laterSecret" | "mask" | "javaScriptSecret" | "nameForm" | "rolesWhenAbsent")
  | ("updateStatus" | "goneStatus" | "etag");

const native = { clientType: "NativeConfidential" };
const clientsPath = "/api/v1/clients";

/** Proofs of the switches that decide how clients are answered. */
export const answerProofs: Readonly<Record<Name & keyof Switches, Proof>> = {
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
};
