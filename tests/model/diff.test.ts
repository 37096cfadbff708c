import fc from "fast-check";
import { existingIn, readPlan, readState } from "../../provider/model/client";
import { diffClient, type Difference } from "../../provider/model/diff";
import { UNKNOWN, type Properties } from "../../provider/model/values";

const ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const IS: Properties = {
  name: "Map",
  type: "JavaScript",
  active: true,
  deletionPolicy: "delete",
  allowedOrigins: ["acme.com", "*.acme.com"],
  allowedIpAddresses: [],
  grantedRoles: ["User", "Evaluator"],
  replaceWhenChanged: { rotation: 1 },
};
const WANTED: Properties = {
  name: "Map",
  type: "JavaScript",
  active: true,
  deletionPolicy: "delete",
  allowedOrigins: ["acme.com", "*.acme.com"],
  grantedRoles: ["User", "Evaluator"],
  replaceWhenChanged: { rotation: 1 },
};
const NONE: Difference = { changed: [], stateOnly: [], replaces: [] };

const compare = (existing: Properties, wanted: Properties): Difference =>
  diffClient(ID, existingIn(readState(existing)), readPlan(wanted));

const differs = (existing: Properties, wanted: Properties): Difference =>
  compare({ ...IS, ...existing }, { ...WANTED, ...wanted });

