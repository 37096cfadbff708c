import { LockoutGuard, type PlannedChange } from "../../provider/client/lockout";
import type { RemoteClient } from "../../provider/model/wire";
import { textOf } from "../../provider/troubleshooting";
import { AddressList } from "../../provider/whitelist";

const OWN: RemoteClient = {
  id: "id",
  name: "Pipeline",
  clientType: "NativeConfidential",
  sharedMode: "IpAddress",
  allowedOrigins: [],
  allowedIpAddresses: [],
  grantedRoles: ["User"],
  isActive: true,
  apiKey: "own key",
  apiSecret: undefined,
  ownerId: undefined,
  raw: {},
};
const list = (...entries: readonly string[]): AddressList => new AddressList(entries);
const SAME: PlannedChange = { active: true, allowedIpAddresses: list(), grantedRoles: undefined };

function refusal(change: PlannedChange | "delete", client = OWN, allowed = false): string | undefined {
  try {
    new LockoutGuard("own key", allowed).check(client, "change it", change);
    return undefined;
  } catch (error) {
    return error instanceof Error ? textOf(error) : "no error";
  }
}

const DELETED = "deleting it would lock this program out";
const SWITCHED_OFF = "deactivating it would lock this program out";
const STRIPPED = "without the User role it could not manage clients";
const SHUT_OUT = "whether the new whitelist holds this machine's public address cannot be known from here";

describe("the client that the program signs in with", () => {
  test("is refused with what it is, why, and what to do", () => {
    expect(refusal("delete")).toBe(
      `Could not change it: it is the client that Pulumi authenticates with (thinkgeo:clientId), and ${DELETED}. Use another client in thinkgeo:clientId for this, or set thinkgeo:allowSelfLockout to "true" if you are sure that you can get in again.`,
    );
  });

  test.each<[string, Partial<PlannedChange>, string]>([
    ["switched off", { active: false }, SWITCHED_OFF],
    ["without roles", { grantedRoles: [] }, STRIPPED],
    ["without the role User", { grantedRoles: ["Evaluator", "Subscriber"] }, STRIPPED],
    ["restricted to an address", { allowedIpAddresses: list("203.0.113.7") }, SHUT_OUT],
    ["restricted to half of them", { allowedIpAddresses: list("0.0.0.0/1") }, SHUT_OUT],
  ])("is not %s", (_, change, why) => {
    expect(refusal({ ...SAME, ...change })).toContain(why);
  });

  test.each<[string, Partial<PlannedChange>, readonly string[], string?]>([
    ["left as it is", {}, []],
    ["given roles with User among them", { grantedRoles: ["user", "Evaluator"] }, []],
    ["opened to all", { allowedIpAddresses: list() }, ["203.0.113.7"]],
    ["opened to more", { allowedIpAddresses: list("203.0.113.*", "1.2.3.4") }, ["203.0.113.7"]],
    ["written in other words", { allowedIpAddresses: list("203.0.113.0/24") }, ["203.0.113.*"]],
  ])("may be %s", (_, change, before) => {
    expect(refusal({ ...SAME, ...change }, { ...OWN, allowedIpAddresses: before })).toBeUndefined();
  });

  test.each<[string, readonly string[], readonly string[], string | undefined]>([
    ["to fewer addresses", ["203.0.113.7"], ["203.0.113.*"], "IpAddress"],
    ["to other addresses", ["203.0.113.8"], ["203.0.113.7"], "IpAddress"],
    ["by a list that was not in effect", ["203.0.113.7"], ["203.0.113.7"], "Origin"],
  ])("is not restricted %s", (_, allowedIpAddresses, before, sharedMode) => {
    const client = { ...OWN, allowedIpAddresses: before, sharedMode };
    expect(refusal({ ...SAME, allowedIpAddresses: list(...allowedIpAddresses) }, client)).toContain(SHUT_OUT);
  });
});

describe("is let pass", () => {
  const worst: PlannedChange = { active: false, allowedIpAddresses: list("203.0.113.7"), grantedRoles: [] };

  test("any change to another client", () => {
    for (const apiKey of ["another key", undefined])
      for (const change of ["delete", worst] as const)
        expect(refusal(change, { ...OWN, apiKey })).toBeUndefined();
  });

  test("any change where the operator asked for it", () => {
    for (const change of ["delete", worst] as const) expect(refusal(change, OWN, true)).toBeUndefined();
  });
});
