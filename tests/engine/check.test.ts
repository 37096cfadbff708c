import { withStack } from "./with-stack";

test("a wrong program: all is told at once, at preview, without a request", () =>
  withStack(async ({ stack, calls }) => {
    const args = {
      type: "JavaScript",
      allowedOrigins: ["https://acme.com/", "*.com"],
      allowedIpAdresses: ["203.0.113.5"],
      grantedRoles: ["user"],
      clientSecret: "canary-in-the-wrong-place",
    };
    const out = await stack.declare({ name: "a", args }).expect(1, "preview");
    for (const sentence of [
      '"https://acme.com/" has a scheme: a bare host is wanted; write "acme.com"',
      '"*.com" is a public suffix',
      'did you mean "User"?',
      'did you mean "allowedIpAddresses"?',
      "clientSecret is no property of a Client",
    ])
      expect(out).toContain(sentence);
    expect(out).not.toContain("canary-in-the-wrong-place");
    expect(calls()).toEqual([]);
  }));

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
    await stack.quickStep();
    const { clientId } = await stack.outputs("first");
    expect(account.client(String(clientId))).toMatchObject({ allowedOrigins: ["acme.com"] });
  }));
