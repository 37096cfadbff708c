import { fakePulumi } from "../../fake-pulumi";
import { resultsOf, stepOf, withDoctor, wordsOf } from "../run-doctor";

describe("configuration", () => {
  test("says where each setting comes from, and no secret", () =>
    withDoctor(async ({ account, environment, report }) => {
      environment["THINKGEO_MAX_CONCURRENCY"] = "3";
      const words = wordsOf(await report(), "configuration");
      expect(words).toContain(
        `pass: clientId is ${account.clientId.slice(0, 6)}…, from the environment (THINKGEO_CLIENT_ID).`,
      );
      expect(words).toContain("pass: clientSecret is set, from the environment (THINKGEO_CLIENT_SECRET).");
      expect(words).toContain("maxConcurrency is 3, from the environment (THINKGEO_MAX_CONCURRENCY).");
    }));

  test("a secret that is not set skips what needs it, and the rest still runs", () =>
    withDoctor(async (world) => {
      delete world.environment["THINKGEO_CLIENT_SECRET"];
      expect(await resultsOf(world)).toEqual({
        configuration: "fail",
        address: "pass",
        token: "skipped",
        identity: "skipped",
        roles: "skipped",
        rights: "skipped",
        clock: "pass",
        description: "pass",
        versions: "pass",
      });
      const report = await world.report();
      expect(wordsOf(report, "configuration")).toContain("fail: ThinkGeo's clientSecret is not set. Run ");
      expect(stepOf(report, "token").skipped).toContain("thinkgeo:clientId and thinkgeo:clientSecret");
    }));

  test("an address that cannot be used leaves nothing to ask", () =>
    withDoctor(async (world) => {
      world.environment["THINKGEO_API_URL"] = "http://example.com";
      const found = await resultsOf(world);
      expect([found["configuration"], found["address"], found["versions"]]).toEqual([
        "fail",
        "skipped",
        "pass",
      ]);
      const report = await world.report();
      expect([report.apiUrl, report.requests]).toEqual([null, 0]);
      expect(wordsOf(report, "configuration")).toContain("thinkgeo:apiUrl must begin with https://");
    }));

  test("the stack's configuration wins, and a mixture of two places is pointed at", () =>
    withDoctor(async ({ account, environment, folder, report }) => {
      pulumiWith(folder, { "thinkgeo:clientSecret": { value: account.clientSecret, secret: true } });
      environment["THINKGEO_CLIENT_SECRET"] = "wrong-and-not-used";
      const found = await report(["--stack", "dev"]);
      const words = wordsOf(found, "configuration");
      expect(words).toContain("info: The configuration of stack dev was read.");
      expect(words).toContain("clientSecret is set, from the stack's configuration.");
      expect(words).toContain("warn: clientId comes from the environment and clientSecret from the stack");
      expect(words).not.toContain("plain text");
      expect(stepOf(found, "token").result).toBe("pass");
    }));

  test("a misspelt setting of the stack fails, and nothing is asked at the address that is the default", () =>
    withDoctor(async ({ cloud, environment, folder, report }) => {
      delete environment["THINKGEO_API_URL"];
      pulumiWith(folder, { "thinkgeo:apiURL": { value: cloud.url, secret: false } });
      const found = await report(["--stack", "dev"]);
      expect(wordsOf(found, "configuration")).toContain(
        "fail: thinkgeo:apiURL is not a configuration key: did you mean thinkgeo:apiUrl? Correct it where it is set",
      );
      expect([found.apiUrl, found.requests]).toEqual([null, 0]);
    }));

  test.each([{}, { secret: false }])("a secret that is not encrypted is warned of, unseen: %j", (plain) =>
    withDoctor(async ({ account, environment, folder, report }) => {
      const entry = (value: string) => ({ value, ...plain });
      pulumiWith(folder, {
        "thinkgeo:clientId": entry(account.clientId),
        "thinkgeo:clientSecret": entry(account.clientSecret),
        "other:clientSecret": entry("x"),
      });
      delete environment["THINKGEO_CLIENT_ID"];
      const found = await report(["--stack", "dev"]);
      expect(wordsOf(found, "configuration")).toContain(
        "warn: Pulumi.dev.yaml holds thinkgeo:clientSecret in plain text",
      );
      expect(stepOf(found, "token").result).toBe("pass");
      expect(JSON.stringify(found)).not.toContain(account.clientSecret);
    }),
  );

  test("a stack that cannot be read fails, with what Pulumi said", () =>
    withDoctor(async ({ folder, report }) => {
      fakePulumi(
        folder,
        `if (process.argv[2] === "version") console.log("v3.270.0"); else { console.error("error: no stack named 'dev' found"); process.exit(255); }`,
      );
      expect(wordsOf(await report(["--stack", "dev"]), "configuration")).toContain(
        "failed: no stack named 'dev' found Check --stack and --cwd",
      );
    }));

  test("a path that is too much is pointed at", () =>
    withDoctor(async ({ environment, cloud, report }) => {
      environment["THINKGEO_API_URL"] = `${cloud.url}/api/v1`;
      const words = wordsOf(await report(), "configuration");
      expect(words).toContain(`Set thinkgeo:apiUrl to ${cloud.url}, unless`);
    }));
});

/** A Pulumi whose stacks all have this configuration. */
function pulumiWith(folder: string, config: object): void {
  const json = JSON.stringify(JSON.stringify(config));
  fakePulumi(folder, `console.log(process.argv[2] === "config" ? ${json} : "v3.270.0");`);
}
