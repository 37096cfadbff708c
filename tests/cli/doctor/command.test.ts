import { stepOf, withDoctor, wordsOf } from "./run-doctor";

test("a well account passes every check, in six requests, and nothing is changed", () =>
  withDoctor(async ({ cloud, account, report }) => {
    const before = JSON.stringify(account.clients());
    const found = await report();
    expect(found.steps.map(({ name, result }) => `${name} ${result}`)).toEqual([
      "configuration pass",
      "address pass",
      "token pass",
      "identity pass",
      "roles pass",
      "rights pass",
      "clock pass",
      "description pass",
      "versions pass",
    ]);
    expect([found.result, found.requests, found.differences]).toEqual(["pass", 6, []]);
    expect(wordsOf(found, "identity")).toContain('The client is "Emulator operator"');
    expect(stepOf(found, "token").findings).toHaveLength(1);
    expect(JSON.stringify(account.clients())).toBe(before);
    expect(cloud.requests({ method: "DELETE" })).toEqual([]);
  }));

test("help has the options, examples, and what each exit code means", () =>
  withDoctor(async ({ doctor }) => {
    const { code, out } = await doctor(["--help"]);
    expect(code).toBe(0);
    for (const part of [
      "--probe",
      "--yes-change-account NAME",
      "--strict",
      "thinkgeo doctor",
      "Exit codes: 0",
    ])
      expect(out).toContain(part);
  }));

test.each([
  [["--nothing"], "Unknown option '--nothing'"],
  [["extra"], "doctor takes options only."],
  [["--stack", ""], "--stack: must not be empty."],
])("%j is a wrong command line", (args, words) =>
  withDoctor(async ({ cloud, doctor }) => {
    const { code, err } = await doctor(args);
    expect([code, cloud.requests()]).toEqual([2, []]);
    expect(err).toContain(words);
  }),
);

test("a warning is 0, and 1 with --strict; a failure is 1", () =>
  withDoctor(async ({ account, doctor }) => {
    account.setRoles(["User", { name: "Evaluator", expiration: new Date(Date.now() + 5e8).toISOString() }]);
    const { code, out } = await doctor();
    expect([code, (await doctor(["--strict"])).code, (await doctor(["--strict", "--json"])).code]).toEqual([
      0, 1, 1,
    ]);
    expect(out).toContain("warn  Roles of the account\n");
    expect(out).toContain("9 checks: 8 passed, 1 warning. 6 requests.\n");
    account.editClient(account.operatorId, { isActive: false });
    const failed = await doctor();
    expect(failed.code).toBe(1);
    expect(failed.out).toContain("skip  Client and account\n        Skipped: it needs a token.\n");
  }));

test("what to do about one cause is said once, and what follows refers to it", () =>
  withDoctor(async ({ account, doctor }) => {
    account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
    const advice = (await doctor()).out.split("\n").filter((line) => line.startsWith("        Do: "));
    expect(advice).toEqual([
      expect.stringContaining("needs the User role to manage clients"),
      '        Do: the same as for "Client and account".',
      '        Do: the same as for "Client and account".',
    ]);
  }));

test("what a server says cannot change the screen, in text and in JSON", () =>
  withDoctor(async ({ account, cloud, doctor }) => {
    const hostile = "Web\u001b[2J\u009b2J\u202eevil\u2028next\u200b";
    account.editClient(account.operatorId, { name: hostile });
    const document = { paths: { [`/api/v1/clients/${hostile}`]: { get: {} } } };
    cloud.fault({ kind: "reply", text: JSON.stringify(document), path: "/swagger/**" });
    cloud.fault({ kind: "status", status: 404, message: hostile, path: "/api/v1/accounts/current" });
    for (const args of [[], ["--json"]]) {
      const { out, err } = await doctor(args);
      expect(out).toContain("[2J");
      expect(out).toMatch(/extra path/i);
      expect(out + err).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    }
  }));

test("colour is for terminals only", () =>
  withDoctor(async ({ doctor }) => {
    expect((await doctor()).out).not.toContain("\u001b");
    expect((await doctor([], { interactive: true })).out).toContain("\u001b[32mpass\u001b[0m");
  }));

test("THINKGEO_LOG=debug shows the requests", () =>
  withDoctor(async ({ doctor, environment }) => {
    environment["THINKGEO_LOG"] = "debug";
    expect((await doctor()).err).toMatch(/thinkgeo: GET \/swagger\/v1\/swagger\.json 200/);
  }));

describe("secrets", () => {
  test("no secret and no token is in any output, whatever goes wrong", () =>
    withDoctor(async ({ account, cloud, doctor, environment }) => {
      environment["THINKGEO_LOG"] = "debug";
      const secrets = new Set<string>();
      cloud.onRequest(({ moment }) => {
        if (moment !== "after") return;
        for (const { name, apiKey, apiSecret } of account.clients()) {
          secrets.add(apiSecret);
          if (name.startsWith("thinkgeo-doctor")) secrets.add(apiKey);
        }
      });
      const yes = ["--probe", "--yes-change-account", "Account 1"];
      const runs = [await doctor(yes), await doctor([...yes, "--json"])];
      cloud.fault({
        kind: "status",
        status: 400,
        message: `bad secret ${account.clientSecret}`,
        path: "/api/**",
      });
      runs.push(await doctor(), await doctor(["--json"]));
      environment["THINKGEO_CLIENT_ID"] = account.clientSecret;
      runs.push(await doctor());
      const all = runs.map(({ out, err }) => out + err).join("\n");
      expect(secrets.size).toBeGreaterThan(5);
      for (const secret of secrets) expect(all).not.toContain(secret);
      expect(all).not.toContain("eyJ");
    }));

  test("what can be sent on holds no id, key or name of the account", () =>
    withDoctor(async ({ account, doctor }) => {
      const { out } = await doctor(["--probe", "--yes-change-account", "Account 1", "--json"]);
      const { probe } = JSON.parse(out) as { probe: unknown };
      const text = JSON.stringify(probe);
      for (const { id, apiKey, name, ownerId } of account.clients())
        for (const part of [id, apiKey, name, ownerId]) expect(text).not.toContain(part);
      expect(text).not.toContain(account.name);
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|127\.0\.0\.1|http/);
    }));

  test("nothing claims to have been verified against the live service", () =>
    withDoctor(async ({ doctor }) => {
      const { out } = await doctor();
      expect(out).not.toMatch(/verified|live/i);
    }));
});
