import { textOf } from "../repository";
import { withStack } from "../engine/with-stack";

const PROMISE =
  "All errors in the arguments of one resource are reported together, with\none error of the configuration. Pulumi then stops: other resources may have more.";

test("docs/troubleshooting.md says how much is said at once, and so it is", () =>
  withStack(async ({ stack, emulator }) => {
    expect(textOf("docs/troubleshooting.md")).toContain(PROMISE);
    const args = { type: "JavaScript", allowedOrigins: ["https://acme.com", "*"], nonsense: 1 };
    stack.declare({ name: "first", args }, { name: "second", args, opts: { dependsOn: ["first"] } });
    await stack.expect(0, "config", "set", "thinkgeo:apiURL", "https://acme.example");
    await stack.expect(0, "config", "set", "thinkgeo:requestTimeout", "soon");
    const { code, out } = await stack.run("preview");
    expect(code).not.toBe(0);
    for (const problem of [
      "thinkgeo:apiURL is not a configuration key: did you mean thinkgeo:apiUrl?",
      "has a scheme: a bare host is wanted",
      "stands for every origin",
      "nonsense is no property of a Client",
    ])
      expect(out).toContain(problem);
    expect(out).not.toContain("must be a number");
    expect(out).not.toMatch(/resource 'second'/);
    await stack.expect(0, "config", "rm", "thinkgeo:apiURL");
    const { out: next } = await stack.run("preview");
    expect(next).toContain("must be a number");
    expect(next).toContain("nonsense is no property of a Client");
    expect(emulator.requests()).toEqual([]);
  }));

test("both credentials that are missing are said together, once, with what to type", () =>
  withStack(async ({ stack }) => {
    const args = { type: "JavaScript" };
    stack.declare({ name: "web", args }, { name: "other", args });
    delete stack.environment["THINKGEO_CLIENT_ID"];
    delete stack.environment["THINKGEO_CLIENT_SECRET"];
    const { out } = await stack.run("preview");
    expect(out).toContain(
      'clientId and clientSecret are not set. Run "pulumi config set thinkgeo:clientId VALUE" and "pulumi config set --secret thinkgeo:clientSecret VALUE"',
    );
    // The engine prints an error twice: while it runs, and at its end.
    expect(out.split("clientSecret are not set")).toHaveLength(3);
  }));
