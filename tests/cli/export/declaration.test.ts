import fc from "fast-check";
import { declare, type Declared } from "../../../cli/export/declaration";
import { findProblems } from "../../../provider/model/args";
import { diffClient } from "../../../provider/model/diff";
import type { RemoteClient } from "../../../provider/model/wire";
import { liveClient, readPlan } from "../../../provider/model/client";

const ALL = ["Evaluator", "User"];
const remote = (changes: Partial<RemoteClient> = {}): RemoteClient => ({
  id: "e876f033-27bb-499a-82e2-b1070256de03",
  name: "Shop",
  clientType: "NativeConfidential",
  sharedMode: "IpAddress",
  allowedOrigins: [],
  allowedIpAddresses: [],
  grantedRoles: ALL,
  isActive: true,
  apiKey: "public",
  apiSecret: "hidden",
  ownerId: "owner",
  raw: {},
  ...changes,
});
const browser = (
  allowedOrigins: readonly string[],
  sharedMode: string | undefined = "Origin",
): RemoteClient => remote({ clientType: "JavaScript", sharedMode, allowedOrigins });
const server = (...allowedIpAddresses: readonly string[]): RemoteClient => remote({ allowedIpAddresses });
const declaring = (client: RemoteClient): Declared => declare(client, client.grantedRoles, ALL);
const base = { adopt: "e876f033-27bb-499a-82e2-b1070256de03", name: "Shop", type: "NativeConfidential" };

test("a client with nothing special says only what it is; no key and no secret", () => {
  expect(declaring(remote())).toEqual({ ok: true, declaration: base, notes: [] });
});

test("an inactive client stays inactive", () => {
  expect(declaring(remote({ isActive: false }))).toMatchObject({ declaration: { ...base, active: false } });
});

describe("whitelists", () => {
  test.each([
    [server("203.0.113.*", "198.51.100.7/32", "203.0.113.0/24"), ["198.51.100.7/32", "203.0.113.*"]],
    [server("203.0.113.7/24", "198.51.100.7", "9.9.9.9"), ["9.9.9.9", "198.51.100.7", "203.0.113.0/24"]],
    [server(" 10.0.0.1 ", ""), ["10.0.0.1"]],
    [server("255.255.255.9/24"), ["255.255.255.0/24"]],
    [server("10.0.0.0/08"), ["10.0.0.0/8"]],
  ])("addresses, in one order and without repetition (%#)", (client, allowedIpAddresses) => {
    expect(declaring(client)).toEqual({ ok: true, declaration: { ...base, allowedIpAddresses }, notes: [] });
  });

  test("origins, in the account's spelling", () => {
    expect(
      declaring(browser(["shop.acme.com", "ACME.com", "acme.com.", " *.acme.com", "münchen.de"])),
    ).toMatchObject({
      declaration: { allowedOrigins: ["*.acme.com", "ACME.com", "shop.acme.com", "münchen.de"] },
    });
  });

  test.each([
    [server("0.0.0.0/0"), 'The account\'s addresses restrict nothing: "0.0.0.0/0".'],
    [
      server("0.0.0.0/0", "203.0.113.7"),
      'The account\'s addresses restrict nothing: "0.0.0.0/0", "203.0.113.7".',
    ],
    [
      server("0.0.0.0/1", "128.0.0.0/1"),
      'The account\'s addresses restrict nothing: "0.0.0.0/1", "128.0.0.0/1".',
    ],
    [browser(["*"]), 'The account\'s origins restrict nothing: "*".'],
  ])("a list that lets everybody in is not declared, and a note says so (%#)", (client, note) => {
    const declared = declaring(client);
    expect(declared).toMatchObject({ ok: true, notes: [note] });
    expect(declared).not.toHaveProperty("declaration.allowedIpAddresses");
    expect(declared).not.toHaveProperty("declaration.allowedOrigins");
  });

  test("the usual way to write that there is no restriction is not declared, and no note is needed", () => {
    const declared = declaring(server("*.*.*.*"));
    expect(declared).toMatchObject({ ok: true, notes: [] });
    expect(declared).not.toHaveProperty("declaration.allowedIpAddresses");
  });

  test("a list that is not in effect is not declared, and a note says so", () => {
    const client = remote({
      clientType: "JavaScript",
      allowedOrigins: ["a.com", "b.com", "c.com", "d.com", "e.com", "f\u202e.com"],
      allowedIpAddresses: ["203.0.113.7"],
    });
    expect(declaring(client)).toMatchObject({
      declaration: { allowedIpAddresses: ["203.0.113.7"] },
      notes: [
        'The account also keeps origins that are not in effect: "a.com", "b.com", "c.com", "d.com", "e.com", …',
      ],
    });
  });
});

