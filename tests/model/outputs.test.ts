import { liveClient, readState } from "../../provider/model/client";
import { inputsOf, outputsOf, toProperties } from "../../provider/model/outputs";
import type { RemoteClient } from "../../provider/model/wire";

const SECRET = "Qm9hdHMtYW5kLTE3LW90aGVyLXRoaW5ncy1vbi10aGUtd2F0ZXI0~~~~";
const OLD = "T2xkLWJvYXRzLWFuZC0xNy1vdGhlci10aGluZ3Mtb24td2F0ZXI0~~~~";
const SERVER: RemoteClient = {
  id: "id",
  name: "Tiles",
  clientType: "NativeConfidential",
  sharedMode: "IpAddress",
  allowedOrigins: [],
  allowedIpAddresses: ["203.0.113.0/24"],
  grantedRoles: ["role-id"],
  isActive: true,
  apiKey: "key",
  apiSecret: SECRET,
  ownerId: "owner",
  raw: {},
};
const WEB: RemoteClient = {
  ...SERVER,
  clientType: "JavaScript",
  sharedMode: "Origin",
  allowedOrigins: ["acme.com"],
  allowedIpAddresses: [],
  apiSecret: undefined,
};
type Declared = Readonly<Record<string, unknown>> & { readonly type: string };

const AS_SERVER: Declared = { type: "NativeConfidential", deletionPolicy: "delete" };
const AS_WEB: Declared = { type: "JavaScript", deletionPolicy: "delete" };

/** The outputs of a client, as the engine gets them. */
const outputs = (
  client: RemoteClient,
  declared: Declared,
  roles: readonly string[],
): Record<string, unknown> =>
  toProperties(outputsOf(client, liveClient(client, { type: declared.type }, roles), readState(declared)));

