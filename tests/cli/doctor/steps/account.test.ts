import { stepOf, withDoctor, wordsOf } from "../run-doctor";

describe("client, account and rights", () => {
  test("no User role: the token still says who it is, and what to do is said", () =>
    withDoctor(async ({ account, report }) => {
      account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
      const found = await report();
      expect(wordsOf(found, "identity")).toContain(
        `pass: The client is "Emulator operator" (${account.operatorId}), by its token.`,
      );
      expect(stepOf(found, "rights").result).toBe("fail");
      expect(wordsOf(found, "rights")).toContain("needs the User role to manage clients");
    }));

  test("a role that only the token still has", () =>
    withDoctor(
      async ({ account, cloud, report }) => {
        const end = cloud.onRequest(({ request, moment }) => {
          if (moment === "after" && request.path.startsWith("/identity"))
            account.editClient(account.operatorId, { grantedRoles: [], isActive: true });
        });
        expect(wordsOf(await report(), "rights")).toContain("does not have the role User (its roles: none)");
        end();
      },
      { switches: { rights: "token" } },
    ));

  test("roles by id are read by name", () =>
    withDoctor(
      async ({ report }) => {
        expect(wordsOf(await report(), "rights")).toContain("pass: It has the role User.");
      },
      { switches: { grantedRolesForm: "ids" } },
    ));

  test("a list that is short, and one that lacks the client itself", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.setSwitches({ listCap: 1 });
      const found = await report();
      expect(wordsOf(found, "rights")).toContain("holds 1 client, and says that there are 3");
      expect(wordsOf(found, "rights")).toContain("lacks the client that authenticates");
      expect(stepOf(found, "rights").result).toBe("fail");
    }));

  test("a list without keys is no wrong account", () =>
    withDoctor(
      async ({ report }) => {
        expect(wordsOf(await report(), "rights")).toContain("fail: The list shows no client's apiKey");
      },
      { switches: { listOmits: ["apiKey"] } },
    ));

  test("what the list leaves out is read of the client itself", () =>
    withDoctor(
      async ({ account, report }) => {
        expect(stepOf(await report(), "rights").result).toBe("pass");
        account.editClient(account.operatorId, { grantedRoles: ["User"] });
        account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
        expect(stepOf(await report(), "rights").result).toBe("fail");
      },
      { switches: { listOmits: ["grantedRoles", "isActive"] } },
    ));

  test("the sample client, and a whitelist", () =>
    withDoctor(async ({ account, environment, report }) => {
      const sample = account.editClient("Sample Native Client", {
        sharedMode: "IpAddress",
        allowedIpAddresses: ["127.0.0.0/8"],
      });
      environment["THINKGEO_CLIENT_ID"] = sample.apiKey;
      environment["THINKGEO_CLIENT_SECRET"] = sample.apiSecret;
      const words = wordsOf(await report(), "rights");
      expect(words).toContain("warn: It is the sample client that came with the account.");
      expect(words).toContain("info: It may be used from 127.0.0.0/8 only");
    }));

  test("an address outside the whitelist", () =>
    withDoctor(async ({ account, report }) => {
      account.editClient(account.operatorId, { sharedMode: "IpAddress", allowedIpAddresses: ["192.0.2.1"] });
      expect(wordsOf(await report(), "rights")).toContain(
        "its whitelist must have this machine's IP address",
      );
    }));

  test("two accounts at once", () =>
    withDoctor(async ({ cloud, report }) => {
      const data = { id: "another", name: "Another" };
      const text = JSON.stringify({ data, status: "success" });
      cloud.fault({ kind: "reply", status: 200, text, path: "/api/v1/accounts/current" });
      expect(wordsOf(await report(), "identity")).toContain("name two accounts");
    }));

  test("an account that cannot be read costs a warning only", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "status", status: 404, path: "/api/v1/accounts/current" });
      const found = await report();
      expect(stepOf(found, "identity").result).toBe("warn");
      expect(wordsOf(found, "identity")).toContain('The account is "Account 1"');
    }));
});

describe("roles and their end", () => {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 + 60_000).toISOString();

  test.each([
    [[{ name: "Evaluator", expiration: inDays(20) }, "User"], "pass", ", in 21 days."],
    [[{ name: "Evaluator", expiration: inDays(13) }, "User"], "warn", ", in 14 days. Subscribe"],
    [[{ name: "Evaluator", expiration: inDays(0) }, "User"], "warn", ", in 1 day."],
    [[{ name: "Evaluator", expiration: inDays(-2) }, "User"], "fail", '"Evaluator" ended on'],
    [
      [{ name: "Evaluator", expiration: inDays(-2) }, "User", "Subscriber"],
      "warn",
      "another role is in effect",
    ],
    [["User", "Subscriber"], "pass", '"Subscriber" does not end.'],
  ])("%j: %s", (roles, result, words) =>
    withDoctor(async ({ account, report }) => {
      account.setRoles(roles);
      const found = await report();
      expect(stepOf(found, "roles").result).toBe(result);
      expect(wordsOf(found, "roles")).toContain(words);
    }),
  );

  test("that cannot be read, of none, and with an end that is no time", () =>
    withDoctor(async ({ cloud, report }) => {
      const path = "/api/v1/roles/accounts/current";
      cloud.fault({ kind: "html", path, times: 1 });
      expect(stepOf(await report(), "roles").result).toBe("warn");
      const reply = (data: unknown): void =>
        void cloud.fault({ kind: "reply", status: 200, text: JSON.stringify({ data }), path, times: 1 });
      reply([]);
      expect(wordsOf(await report(), "roles")).toContain("fail: The account has no role.");
      reply([{ roleName: "Evaluator", expiration: "some day" }]);
      expect(wordsOf(await report(), "roles")).toContain("ends at a time that cannot be read");
    }));
});
