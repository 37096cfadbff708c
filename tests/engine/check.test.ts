import { withStack } from "./with-stack";

describe("a wrong program", () => {
  test.each([
    [
      "NativeConfidential with origins",
      { type: "NativeConfidential", allowedOrigins: ["acme.com"] },
      ["cannot be used with type NativeConfidential"],
    ],
    [
      "origins and roles",
      { type: "JavaScript", allowedOrigins: ["https://acme.com/", "*.com"], grantedRoles: ["user"] },
      [
        '"https://acme.com/" has a scheme: a bare host is wanted; write "acme.com"',
        '"*.com" is a public suffix',
        'did you mean "User"?',
      ],
    ],
    [
      "names of properties, and secrets where they do not belong",
      { type: "Javascript", allowedIpAdresses: ["203.0.113.5"], clientSecret: "canary-in-the-wrong-place" },
      [
        'did you mean "JavaScript"?',
        'did you mean "allowedIpAddresses"?',
        "clientSecret is no property of a Client",
      ],
    ],
    [
      "addresses",
      { type: "JavaScript", allowedIpAddresses: ["203.0.113.5/24", "010.0.0.1"] },
      [
        '"203.0.113.5/24" has bits set after its prefix; write "203.0.113.0/24"',
        '"010.0.0.1" has a leading zero',
      ],
    ],
  ])("%s: all is told at once, at preview, without a request", (_, args, sentences) =>
    withStack(async ({ stack, calls }) => {
      const out = await stack.declare({ name: "a", args }).expect(1, "preview");
      for (const sentence of sentences) expect(out).toContain(sentence);
      expect(out).not.toContain("canary-in-the-wrong-place");
      expect(calls()).toEqual([]);
    }),
  );

  test("values that are not known yet pass the preview, wherever they stand", () =>
    withStack(async ({ stack, account }) => {
      const first = { name: "first", args: { type: "JavaScript", allowedOrigins: ["acme.com"] } };
      const second = {
        name: "second",
        args: {
          type: "JavaScript",
          name: { $output: ["first", "clientId"] },
          allowedOrigins: { $output: ["first", "allowedOrigins"] },
          replaceWhenChanged: { of: { $output: ["first", "id"] } },
        },
      };
      stack.declare(first, second);
      await stack.expect(0, "preview");
      await stack.step();
      const { clientId } = await stack.outputs("first");
      expect(account.client(String(clientId))).toMatchObject({ allowedOrigins: ["acme.com"] });
    }));

  test("credentials that are missing are told at preview, once, with both ways to set them", () =>
    withStack(async ({ stack }) => {
      stack.declare(
        { name: "a", args: { type: "NativeConfidential" } },
        { name: "b", args: { type: "NativeConfidential" } },
      );
      delete stack.environment["THINKGEO_CLIENT_SECRET"];
      const out = await stack.expect(1, "preview");
      expect(out).toContain('"pulumi config set --secret thinkgeo:clientSecret VALUE"');
      expect(out).toContain("THINKGEO_CLIENT_SECRET");
      // The engine prints an error twice: while it runs, and at its end.
      expect(out.split("clientSecret is not set")).toHaveLength(3);
    }));

  test("configuration wins over the environment", () =>
    withStack(async ({ stack, account, own }) => {
      stack.declare({ name: "a", args: { type: "NativeConfidential" } });
      stack.environment["THINKGEO_CLIENT_SECRET"] = "wrong";
      expect(await stack.expect(1, "up", "--skip-preview")).toContain(
        "does not accept thinkgeo:clientId with thinkgeo:clientSecret",
      );
      await stack.expect(0, "config", "set", "--secret", "--", "thinkgeo:clientSecret", account.clientSecret);
      await stack.step();
      expect(own()).toHaveLength(1);
    }));
});