describe("outputs", () => {
  test("of a server's client", () => {
    expect(outputs(SERVER, { ...AS_SERVER, allowedIpAddresses: ["203.0.113.*"] }, ["User"])).toStrictEqual({
      name: "Tiles",
      type: "NativeConfidential",
      active: true,
      deletionPolicy: "delete",
      allowedIpAddresses: ["203.0.113.*"],
      clientId: "key",
      clientSecret: SECRET,
      effectiveRoles: ["User"],
      ownerId: "owner",
    });
  });

  test("of a browser's client: the key, and never a secret", () => {
    const shown = { ...WEB, apiSecret: "shown all the same" };
    expect(outputs(shown, { ...AS_WEB, allowedOrigins: ["ACME.com"] }, ["User"])).toStrictEqual({
      name: "Tiles",
      type: "JavaScript",
      active: true,
      deletionPolicy: "delete",
      allowedOrigins: ["ACME.com"],
      clientId: "key",
      apiKey: "key",
      effectiveRoles: ["User"],
      ownerId: "owner",
    });
  });

  test("keep the secret that an answer does not show, and take the one that it shows", () => {
    const declared = { ...AS_SERVER, clientSecret: OLD };
    expect(outputs({ ...SERVER, apiSecret: undefined }, declared, [])["clientSecret"]).toBe(OLD);
    expect(outputs(SERVER, declared, [])["clientSecret"]).toBe(SECRET);
    expect(outputs({ ...SERVER, apiSecret: undefined }, AS_SERVER, [])).not.toHaveProperty("clientSecret");
  });

  test("of a client whose type is not known are those of the declared type, with the secret that state has", () => {
    const found = outputs(
      { ...SERVER, clientType: "Native", apiSecret: undefined },
      { ...AS_SERVER, clientSecret: OLD },
      [],
    );
    expect(found).toMatchObject({ type: "NativeConfidential", clientSecret: OLD });
    expect(found).not.toHaveProperty("apiKey");
  });

  test("keep the owner that an answer does not show", () => {
    const anonymous = { ...SERVER, ownerId: undefined };
    expect(outputs(anonymous, { ...AS_SERVER, ownerId: "owner" }, [])["ownerId"]).toBe("owner");
    expect(outputs(anonymous, AS_SERVER, [])).not.toHaveProperty("ownerId");
  });

  test.each<[string, Partial<RemoteClient>, Partial<Declared>, unknown]>([
    ["declared, the same in other words", {}, { allowedIpAddresses: ["203.0.113.*"] }, ["203.0.113.*"]],
    ["declared, and changed by somebody", {}, { allowedIpAddresses: ["1.2.3.4"] }, ["203.0.113.0/24"]],
    ["declared, and taken away", { allowedIpAddresses: [] }, { allowedIpAddresses: ["1.2.3.4"] }, undefined],
    [
      "declared, and opened by somebody",
      { allowedIpAddresses: ["128.0.0.0/1", "0.0.0.0/1"] },
      { allowedIpAddresses: ["1.2.3.4"] },
      undefined,
    ],
    ["declared empty", { allowedIpAddresses: [] }, { allowedIpAddresses: [] }, []],
    [
      "declared empty, and everything said",
      { allowedIpAddresses: ["*.*.*.*"] },
      { allowedIpAddresses: [] },
      [],
    ],
    ["not declared, and restricted by somebody", {}, {}, ["203.0.113.0/24"]],
    ["not declared, and not restricted", { allowedIpAddresses: [] }, {}, undefined],
    ["not declared, and everything said", { allowedIpAddresses: ["*.*.*.*"] }, {}, undefined],
    ["not in effect", { sharedMode: "Origin" }, {}, undefined],
  ])("show a list that is %s", (_, live, declared, shown) => {
    const found = outputs({ ...SERVER, ...live }, { ...AS_SERVER, ...declared }, []);
    expect(found["allowedIpAddresses"]).toEqual(shown);
    expect("allowedIpAddresses" in found).toBe(shown !== undefined);
  });

  test.each<[string, string[] | undefined, string[], string[] | undefined]>([
    ["declared, in another order", ["User", "evaluator"], ["Evaluator", "User"], ["User", "evaluator"]],
    ["declared, and changed by somebody", ["User"], ["Evaluator"], ["Evaluator"]],
    ["declared empty", [], [], []],
    ["not declared", undefined, ["User"], undefined],
  ])("show roles that are %s", (_, grantedRoles, live, shown) => {
    const declared = grantedRoles === undefined ? AS_SERVER : { ...AS_SERVER, grantedRoles };
    const found = outputs(SERVER, declared, live);
    expect([found["grantedRoles"], found["effectiveRoles"]]).toEqual([shown, live]);
    expect("grantedRoles" in found).toBe(shown !== undefined);
  });

  test("hold nothing undefined, whatever the answer lacks", () => {
    const bare: RemoteClient = {
      ...SERVER,
      ...{
        clientType: undefined,
        sharedMode: undefined,
        apiKey: undefined,
        apiSecret: undefined,
        ownerId: undefined,
      },
    };
    for (const declared of [AS_SERVER, AS_WEB])
      expect(Object.values(outputs(bare, declared, []))).not.toContain(undefined);
    expect(outputs(bare, AS_WEB, [])["type"]).toBe("JavaScript");
  });
});

test("only the whitelist in effect counts; where it is not said, both do", () => {
  const both = { ...WEB, allowedIpAddresses: ["1.2.3.4"] };
  const listsIn = (sharedMode: string | undefined): unknown => {
    const { allowedOrigins, allowedIpAddresses } = liveClient(
      { ...both, sharedMode },
      { type: "JavaScript" },
      [],
    );
    return [allowedOrigins?.entries, allowedIpAddresses?.entries];
  };
  expect(listsIn("Origin")).toEqual([["acme.com"], []]);
  expect(listsIn("IpAddress")).toEqual([[], ["1.2.3.4"]]);
  expect(listsIn(undefined)).toEqual([["acme.com"], ["1.2.3.4"]]);
});

test("inputs are the outputs that a program can declare", () => {
  const found = outputs(SERVER, { ...AS_SERVER, grantedRoles: ["User"], replaceWhenChanged: { a: 1 } }, [
    "User",
  ]);
  expect(inputsOf({ ...found, __provider: "text", adopt: "x" })).toStrictEqual({
    name: "Tiles",
    type: "NativeConfidential",
    active: true,
    deletionPolicy: "delete",
    allowedIpAddresses: ["203.0.113.0/24"],
    grantedRoles: ["User"],
    replaceWhenChanged: { a: 1 },
  });
});
