import { ROTATING_CLIENT_TYPE_TOKEN } from "../../../provider/shell";
import { withDrift } from "./drift-scene";
import { plain, sealed } from "./stack-export";

interface RemoteClient {
  readonly id: string;
  readonly name: string;
  readonly apiKey: string;
  readonly isActive: boolean;
  readonly ownerId: string;
}

/** What state holds of a RotatingClient. */
function rotationOf(current: RemoteClient, previous: RemoteClient, secret: object = sealed): object {
  const inputs = {
    type: "NativeConfidential",
    autoName: "tiles-1234abcd",
    active: true,
    deletionPolicy: "delete",
    allowedIpAddresses: ["203.0.113.0/24"],
    overlapDays: 7,
    retire: "deactivate",
    rotation: { generation: 2, rotatedAt: "2026-01-01T00:00:00Z", previous: "valid" },
    __provider: "text",
  };
  const member = ({ id, name, apiKey }: RemoteClient, generation: number): object => ({
    id,
    name,
    clientId: apiKey,
    generation,
  });
  return {
    urn: `urn:pulumi:dev::acme::${ROTATING_CLIENT_TYPE_TOKEN}::tiles`,
    type: ROTATING_CLIENT_TYPE_TOKEN,
    id: "tiles-1234abcd",
    inputs,
    outputs: {
      ...inputs,
      name: current.name,
      clientId: current.apiKey,
      clientSecret: secret,
      previousClientSecret: secret,
      ownerId: current.ownerId,
      current: member(current, 2),
      previous: { ...member(previous, 1), active: previous.isActive },
    },
  };
}

const tiles = (name: string, isActive: boolean) => ({
  name,
  isActive,
  allowedIpAddresses: ["203.0.113.0/24"],
});
const about = (name: string, findings: readonly { kind: string; name: string }[]): string[] =>
  findings.filter((finding) => finding.name === name).map(({ kind }) => kind);

test.each([true, false])("both clients of a rotation are managed, the one before being valid: %s", (valid) =>
  withDrift(async ({ account, stack, report }) => {
    const previous = account.addClient(tiles("tiles-1", valid));
    const current = account.addClient(tiles("tiles-2", true));
    stack("dev", rotationOf(current, previous));
    const { findings, summary, stacks } = await report("dev.json");
    expect([...about("tiles-1", findings), ...about("tiles-2", findings)]).toEqual([]);
    expect([summary.managed, summary.missing, stacks]).toEqual([2, 0, [{ name: "dev.json", clients: 2 }]]);
  }),
);

test("what somebody did to either of them is found", () =>
  withDrift(async ({ account, stack, report }) => {
    const previous = account.addClient(tiles("tiles-1", true));
    const current = account.addClient(tiles("tiles-2", true));
    stack("dev", rotationOf(current, previous));
    account.editClient(current.id, { allowedIpAddresses: ["203.0.112.0/23"] });
    account.editClient(previous.id, { isActive: false });
    const { findings } = await report("dev.json");
    expect([about("tiles-2", findings), about("tiles-1", findings)]).toEqual([["changed"], ["deactivated"]]);
    account.deleteClient(previous.id);
    expect(about("tiles-1", (await report("dev.json")).findings)).toEqual(["missing"]);
  }));

test("each has a secret of its own", () =>
  withDrift(async ({ account, stack, report }) => {
    const previous = account.addClient(tiles("tiles-1", true));
    const current = account.addClient(tiles("tiles-2", true));
    stack("dev", rotationOf(current, previous, plain(current.apiSecret)));
    const { findings } = await report("dev.json");
    expect([about("tiles-2", findings), about("tiles-1", findings)]).toEqual([[], ["secret-changed"]]);
  }));
