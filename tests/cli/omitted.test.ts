import type { ClientInput, EmulatorAccount, Switches } from "../../emulator";
import { CLIENT_FIELDS } from "../client-fields";
import { withDrift } from "./drift/drift-scene";
import { resourceOf } from "./drift/stack-export";
import { withScene } from "./export/scene";
import { runCommand } from "./run-command";
import { daysAgo, withSweep } from "./sweep/sweep-scene";

/* What ThinkGeo's list leaves out is read from each client; what no response has is neither compared nor declared. */

const LISTS = [...CLIENT_FIELDS.map((field) => [field]), CLIENT_FIELDS];

function fill(account: EmulatorAccount): ReturnType<EmulatorAccount["addClient"]>[] {
  const clients: ClientInput[] = [
    { name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com"], isActive: false },
    {
      name: "Office",
      clientType: "JavaScript",
      sharedMode: "IpAddress",
      allowedIpAddresses: ["203.0.113.0/24"],
    },
    { name: "Tiles", allowedIpAddresses: ["203.0.113.7"], grantedRoles: ["User"] },
  ];
  return clients.map((client) => account.addClient(client));
}

test.each(LISTS.map((fields) => [fields.join(", "), fields]))("a list without %s: export", (_, listOmits) =>
  withScene(async ({ account, run, files, emulator }) => {
    fill(account);
    expect((await run()).code).toBe(0);
    const whole = files();
    emulator.setSwitches({ listOmits });
    await withScene(async (other) => {
      for (const name of ["Sample Browser Client", "Sample Native Client"]) other.account.deleteClient(name);
      const { code } = await runCommand(["export", "--out", "keys"], {
        folder: other.folder,
        environment: account.environment,
      });
      expect([code, other.files()]).toEqual([0, whole]);
    });
  }),
);

const omitted = (field: string): Partial<Switches> => ({ listOmits: [field], getOmits: [field] });

test.each([
  ["isActive", "active", 1],
  ["allowedOrigins", "allowedOrigins", 0],
  ["allowedIpAddresses", "allowedIpAddresses", 1],
  ["name", "name", 1],
])("where no response has %s, export leaves out what might be opened or switched on", (field, property) =>
  withScene(
    async ({ account, run, files }) => {
      fill(account);
      const { code, err } = await run();
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(`no response of ThinkGeo has its ${property}`),
      ]);
      const program = Object.values(files()).join("\n");
      const isLeftOut = (name: string): boolean => !program.includes(`name: "${name}"`);
      expect(["Web", "Office", "Tiles"].filter(isLeftOut)).toEqual(
        field === "allowedOrigins"
          ? ["Web"]
          : field === "allowedIpAddresses"
            ? ["Office", "Tiles"]
            : ["Web", "Office", "Tiles"],
      );
    },
    { switches: omitted(field) },
  ),
);

test("where no response has roles, export declares none and takes none away", () =>
  withScene(
    async ({ account, run, files }) => {
      fill(account);
      expect((await run()).code).toBe(0);
      const program = Object.values(files()).join("\n");
      expect(program).not.toContain("grantedRoles");
      expect(program).toContain("Its roles are left as they are: no response of ThinkGeo has them.");
    },
    { switches: omitted("grantedRoles") },
  ));

describe("drift", () => {
  test.each(LISTS.map((fields) => [fields.join(", "), fields]))(
    "a list without %s is no finding",
    (_, listOmits) =>
      withDrift(async ({ account, stack, report, emulator }) => {
        stack("dev", ...fill(account).map((client) => resourceOf(client)));
        const whole = await report("dev.json");
        emulator.setSwitches({ listOmits });
        expect(await report("dev.json")).toEqual({ ...whole, at: expect.any(String) as unknown });
        account.editClient("Tiles", { allowedIpAddresses: [] });
        const { findings } = await report("dev.json");
        expect(findings.filter(({ name }) => name === "Tiles").map(({ kind }) => kind)).toEqual([
          "changed",
          "unrestricted",
        ]);
      }),
  );

  test.each([
    ["name", "name", 6],
    ["isActive", "active", 6],
    ["allowedOrigins", "allowedOrigins", 2],
    ["allowedIpAddresses", "allowedIpAddresses", 4],
    ["grantedRoles", "grantedRoles", 6],
  ])("what no response has is not compared, and that is said: %s", (field, property, count) =>
    withDrift(async ({ account, stack, report, emulator }) => {
      const clients = fill(account).map((client) => resourceOf(client));
      stack("dev", ...clients);
      const whole = await report("dev.json");
      emulator.setSwitches(omitted(field));
      const { findings, notes, complete } = await report("dev.json");
      expect(findings.filter(({ kind }) => kind === "changed" || kind === "deactivated")).toEqual(
        whole.findings.filter(({ kind }) => kind === "changed" || kind === "deactivated"),
      );
      expect(complete).toBe(false);
      expect(notes).toContain(
        `Not compared: ${property} of ${count} clients, which no response of ThinkGeo has.`,
      );
    }),
  );
});

describe("sweep", () => {
  test.each(LISTS.map((fields) => [fields.join(", "), fields]))(
    "a list without %s sweeps the same",
    (_, listOmits) =>
      withSweep(
        async ({ left, report, names, account }) => {
          left(`pr-1-${daysAgo(20)}`);
          account.editClient(left(`pr-2-${daysAgo(20)}`).id, { isActive: false });
          const found = await report("--no-stacks", "--yes");
          expect(found).toMatchObject({ ended: "swept", summary: { matching: 2, sweep: 1, done: 1 } });
          expect(names()).toEqual([`pr-2-${daysAgo(20)}`]);
        },
        { switches: { listOmits } },
      ),
  );

  test("nothing goes whose name no response has", () =>
    withSweep(
      async ({ left, report, names }) => {
        left(`pr-1-${daysAgo(20)}`);
        expect(await report("--no-stacks", "--yes")).toMatchObject({ summary: { matching: 0 } });
        expect(names()).toHaveLength(1);
      },
      { switches: omitted("name") },
    ));
});

describe("explain", () => {
  const ask = (account: EmulatorAccount): ReturnType<typeof runCommand> =>
    runCommand(["explain", "--client", "Office", "--address", "203.0.113.9", "--json"], {
      folder: ".",
      environment: account.environment,
    });

  test.each(LISTS.map((fields) => [fields.join(", "), fields]))(
    "a list without %s says the same",
    (_, listOmits) =>
      withScene(async ({ account, emulator }) => {
        fill(account);
        const whole = await ask(account);
        emulator.setSwitches({ listOmits });
        const { code, out } = await ask(account);
        expect(code).toBe(0);
        // Which list is in effect is not said, and there is but one.
        const omitted = listOmits.join() === "sharedMode" ? { client: { inForce: null } } : {};
        expect(JSON.parse(out)).toMatchObject(omitted);
        expect(JSON.parse(out)).toMatchObject({
          verdict: (JSON.parse(whole.out) as { verdict: string }).verdict,
        });
      }),
  );

  test("a whitelist that no response has is no open one", () =>
    withScene(
      async ({ account }) => {
        fill(account);
        expect(await ask(account)).toMatchObject({
          code: 2,
          err: expect.stringContaining("No response of ThinkGeo has allowedIpAddresses") as unknown,
        });
      },
      { switches: omitted("allowedIpAddresses") },
    ));
});