describe("roles", () => {
  test.each([
    [["User", "Evaluator"], undefined],
    [["evaluator", "USER"], undefined],
    [["User"], ["User"]],
    [["User", "User"], ["User"]],
    [[], []],
  ])("%j is declared as %j, where the account has Evaluator and User", (roles, grantedRoles) => {
    const declared = declaring(remote({ grantedRoles: roles }));
    expect(declared.ok && declared.declaration.grantedRoles).toEqual(grantedRoles);
  });

  test.each([["1d9c2a8e-0000-4000-8000-000000000000"], ["evaluater"]])(
    "%s cannot be declared, so roles are left as they are, with a note",
    (role) => {
      const declared = declaring(remote({ grantedRoles: [role] }));
      expect(declared).toMatchObject({
        ok: true,
        notes: [expect.stringMatching(/^Its roles are left as they are: grantedRoles\[0\] .*[.?]$/)],
      });
      expect(declared).not.toHaveProperty("declaration.grantedRoles");
    },
  );
});

describe("left out", () => {
  const cases: readonly (readonly [RemoteClient, string])[] = [
    [remote({ clientType: undefined }), "ThinkGeo does not say of what type it is"],
    [
      remote({ clientType: "Web\n" }),
      'its type is "Web\\n", and only JavaScript and NativeConfidential can be declared',
    ],
    [remote({ name: " Shop" }), 'its name must not have spaces around it; write "Shop"'],
    [remote({ name: "" }), "its name must not be empty"],
    [remote({ name: "a\nb" }), "its name must not have control or invisible characters"],
    [remote({ name: "n".repeat(257) }), "its name must not be longer than 256 characters"],
    [
      remote({ name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
      "its name cannot be declared as the account has it",
    ],
    [remote({ id: "42" }), "its id must be the client's GUID"],
    [server("2001:db8::1"), 'its allowedIpAddresses[0] "2001:db8::1" looks like IPv6'],
    [server("010.0.0.1"), 'its allowedIpAddresses[0] "010.0.0.1" has a leading zero'],
    [server("0.0.0.0"), 'its allowedIpAddresses[0] "0.0.0.0" stands for every address'],
    [browser(["https://acme.com"]), 'its allowedOrigins[0] "https://acme.com" has a scheme'],
    [browser(["*.github.io"]), "is a public suffix"],
    [browser(["*.*"]), "stands for every origin"],
    [
      remote({ sharedMode: "Origin", allowedOrigins: ["a.com"] }),
      "its allowedOrigins cannot be used with type NativeConfidential",
    ],
    [
      { ...browser(["a.com"], "Both"), allowedIpAddresses: ["203.0.113.7"] },
      "its allowedIpAddresses cannot be used together with allowedOrigins",
    ],
  ];
  test.each(cases.map(([client, reason]) => [reason, client] as const))("%s", (reason, client) => {
    const declared = declaring(client);
    expect(declared.ok ? "" : declared.reason).toContain(reason);
  });
});

const entry = fc.oneof(
  fc.ipV4(),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.constantFrom(
    "203.0.113.*",
    "10.*.*.*",
    "*",
    "*.*.*.*",
    "::1",
    "",
    " acme.com ",
    "*.acme.com",
    "ACME.COM.",
    "acme.com:8080",
  ),
  fc.domain(),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const anyClient = fc.record({
  name: fc.string({ unit: "binary", maxLength: 20 }),
  clientType: fc.constantFrom("JavaScript", "NativeConfidential", "Other", undefined),
  sharedMode: fc.constantFrom("Origin", "IpAddress", "Other", undefined),
  allowedOrigins: fc.array(entry, { maxLength: 4 }),
  allowedIpAddresses: fc.array(entry, { maxLength: 4 }),
  grantedRoles: fc.array(fc.oneof(fc.constantFrom("User", "user", "Evaluator"), fc.uuid()), { maxLength: 3 }),
  isActive: fc.boolean(),
});

test("whatever a client is, its declaration passes check and changes nothing, or there is none", () => {
  let declared = 0;
  fc.assert(
    fc.property(anyClient, (fields) => {
      const client = remote(fields);
      const result = declaring(client);
      if (!result.ok) {
        expect(result.reason).not.toBe("");
        return;
      }
      declared++;
      const wanted: Record<string, unknown> = { ...result.declaration };
      expect(findProblems(wanted)).toEqual([]);
      const difference = diffClient(client.id, liveClient(client, {}, client.grantedRoles), readPlan(wanted));
      expect(difference).toEqual({ changed: [], stateOnly: [], replaces: [] });
    }),
    { numRuns: 2000 },
  );
  expect(declared).toBeGreaterThan(100);
});

const spelling = fc.oneof(
  fc.ipV4(),
  fc.domain(),
  fc.constantFrom(
    "203.0.113.*",
    "203.0.113.0/24",
    "203.0.113.9/24",
    "9.9.9.9",
    "9.9.9.9/32",
    "128.0.0.0/1",
    "0.0.0.0/1",
  ),
  fc.constantFrom("acme.com", "ACME.com", "acme.com.", "münchen.de", "xn--mnchen-3ya.de"),
);

test("the order in which the account lists things does not matter", () => {
  fc.assert(
    fc.property(fc.array(spelling, { minLength: 2, maxLength: 6 }), (entries) => {
      const turned = entries.toReversed();
      expect(declaring(browser(turned))).toEqual(declaring(browser(entries)));
      const addresses = entries.filter((text) => /^[\d.*/]+$/.test(text));
      expect(declaring(server(...addresses.toReversed()))).toEqual(declaring(server(...addresses)));
    }),
  );
});
