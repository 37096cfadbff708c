import { endingRoles } from "../../../cli/drift/findings";
import type { Finding, Report } from "../../../cli/drift/report";
import type { EmulatorAccount } from "../../../emulator";
import { withDrift } from "./drift-scene";
import { plain, resourceOf, sealed } from "./stack-export";

const web = { name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] } as const;
const input = { ...web, allowedOrigins: [...web.allowedOrigins] };
const tiles = { name: "Tiles", allowedIpAddresses: ["203.0.113.0/24"] };

const kinds = ({ findings }: Report): string[] => findings.map(({ kind, name }) => `${kind} ${name}`);
const of = ({ findings }: Report, kind: string): Finding => {
  const found = findings.filter((finding) => finding.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as Finding;
};
/** What every new account has to be told of: two samples, and the operator that everybody may use. */
const BORN_WITH = [
  "unrestricted Emulator operator",
  "sample-client Sample Browser Client",
  "sample-client Sample Native Client",
];
const quiet = (account: EmulatorAccount): void => {
  for (const name of ["Sample Browser Client", "Sample Native Client"])
    account.editClient(name, { isActive: false });
  account.editClient("Emulator operator", { allowedIpAddresses: ["127.0.0.0/16"] });
};

test("an account that is as declared is in sync, for one token and one list", () =>
  withDrift(async ({ account, stack, report, calls }) => {
    stack("dev", resourceOf(account.addClient(input)), resourceOf(account.addClient(tiles)));
    const found = await report("dev.json");
    expect(kinds(found)).toEqual(BORN_WITH);
    expect(found).toMatchObject({
      inSync: true,
      summary: { clients: 5, managed: 2, missing: 0, unmanaged: 0, coverage: 100, failing: 0 },
      stacks: [{ name: "dev.json", clients: 2 }],
      notes: [],
    });
    expect(calls()).toEqual(["POST /identity/connect/token", "GET /api/v1/clients"]);
  }));

test("what a stack manages in another account is left out, and that is said", () =>
  withDrift(async ({ account, emulator, stack, report }) => {
    const other = emulator.addAccount();
    const strangers = ["a", "b"].map((name) => resourceOf(other.addClient({ ...tiles, name })));
    stack("dev", resourceOf(account.addClient(input)), ...strangers);
    const found = await report("dev.json");
    expect(found).toMatchObject({ inSync: true, summary: { managed: 1, missing: 0 } });
    expect(found.notes).toEqual([
      `Left out: 2 clients in account ${other.id}. Compare with the credentials of that account, too.`,
    ]);
  }));

describe("changed", () => {
  const cases: [string, object, object, string[]][] = [
    [
      "an address range opened, an address closed",
      { allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7"] },
      { allowedIpAddresses: ["203.0.112.0/23"] },
      ["allowedIpAddresses: opens 256 addresses (203.0.112.0/24), closes 198.51.100.7"],
    ],
    [
      "the restriction taken away",
      { allowedIpAddresses: ["203.0.113.7"] },
      { allowedIpAddresses: [] },
      ["allowedIpAddresses: opens to every caller"],
    ],
    [
      "a restriction that nobody declared",
      {},
      { allowedIpAddresses: ["203.0.113.7"] },
      ["allowedIpAddresses: closes to all but 203.0.113.7"],
    ],
    [
      "a name",
      { allowedIpAddresses: ["203.0.113.7"] },
      { name: "Tilez\u001b[2J" },
      ['name: declared "Tiles", is "Tilez\\u001b[2J"'],
    ],
    ["a client switched on", { isActive: false }, { isActive: true }, ["active: declared false, is true"]],
    [
      "more at once",
      { allowedIpAddresses: ["203.0.113.7"] },
      { name: "Other", allowedIpAddresses: ["203.0.113.8"] },
      ['name: declared "Tiles", is "Other"', "allowedIpAddresses: opens 203.0.113.8, closes 203.0.113.7"],
    ],
  ];
  test.each(cases)("%s", (_, before, after, details) =>
    withDrift(async ({ account, stack, report, drift }) => {
      const client = account.addClient({ ...tiles, allowedIpAddresses: [], ...before });
      stack("dev", resourceOf(client));
      account.editClient(client.id, after);
      const found = await report("dev.json");
      expect(of(found, "changed")).toMatchObject({ fails: true, details, id: client.id });
      expect((await drift("dev.json")).code).toBe(1);
    }),
  );

  test("origins, what a wildcard covers is not opened", () =>
    withDrift(async ({ account, stack, report }) => {
      stack("dev", resourceOf(account.addClient({ ...input, allowedOrigins: ["*.acme.com", "staging.io"] })));
      account.editClient("Web", { allowedOrigins: ["*.acme.com", "app.acme.com", "evil.example"] });
      const { changes } = of(await report("dev.json"), "changed");
      expect(changes).toMatchObject([
        {
          property: "allowedOrigins",
          declared: ["*.acme.com", "staging.io"],
          actual: ["*.acme.com", "app.acme.com", "evil.example"],
          opens: { everything: false, entries: ["evil.example"], addresses: 0 },
          closes: { everything: false, entries: ["staging.io"], addresses: 0 },
        },
      ]);
      account.editClient("Web", { allowedOrigins: ["*.acme.com", "app.acme.com", "staging.io"] });
      expect(of(await report("dev.json"), "changed").details).toEqual([
        "allowedOrigins: opens and closes nothing, is *.acme.com, app.acme.com, staging.io",
      ]);
    }));

  test("from origins to addresses: both lists are told", () =>
    withDrift(async ({ account, stack, report }) => {
      stack("dev", resourceOf(account.addClient(input)));
      account.editClient("Web", {
        sharedMode: "IpAddress",
        allowedOrigins: [],
        allowedIpAddresses: ["192.0.2.1"],
      });
      expect(of(await report("dev.json"), "changed").details).toEqual([
        "allowedOrigins: closes *.acme.com, acme.com",
        "allowedIpAddresses: opens 192.0.2.1",
      ]);
    }));

  test("roles, by name or by id; one request more only where ids must be explained", () =>
    withDrift(async ({ account, stack, report, emulator, calls }) => {
      const client = account.addClient({ ...tiles, grantedRoles: ["User"] });
      stack("dev", resourceOf(client, { grantedRoles: ["user"] }));
      expect((await report("dev.json")).inSync).toBe(true);
      emulator.setSwitches({ grantedRolesForm: "ids" });
      emulator.clearRequests();
      expect((await report("dev.json")).inSync).toBe(true);
      expect(calls()).toEqual([
        "POST /identity/connect/token",
        "GET /api/v1/clients",
        "GET /api/v1/clients/roles",
      ]);
      account.editClient("Tiles", { grantedRoles: ["Evaluator"] });
      expect(of(await report("dev.json"), "changed").details).toEqual([
        "grantedRoles: adds Evaluator, drops user",
      ]);
    }));

  test("roles that nobody explains are not compared, and that is said", () =>
    withDrift(async ({ account, stack, report, emulator }) => {
      stack("dev", resourceOf(account.addClient(tiles), { grantedRoles: ["Subscriber"] }));
      emulator.setSwitches({ grantedRolesForm: "ids" });
      emulator.fault({ path: "/api/v1/clients/roles", kind: "status", status: 403 });
      const found = await report("dev.json");
      expect(found.inSync).toBe(true);
      expect(found.notes.join()).toContain("Not compared: grantedRoles of 1 client.");
    }));

  test("other spellings, order and case are no change, and neither is what is not declared", () =>
    withDrift(async ({ account, stack, report }) => {
      const first = account.addClient({ ...input, allowedOrigins: ["Acme.com.", "*.acme.com"] });
      const second = account.addClient({ ...tiles, allowedIpAddresses: ["203.0.113.*"] });
      stack(
        "dev",
        resourceOf(first, { allowedOrigins: ["*.ACME.com", "acme.com"] }),
        resourceOf(second, { allowedIpAddresses: ["203.0.113.0/25", "203.0.113.128/25"] }),
      );
      expect(kinds(await report("dev.json"))).toEqual(BORN_WITH);
    }));

  test("secret properties: not compared where encrypted, never shown where plain", () =>
    withDrift(async ({ account, stack, report, drift }) => {
      const client = account.addClient(tiles);
      stack("dev", resourceOf(client, { allowedIpAddresses: [sealed], name: sealed }));
      account.editClient(client.id, { allowedIpAddresses: ["198.51.0.0/15"] });
      const blind = await report("dev.json");
      expect(blind.inSync).toBe(true);
      expect(blind.notes).toEqual([expect.stringContaining("properties of 1 client.")]);
      stack(
        "dev",
        resourceOf(client, { allowedIpAddresses: plain(["203.0.113.0/24"]), name: plain("Tiles") }),
      );
      expect(of(await report("dev.json"), "changed").details).toEqual([
        "allowedIpAddresses: differs (its values are secret)",
      ]);
      for (const format of ["table", "json", "markdown", "junit", "sarif", "html"]) {
        const { out } = await drift("dev.json", "--format", format);
        expect(out).toContain("its name is secret");
        expect(out).not.toMatch(/198\.5|203\.0/);
      }
    }));
});

test("missing: proven by whole lists over ten seconds, without a request for each", () =>
  withDrift(async ({ account, stack, report, calls, waited }) => {
    const client = account.addClient(tiles);
    stack("dev", resourceOf(client));
    account.deleteClient(client.id);
    const found = await report("dev.json");
    expect(of(found, "missing")).toMatchObject({ id: client.id, name: "Tiles", fails: true });
    expect(found.summary).toMatchObject({ managed: 0, missing: 1, coverage: 100 });
    expect(calls()).toHaveLength(6);
    expect(waited).toEqual([1_000, 2_000, 3_000, 4_000]);
  }));

test("missing is not what a list shows only a little later", async () => {
  let late = (): void => undefined;
  await withDrift(
    async ({ account, stack, report, waited }) => {
      const client = account.addClient(tiles);
      stack("dev", resourceOf(client));
      account.deleteClient(client.id);
      late = () => {
        if (waited.length === 2) account.addClient(client);
      };
      expect((await report("dev.json")).summary).toMatchObject({ managed: 1, missing: 0 });
      expect(waited).toEqual([1_000, 2_000]);
    },
    {
      waiting: () => {
        late();
      },
    },
  );
});

test("missing is not concluded where three are and none is there, nor where the list has nobody else", () =>
  withDrift(async ({ account, stack, drift, emulator }) => {
    const clients = ["A", "B", "C"].map((name) => account.addClient({ ...tiles, name }));
    for (const client of clients) account.deleteClient(client.id);
    const cannotConclude = (count: number): unknown =>
      expect.stringContaining(`Not one of the stacks' clients (${count}) is in the account.`);
    stack("many", ...clients.map((client) => resourceOf(client)));
    stack("one", ...clients.slice(0, 1).map((client) => resourceOf(client)));
    expect(await drift("many.json")).toMatchObject({ code: 2, err: cannotConclude(3) });
    expect((await drift("one.json")).code).toBe(1);
    emulator.setSwitches({ visibleClients: "own" });
    expect(await drift("one.json")).toMatchObject({ code: 2, err: cannotConclude(1) });
  }));

test("nothing is concluded from another account whose list names no owner", () =>
  withDrift(
    async ({ account, stack, drift }) => {
      stack("dev", resourceOf({ ...account.addClient(tiles), ownerId: "another-account" }));
      const { code, err } = await drift("dev.json");
      expect([code, err]).toEqual([2, expect.stringContaining("belongs to account another-account")]);
    },
    { switches: { listOmits: ["ownerId"] } },
  ));

test("an item of the list that cannot be read is said; one of a stack stops the run", () =>
  withDrift(async ({ account, stack, drift, report, emulator }) => {
    stack("dev", resourceOf(account.addClient(tiles)));
    account.addClient({ ...tiles, name: "Odd" });
    emulator.fault({ kind: "broken-client", client: "Odd", field: "isActive", value: "yes" });
    const { notes, summary } = await report("dev.json");
    expect(notes).toContainEqual(
      expect.stringMatching(/^Not looked at: item 5 of ThinkGeo's list .*\("Odd"\)/),
    );
    expect(summary).toMatchObject({ managed: 1, missing: 0 });
    emulator.clearFaults();
    emulator.fault({ kind: "broken-client", client: "Tiles", field: "isActive", value: "yes" });
    const { code, err } = await drift("dev.json");
    expect([code, err]).toEqual([2, expect.stringContaining("isActive is not what the API describes")]);
  }));

test("unmanaged, with the coverage; what a stack is about to delete is not among them", () =>
  withDrift(async ({ account, stack, report }) => {
    quiet(account);
    const [mine, , going] = ["Mine", "Theirs", "Going"].map((name) => account.addClient({ ...tiles, name }));
    account.editClient("Theirs", { isActive: false });
    if (mine === undefined || going === undefined) throw new Error("no clients");
    stack("dev", resourceOf(mine), { ...resourceOf(going), delete: true });
    const found = await report("dev.json");
    expect(kinds(found)).toEqual(["unmanaged Theirs"]);
    expect(of(found, "unmanaged")).toMatchObject({ fails: false, resources: [] });
    expect(found.summary).toMatchObject({ managed: 1, unmanaged: 1, coverage: 50 });
    expect(found.notes).toEqual([
      expect.stringContaining("To be deleted by the next run of their stack: 1 client."),
    ]);
  }));

test("deactivated is told apart from other changes", () =>
  withDrift(async ({ account, stack, report }) => {
    stack("dev", resourceOf(account.addClient(tiles)));
    account.editClient("Tiles", { isActive: false, allowedIpAddresses: ["203.0.113.9"] });
    const found = await report("dev.json");
    expect(of(found, "deactivated").fails).toBe(true);
    expect(of(found, "changed").details).toEqual([
      "allowedIpAddresses: closes 255 addresses (203.0.113.0-203.0.113.8, 203.0.113.10-203.0.113.255)",
    ]);
  }));

test("unrestricted and too wide, in whatever spelling, and only while active", () =>
  withDrift(async ({ account, stack, report }) => {
    quiet(account);
    const lists = {
      Open: ["*.*.*.*"],
      Wide: ["10.0.0.0/9", "10.128.0.0/9"],
      Halves: ["10.1.0.0/17", "10.1.128.0/17"],
      Narrow: ["203.0.113.7"],
    };
    const made = Object.entries(lists).map(([name, allowedIpAddresses]) =>
      account.addClient({ name, allowedIpAddresses }),
    );
    stack("dev", ...made.map((client) => resourceOf(client)));
    const found = await report("dev.json");
    expect(kinds(found)).toEqual(["unrestricted Open", "too-wide Wide"]);
    expect(of(found, "too-wide").details).toEqual(["10.0.0.0/8 has 16,777,216 addresses"]);
    account.editClient("Open", { isActive: false });
    stack(
      "dev",
      ...account
        .clients()
        .slice(3)
        .map((client) => resourceOf(client)),
    );
    expect(kinds(await report("dev.json"))).toEqual(["too-wide Wide"]);
  }));

test("duplicate names, of active clients only", () =>
  withDrift(async ({ account, stack, report }) => {
    quiet(account);
    const made = [1, 2, 3].map((last) =>
      account.addClient({ name: "Twin", allowedIpAddresses: [`10.0.0.${last}`] }),
    );
    stack("dev", ...made.map((client, index) => resourceOf(client, {}, { resource: `twin${index}` })));
    const found = of(await report("dev.json"), "duplicate-name");
    expect(found.message).toContain("3 active clients");
    expect(found.details).toHaveLength(3);
    expect(found.details.join()).toContain("twin2 in dev.json");
    for (const { id } of made.slice(1)) account.editClient(id, { isActive: false });
    expect(kinds(await report("dev.json"))).toEqual(["deactivated Twin", "deactivated Twin"]);
  }));

test("one client in two stacks", () =>
  withDrift(async ({ account, stack, report }) => {
    quiet(account);
    const client = account.addClient(tiles);
    stack("dev", resourceOf(client));
    stack("prod", resourceOf(client, {}, { stack: "prod", resource: "other" }));
    const found = await report("dev.json", "prod.json");
    expect(kinds(found)).toEqual(["owned-twice Tiles"]);
    expect(of(found, "owned-twice").details).toEqual(["Tiles in dev.json", "other in prod.json"]);
    expect(found.summary).toMatchObject({ managed: 1 });
    expect(found.stacks).toHaveLength(2);
  }));

describe("secret-changed", () => {
  test("where the export shows the old one", () =>
    withDrift(async ({ account, stack, report, drift }) => {
      const client = account.addClient(tiles);
      stack("dev", resourceOf(client, {}, { secret: plain(client.apiSecret) }));
      expect((await report("dev.json", "--check", "secrets")).notes).toEqual([]);
      stack("dev", resourceOf(client, {}, { secret: plain("an-older-secret-of-this-client") }));
      expect(of(await report("dev.json"), "secret-changed").fails).toBe(true);
      for (const format of ["table", "json", "markdown", "junit", "sarif", "html"]) {
        const { out } = await drift("dev.json", "--format", format, "--write-baseline", "base.json");
        expect(out).not.toContain(client.apiSecret);
        expect(out).not.toContain("an-older-secret");
      }
    }));

  test("where it cannot be told, that is said to who asked", () =>
    withDrift(async ({ account, stack, report }) => {
      stack("dev", resourceOf(account.addClient(tiles)));
      expect((await report("dev.json")).notes).toEqual([]);
      const asked = await report("dev.json", "--check", "secrets");
      expect(asked.notes).toEqual([expect.stringContaining("the secrets of 1 client.")]);
    }));

  test("a masked secret is no other secret", () =>
    withDrift(
      async ({ account, stack, report }) => {
        const client = account.addClient(tiles);
        stack("dev", resourceOf(client, {}, { secret: plain(client.apiSecret) }));
        expect((await report("dev.json")).inSync).toBe(true);
      },
      { switches: { laterSecret: "masked" } },
    ));
});

describe("looks that cost a request, for who asks", () => {
  test("usage of the samples", () =>
    withDrift(async ({ account, stack, report, calls }) => {
      stack("dev", resourceOf(account.addClient(tiles)));
      const found = await report("dev.json", "--check", "usage");
      expect(calls()).toHaveLength(3);
      const samples = found.findings.filter(({ kind }) => kind === "sample-client");
      expect(samples.map(({ message }) => message)).toEqual([
        "Every account has it, it works, and it was used 0 times.",
        "Every account has it, it works, and it was used 0 times.",
      ]);
    }));

  test("an evaluation that ends", () =>
    withDrift(async ({ account, stack, report, drift, calls, emulator }) => {
      quiet(account);
      stack("dev", resourceOf(account.addClient({ ...tiles, grantedRoles: ["User"] })));
      expect(kinds(await report("dev.json", "--check", "evaluation"))).toEqual([]);
      const expiration = new Date(Date.now() + 3.5 * 86_400_000).toISOString();
      account.setRoles(["User", { name: "Evaluator", expiration }]);
      emulator.clearRequests();
      const found = await report("dev.json", "--check", "evaluation");
      expect(kinds(found)).toEqual(["evaluation-ending Evaluator"]);
      expect(of(found, "evaluation-ending").message).toContain("in 4 days");
      expect(calls()).toHaveLength(3);
      const strict = await drift("dev.json", "--check", "evaluation", "--fail-on", "evaluation-ending");
      expect(strict.code).toBe(1);
    }));

  test("an API that does not have them is a note, and no failure", () =>
    withDrift(async ({ account, stack, report, emulator }) => {
      stack("dev", resourceOf(account.addClient(tiles)));
      for (const path of ["/api/v1/roles/**", "/api/v1/accounts/**"])
        emulator.fault({ path, kind: "status", status: 404, body: "html" });
      const found = await report("dev.json", "--check", "evaluation,usage");
      expect(found.inSync).toBe(true);
      expect(found.notes).toEqual([
        "ThinkGeo did not tell when its roles end, so that was not looked at.",
        "ThinkGeo did not tell how much its clients were used, so that was not looked at.",
      ]);
    }));
});

const NOW = Date.UTC(2026, 0, 15, 12);

test.each([
  [undefined, undefined],
  ["no date", undefined],
  ["2026-01-29T12:00:00Z", undefined],
  ["2026-01-28T12:00:00Z", "The role ends on 2026-01-28, in 13 days."],
  ["2026-01-16T12:00:00Z", "The role ends on 2026-01-16, in 1 day."],
  ["2026-01-15T11:59:59Z", "The role ended on 2026-01-15."],
  ["2025-01-01", "The role ended on 2025-01-01."],
])("a role that ends at %s", (expiration, message) => {
  const found = endingRoles([{ name: "Evaluator", expiration }], NOW);
  expect(found.map((one) => one.message)).toEqual(
    message === undefined ? [] : [`${message} Keys that live by it stop working then.`],
  );
});
