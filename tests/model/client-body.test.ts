import { readArgs, type ClientArgs } from "../../provider/model/client";
import { changedBody, newBody, writable } from "../../provider/model/client-body";

const DECLARED = { type: "JavaScript", name: "Map", active: true, deletionPolicy: "delete" };
const args = (changes: object = {}): ClientArgs => readArgs({ ...DECLARED, ...changes });
const ARGS = args();

test("a new client's body says everything that is managed, and nothing else", () => {
  expect(newBody(ARGS, undefined)).toStrictEqual({
    name: "Map",
    clientType: "JavaScript",
    isActive: true,
    sharedMode: "Origin",
    allowedOrigins: [],
    allowedIpAddresses: [],
  });
  expect(newBody(args({ active: false }), ["User"])).toMatchObject({
    isActive: false,
    grantedRoles: ["User"],
  });
  expect(newBody(ARGS, [])).toMatchObject({ grantedRoles: [] });
});

test.each<[object, string]>([
  [{}, "Origin"],
  [{ allowedOrigins: ["acme.com"] }, "Origin"],
  [{ allowedIpAddresses: [] }, "Origin"],
  [{ allowedIpAddresses: ["203.0.113.7"] }, "IpAddress"],
  [{ type: "NativeConfidential" }, "IpAddress"],
  [{ type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] }, "IpAddress"],
])("%j is restricted by %s", (changes, sharedMode) => {
  expect(newBody(args(changes), undefined)["sharedMode"]).toBe(sharedMode);
});

test("what means the same is sent once, as it was spelled first", () => {
  const allowedOrigins = ["Bücher.de", "acme.com", "xn--bcher-kva.de.", "ACME.com", "*.acme.com"];
  const allowedIpAddresses = ["203.0.113.*", "203.0.113.7", "203.0.113.0/24", "203.0.113.7/32"];
  expect(newBody(args({ allowedOrigins, allowedIpAddresses }), undefined)).toMatchObject({
    allowedOrigins: ["Bücher.de", "acme.com", "*.acme.com"],
    allowedIpAddresses: ["203.0.113.*", "203.0.113.7"],
  });
});

describe("over what a client is", () => {
  const CURRENT = {
    id: "id",
    name: "Old",
    isActive: false,
    sharedMode: "IpAddress",
    allowedIpAddresses: ["1.2.3.4"],
    grantedRoles: [{ id: "role" }],
    apiKey: "key",
    apiSecret: "********",
    ownerId: "owner",
    description: "of somebody",
    quota: { daily: [1] },
  };

  test("only what was changed is overlaid: the rest stays, fields that we do not manage too", () => {
    expect(changedBody(ARGS, undefined, CURRENT, ["name"])).toStrictEqual({
      ...writable(CURRENT),
      name: "Map",
      clientType: "JavaScript",
      // The answer lacks it, and an update may reset what it lacks.
      allowedOrigins: [],
    });
  });

  test("a type that is not known stays", () => {
    const odd = { ...CURRENT, clientType: "Machine" };
    expect(changedBody(ARGS, undefined, odd, ["name"])).toMatchObject({ clientType: "Machine" });
  });

  test("with all changed, lists that are not declared are cleared, and roles are sent as texts", () => {
    const all = ["name", "active", "allowedIpAddresses"] as const;
    expect(changedBody(ARGS, undefined, CURRENT, all)).toStrictEqual({
      id: "id",
      name: "Map",
      clientType: "JavaScript",
      isActive: true,
      sharedMode: "Origin",
      allowedOrigins: [],
      allowedIpAddresses: [],
      grantedRoles: ["role"],
      description: "of somebody",
      quota: { daily: [1] },
    });
  });

  test("what the server computes is never sent back: a masked secret cannot become the secret", () => {
    expect(Object.keys(writable(CURRENT))).toEqual([
      ...[
        "id",
        "name",
        "isActive",
        "sharedMode",
        "allowedIpAddresses",
        "grantedRoles",
        "description",
        "quota",
      ],
    ]);
  });
});
