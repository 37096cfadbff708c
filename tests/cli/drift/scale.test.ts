import { Roster } from "../../../provider/client/roster";
import { clientsAnswer, type RemoteClient } from "../../../provider/model/wire";
import { requireOwnClient, splitByAccount } from "../../../cli/account/ownership";
import { compare } from "../../../cli/drift/compare";
import { DEFAULT_FAIL_ON } from "../../../cli/drift/report";
import { readIgnore } from "../../../cli/drift/filter";
import { managedById, parseStack } from "../../../cli/stacks/state";
import { guid } from "./hostile-report";

const TYPE = "pulumi-nodejs:dynamic/thinkgeo:Client";

/** An account whose clients count how often anybody looks at their id or name, and stacks that declare a fifth of it. */
function countingAccount(size: number): { looks: () => number; run: () => ReturnType<typeof compare> } {
  let looks = 0;
  const clients = Array.from({ length: size }, (_, index) => ({
    id: guid(index),
    name: `Client ${index % (size / 2)}`,
    clientType: index % 2 === 0 ? "JavaScript" : "NativeConfidential",
    sharedMode: index % 2 === 0 ? "Origin" : "IpAddress",
    allowedOrigins: index % 2 === 0 ? [`app${index}.acme.com`, "*.acme.com"] : [],
    allowedIpAddresses: index % 2 === 0 ? [] : ["203.0.113.0/24", "198.51.100.7"],
    grantedRoles: ["User"],
    isActive: true,
    apiKey: `key-${index}`,
    ownerId: guid(1),
  }));
  const resources = clients
    .filter((_, index) => index % 5 === 0)
    .map(({ id, name, clientType, allowedOrigins, allowedIpAddresses, ownerId }, index) => {
      const inputs = { name, type: clientType, active: true, allowedOrigins, allowedIpAddresses };
      const urn = `urn:pulumi:dev::acme::${TYPE}::client${index}`;
      return { urn, type: TYPE, id, inputs, outputs: { ...inputs, ownerId } };
    });
  const read = clientsAnswer.parse({ data: clients, totalCount: size });
  const counted = read.clients.map((client): RemoteClient => ({
    ...client,
    get id() {
      looks++;
      return client.id;
    },
    get name() {
      looks++;
      return client.name;
    },
    get apiKey() {
      looks++;
      return client.apiKey;
    },
  }));
  const stack = parseStack("dev", JSON.stringify({ version: 3, deployment: { resources } }));
  const rules = clients.slice(0, size / 10).map(({ id, name }) => `id:${id}\nkind:unmanaged ${name}`);
  const ignore = readIgnore("ignore", rules.join("\n"));
  const roster = new Roster({ clients: counted, unreadable: [], totalCount: size });
  const account = {
    ...splitByAccount(managedById([stack]), undefined),
    roster,
    own: requireOwnClient(roster, `key-${size - 1}`),
    ownerId: undefined,
    roles: [],
    notes: [],
  };
  const options = {
    failOn: new Set(DEFAULT_FAIL_ON),
    ignore,
    accepted: new Set<string>(),
    wantsSecrets: false,
  };
  return { looks: () => looks, run: () => compare([stack], account, 0, options) };
}

test("ten times the clients are ten times the work", () => {
  const [small, large] = [countingAccount(1_000), countingAccount(10_000)];
  small.run();
  const report = large.run();
  expect(report.summary).toMatchObject({ clients: 10_000, managed: 2_000, missing: 0 });
  expect(report.findings.filter(({ kind }) => kind === "duplicate-name").length).toBe(4_000);
  expect(large.looks() / small.looks()).toBeLessThan(13);
  expect(large.looks()).toBeLessThan(60 * 10_000);
});
