import { withDrift } from "./drift-scene";
import { plain, rotationOf } from "./stack-export";

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

test("one that is switched off and works all the same is found", () =>
  withDrift(async ({ account, stack, report }) => {
    const previous = account.addClient(tiles("tiles-1", false));
    stack("dev", rotationOf(account.addClient(tiles("tiles-2", true)), previous));
    account.editClient(previous.id, { isActive: true });
    expect(about("tiles-1", (await report("dev.json")).findings)).toEqual(["changed"]);
  }));

test("each has a secret of its own", () =>
  withDrift(async ({ account, stack, report }) => {
    const previous = account.addClient(tiles("tiles-1", true));
    const current = account.addClient(tiles("tiles-2", true));
    stack("dev", rotationOf(current, previous, plain(current.apiSecret)));
    const { findings } = await report("dev.json");
    expect([about("tiles-2", findings), about("tiles-1", findings)]).toEqual([[], ["secret-changed"]]);
  }));
