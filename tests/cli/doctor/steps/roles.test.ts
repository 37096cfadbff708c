import { stepOf, withDoctor, wordsOf } from "../run-doctor";

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
      "another role is in force",
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
