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