describe("no difference", () => {
  test.each<[string, Properties, Properties]>([
    ["the same", {}, {}],
    [
      "another order and spelling of origins",
      {},
      { allowedOrigins: ["*.ACME.com.", "acme.com", "acme.com"] },
    ],
    ["another order and case of roles", {}, { grantedRoles: ["evaluator", "User", "User"] }],
    [
      "roles that are not declared, whatever they are",
      { grantedRoles: ["Subscriber"] },
      { grantedRoles: undefined },
    ],
    ["a name that is not declared", { name: "Anything" }, { name: undefined }],
    ["an activity that is not declared", {}, { active: undefined }],
    ["a policy that is not declared", { deletionPolicy: undefined }, { deletionPolicy: undefined }],
    [
      "the same addresses in other words",
      { allowedOrigins: [], allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7"] },
      { allowedOrigins: undefined, allowedIpAddresses: ["198.51.100.7/32", "203.0.113.*"] },
    ],
    ["everything, said or not", { allowedIpAddresses: ["*.*.*.*"] }, { allowedIpAddresses: undefined }],
    [
      "a map with its keys in another order",
      { replaceWhenChanged: { a: 1, b: [2] } },
      { replaceWhenChanged: { b: [2], a: 1 } },
    ],
    ["the client adopting itself", {}, { adopt: ID.toUpperCase() }],
    ["no adoption any more", {}, { adopt: undefined }],
    [
      "lists and a map that neither side has",
      {
        allowedOrigins: undefined,
        allowedIpAddresses: undefined,
        grantedRoles: undefined,
        replaceWhenChanged: undefined,
      },
      {
        allowedOrigins: undefined,
        allowedIpAddresses: [],
        grantedRoles: [],
        replaceWhenChanged: undefined,
      },
    ],
    ["properties of other kinds", {}, { autoName: "x", __provider: "y", clientId: "z" }],
  ])("%s", (_, existing, wanted) => {
    expect(differs(existing, wanted)).toEqual(NONE);
  });
});

describe("a change in place", () => {
  test.each<[string, Properties, Properties]>([
    ["name", {}, { name: "map" }],
    ["active", {}, { active: false }],
    ["active", { active: false }, { active: undefined }],
    ["allowedOrigins", {}, { allowedOrigins: ["acme.com"] }],
    ["allowedOrigins", {}, { allowedOrigins: [] }],
    ["allowedOrigins", {}, { allowedOrigins: undefined }],
    ["allowedIpAddresses", { allowedIpAddresses: ["203.0.113.7"] }, { allowedIpAddresses: [] }],
    ["allowedIpAddresses", { allowedIpAddresses: ["203.0.113.7"] }, { allowedIpAddresses: undefined }],
    ["allowedIpAddresses", { allowedIpAddresses: undefined }, { allowedIpAddresses: ["203.0.113.7"] }],
    ["grantedRoles", {}, { grantedRoles: ["User"] }],
    ["grantedRoles", {}, { grantedRoles: [] }],
    ["grantedRoles", { grantedRoles: undefined }, { grantedRoles: ["User"] }],
  ])("%s: %j to %j", (property, existing, wanted) => {
    expect(differs(existing, wanted)).toEqual({ ...NONE, changed: [property] });
  });

  test("all at once are all named", () => {
    const wanted = {
      name: "x",
      active: false,
      allowedOrigins: [],
      allowedIpAddresses: ["1.2.3.4"],
      grantedRoles: [],
    };
    expect(differs({}, wanted).changed).toEqual(Object.keys(wanted));
  });
});

describe("a change that only state learns", () => {
  test.each<[string, Properties, Properties]>([
    ["deletionPolicy", {}, { deletionPolicy: "retain" }],
    ["deletionPolicy", { deletionPolicy: "retain" }, { deletionPolicy: undefined }],
    ["replaceWhenChanged", {}, { replaceWhenChanged: undefined }],
  ])("%s: %j to %j", (property, existing, wanted) => {
    expect(differs(existing, wanted)).toEqual({ ...NONE, stateOnly: [property] });
  });
});

describe("a change that needs a new client", () => {
  test.each<[string, Properties, Properties]>([
    ["type", {}, { type: "NativeConfidential" }],
    ["replaceWhenChanged", {}, { replaceWhenChanged: { rotation: 2 } }],
    ["replaceWhenChanged", {}, { replaceWhenChanged: {} }],
    ["replaceWhenChanged", { replaceWhenChanged: undefined }, { replaceWhenChanged: { rotation: 1 } }],
    ["adopt", {}, { adopt: "00000000-0000-4000-8000-000000000000" }],
  ])("%s: %j to %j", (property, existing, wanted) => {
    expect(differs(existing, wanted)).toEqual({ ...NONE, replaces: [property] });
  });
});

describe("a value that is not known yet may be any other", () => {
  test.each<[keyof Difference, Properties]>([
    ["changed", { name: UNKNOWN }],
    ["changed", { active: UNKNOWN }],
    ["changed", { allowedOrigins: UNKNOWN }],
    ["changed", { allowedOrigins: ["acme.com", UNKNOWN] }],
    ["changed", { allowedIpAddresses: [UNKNOWN] }],
    ["changed", { grantedRoles: ["User", UNKNOWN] }],
    ["stateOnly", { deletionPolicy: UNKNOWN }],
    ["replaces", { type: UNKNOWN }],
    ["replaces", { replaceWhenChanged: { rotation: UNKNOWN } }],
    ["replaces", { adopt: UNKNOWN }],
  ])("%s: %j", (kind, wanted) => {
    expect(differs({}, wanted)).toEqual({ ...NONE, [kind]: Object.keys(wanted) });
  });
});

describe("what is declared differs from itself in no order and no spelling", () => {
  // Below a label of ours, because a short name by itself may be a public suffix (*.er).
  const hosts = fc.uniqueArray(
    fc.domain().map((host) => `acme.${host.toLowerCase()}`),
    { maxLength: 5 },
  );
  const addresses = fc.uniqueArray(fc.ipV4(), { maxLength: 5 });
  const roles = fc.subarray(["User", "Evaluator", "Subscriber", "Partner"]);
  const again = <T>(list: readonly T[]): fc.Arbitrary<T[]> =>
    fc
      .tuple(fc.shuffledSubarray([...list], { minLength: list.length }), fc.subarray([...list]))
      .map(([all, some]) => [...all, ...some]);

  test("origins, addresses and roles", () => {
    const pair = fc
      .tuple(hosts, addresses, roles)
      .chain((lists) => fc.tuple(fc.constant(lists), again(lists[0]), again(lists[1]), again(lists[2])));
    fc.assert(
      fc.property(pair, ([[allowedOrigins, allowedIpAddresses, grantedRoles], ...others]) => {
        const existing = { ...IS, allowedOrigins, allowedIpAddresses, grantedRoles };
        const [origins, ips, names] = others;
        const wanted = {
          ...WANTED,
          allowedOrigins: origins.map((host) => `${host.toUpperCase()}.`),
          allowedIpAddresses: ips.map((address) => `${address}/32`),
          grantedRoles: names.map((name) => name.toUpperCase()),
        };
        expect(compare(existing, wanted)).toEqual(NONE);
      }),
    );
  });

  test("and differs from everything that grants one more or one less", () => {
    fc.assert(
      fc.property(
        hosts,
        addresses,
        roles,
        fc.nat(),
        (allowedOrigins, allowedIpAddresses, grantedRoles, seed) => {
          const existing = { ...IS, allowedOrigins, allowedIpAddresses, grantedRoles };
          const changedOf = (list: readonly string[], more: string): string[] =>
            list.length > 0 && seed % 2 === 0 ? list.slice(1) : [...list, more];
          const wanted = {
            ...WANTED,
            allowedOrigins: changedOf(allowedOrigins, "extra.acme.test"),
            allowedIpAddresses: changedOf(
              allowedIpAddresses,
              allowedIpAddresses.includes("1.1.1.1") ? "1.1.1.2" : "1.1.1.1",
            ),
            grantedRoles: changedOf(grantedRoles, "Owner"),
          };
          const { changed } = compare(existing, wanted);
          expect(changed).toEqual(["allowedOrigins", "allowedIpAddresses", "grantedRoles"]);
        },
      ),
    );
  });
});

describe("replaceOnChanges", () => {
  const moved = { allowedOrigins: ["b.example"], active: false };
  test.each<[string[], string[]]>([
    [[], []],
    [["allowedOrigins"], ["allowedOrigins"]],
    [["allowedOrigins[0]"], ["allowedOrigins"]],
    [["allowedOrigins.x"], ["allowedOrigins"]],
    [["allowed"], []],
    [["name"], []],
    [
      ["active", "allowedOrigins"],
      ["active", "allowedOrigins"],
    ],
    [["*"], ["active", "allowedOrigins"]],
  ])("%j", (replaceOnChanges, replaces) => {
    expect(differs({}, { ...moved, replaceOnChanges })).toEqual({
      changed: ["active", "allowedOrigins"],
      stateOnly: [],
      replaces,
    });
  });

  test("replaces nothing where nothing has changed", () => {
    expect(differs({}, { replaceOnChanges: ["*"] })).toEqual(NONE);
  });
});
