import { Roster } from "../../../provider/client/roster";
import { clientsAnswer } from "../../../provider/model/wire";
import { requireOwnClient, splitByAccount } from "../../../cli/account/ownership";
import { compare } from "../../../cli/drift/compare";
import { ALL_KINDS, type Report } from "../../../cli/drift/report";
import { managedById, parseStack } from "../../../cli/stacks/state";
import { plain } from "./stack-export";

const NOW = Date.UTC(2026, 0, 15, 12);
const OWNER = "0f8e5a10-0000-4000-8000-000000000000";
const TYPE = "pulumi-nodejs:dynamic/thinkgeo:Client";
export const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** Names by which somebody might try to break a report. */
export const HOSTILE = [
  "<script>alert(1)</script>",
  "</style></title><img src=x onerror=alert(2)>",
  "]]></failure><testcase name='x'/>",
  "| pipe ` tick `` ticks | @everyone #1 [link](javascript:alert(3))",
  "\u001b[31mred\u001b[0m\r\nnew line\u0000",
  "\u202eright to left",
  "\"quoted\" & 'single' \\ \ufffe \ud800",
  "`",
  "##[stop-commands]x ##vso[task.setvariable variable=PATH]x",
  "::set-output name=x::y",
  "%s ${x} $& \\u0041",
  "a".repeat(300),
];

const remote = (id: string, name: string, more: object = {}): object => ({
  id,
  name,
  clientType: "NativeConfidential",
  sharedMode: "IpAddress",
  allowedOrigins: [],
  allowedIpAddresses: ["203.0.113.7"],
  grantedRoles: ["User"],
  isActive: true,
  apiKey: `key-${id}`,
  apiSecret: `secret-of-${id}`,
  ownerId: OWNER,
  ...more,
});

/** A report with every kind of finding, about clients with every hostile name. */
export function hostileReport(failOn = new Set(ALL_KINDS)): Report {
  const clients = [remote(guid(0), "operator"), remote(guid(1), "Sample Native Client")];
  const resources: object[] = [];
  const declare = (stack: string, id: string, name: string): void => {
    const inputs = { name, type: "NativeConfidential", active: true, allowedIpAddresses: ["203.0.113.7"] };
    const urn = `urn:pulumi:${stack}::acme::${TYPE}::${name}`;
    const secret = plain(`secret-of-${id}`);
    const outputs = { ...inputs, clientSecret: secret, ownerId: OWNER };
    const sourcePosition = `project:///${name === "`" ? "src/index.ts" : `../${name}`}#12,5`;
    resources.push({ urn, type: TYPE, id, inputs, outputs, sourcePosition });
  };
  for (const [index, name] of HOSTILE.entries()) {
    const id = (kind: number): string => guid(100 * (kind + 1) + index);
    clients.push(remote(id(1), `${name}!`, { allowedIpAddresses: ["203.0.113.0/24", name] }));
    declare("dev", id(1), name);
    declare("dev", id(2), name);
    clients.push(remote(id(3), name, { isActive: false }));
    declare("dev", id(3), name);
    clients.push(remote(id(4), name, { apiSecret: `secret-op-${id(4)}` }));
    declare("dev", id(4), name);
    declare("prod", id(4), name);
    clients.push(remote(id(5), name, { allowedIpAddresses: [] }));
    clients.push(remote(id(6), name, { allowedIpAddresses: ["10.0.0.0/8"] }));
  }
  const stack = parseStack("dev <b>", JSON.stringify({ version: 3, deployment: { resources } }));
  const roster = new Roster(clientsAnswer.parse({ data: clients }));
  const account = {
    ...splitByAccount(managedById([stack]), undefined),
    roster,
    own: requireOwnClient(roster, `key-${guid(0)}`),
    ownerId: undefined,
    roles: [],
    accountRoles: HOSTILE.map((name) => ({ name, expiration: "2026-01-20T00:00:00Z" })),
    notes: HOSTILE,
  };
  return compare([stack], account, NOW, {
    failOn,
    ignore: () => false,
    accepted: new Set(),
    wantsSecrets: true,
  });
}
