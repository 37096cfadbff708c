import { withStack } from "./with-stack";

const SERVER = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.0/24"] };

// The sentences themselves, and all that is refused, are proven in tests/model/, tests/client/check.test.ts, tests/rotation/check.test.ts and
// tests/sdk/whitelist.test.ts. Here they go through the SDK, the engine and its screen.

test("a whitelist that is wrong is corrected at preview, without a request, and is not shown where it is secret", () =>
  withStack(async ({ stack, calls }) => {
    const allowedOrigins = [
      ...Array.from({ length: 300 }, (_, index) => `https://app${index}.acme.com`),
      "203.0.113.x",
    ];
    const wrong = await stack
      .declare({ name: "a", args: { type: "JavaScript", allowedOrigins } })
      .expect(1, "preview");
    expect(wrong).toContain(
      'allowedOrigins has 300 entries of which each has a scheme: a bare host is wanted. The first are [0] "https://app0.acme.com" (write "app0.acme.com"), [1]',
    );
    expect(wrong).toContain("there are 295 more");
    expect(wrong).toContain(
      '"203.0.113.x" is an address gone wrong, and no host name: use allowedIpAddresses for it; write "203.0.113.*" there',
    );
    expect(wrong).not.toContain("app299");

    const hidden = await stack
      .declare({
        name: "a",
        args: {
          ...SERVER,
          name: { $secret: " canary" },
          allowedIpAddresses: ["192.0.2.7", { $secret: "198.51.100.7/24" }],
        },
      })
      .expect(1, "preview");
    expect(hidden).toContain("allowedIpAddresses[1] has bits set after its prefix");
    expect(hidden).toContain("name must not have spaces around it");
    expect(hidden).not.toMatch(/canary|198\.51\.100/);
    expect(calls()).toEqual([]);
  }));

test("a whitelist that strangers can use is warned about at preview, and is not shown where it is secret", () =>
  withStack(async ({ stack }) => {
    stack.declare(
      { name: "open", args: { type: "JavaScript" } },
      {
        name: "web",
        args: { type: "JavaScript", allowedOrigins: ["*.amazonaws.com", "*.acme.com", "acme.com"] },
      },
      {
        name: "hidden",
        args: { type: "JavaScript", allowedOrigins: { $secret: ["*.canary.com"] } },
      },
    );
    const out = await stack.expect(0, "preview");
    for (const warning of [
      "can use this key anywhere",
      'warning: Strangers can use this key: anybody can have a site under a public suffix, and public suffixes lie below these wildcards: "*.amazonaws.com" covers s3.amazonaws.com',
      "Whether allowedOrigins[0] also allows its domain itself is not documented",
    ])
      expect(out).toContain(warning);
    expect(out).not.toMatch(/canary/);
  }));

test("a whitelist may say the same twice; one that somebody emptied is put back; one that is opened is told", () =>
  withStack(async ({ stack, account, emulator }) => {
    const server = {
      name: "Server",
      type: "NativeConfidential",
      grantedRoles: ["Evaluator", "Evaluator"],
      allowedIpAddresses: {
        $secret: ["104.210.128.0/24", "203.0.113.7", "104.210.128.0/24", "104.210.128.*"],
      },
    };
    const origins = ["Acme.com", "my_app.acme.com", "acme.com.", "acme.com"];
    const declare = (changed: object, a: object, ignoring: object): typeof stack =>
      stack.declare(
        { name: "server", args: { ...server, ...changed } },
        { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: origins } },
        { name: "a", args: { ...a, name: "A" } },
        { name: "b", kind: "RotatingClient", args: { ...a, name: "B" } },
        {
          name: "ignoring",
          args: { ...ignoring, name: "Ignoring" },
          opts: { ignoreChanges: ["allowedIpAddresses"] },
        },
      );
    await declare({}, SERVER, SERVER).up();
    expect(account.client("Server")).toMatchObject({
      allowedIpAddresses: ["104.210.128.0/24", "203.0.113.7"],
      grantedRoles: ["Evaluator"],
    });
    expect(account.client("Web")).toMatchObject({ allowedOrigins: ["Acme.com", "my_app.acme.com"] });
    await stack.expectNothingToDo();

    for (const name of ["A", "Ignoring"]) account.editClient(name, { allowedIpAddresses: [] });
    await stack.expect(7, "refresh", "--preview-only", "--expect-no-changes");
    await stack.up("--refresh");
    const lists = ["A", "Ignoring"].map((name) => account.client(name)?.allowedIpAddresses);
    expect(lists).toEqual([["203.0.113.0/24"], []]);

    // Left out where it was in effect until then: told in the preview and in the run, and not where it does not count.
    const open = { type: "NativeConfidential" };
    declare({}, open, open);
    for (const command of [["preview"], ["up", "--skip-preview"]]) {
      const out = await stack.expect(0, ...command);
      // The engine prints it twice: while it runs, and at its end.
      for (const name of ["A", "B"])
        expect(out.match(new RegExp(`warning: client "${name}" is opened`, "g"))).toHaveLength(2);
      expect(out).toContain(
        "is opened to the world: its allowedIpAddresses (1 address) are left out of the program, so whoever has its id and secret can use it from everywhere.",
      );
      expect(out).not.toContain('"Ignoring" is opened');
    }
    expect(account.client("A")).toMatchObject({ allowedIpAddresses: [] });
    const settled = await stack.expect(0, "preview", "--refresh", "--expect-no-changes");
    expect(settled).not.toContain("opened");

    // What is secret stays so in what the server's answer is compared with.
    emulator.setSwitches({ ignoreFields: ["allowedIpAddresses"] });
    declare({ allowedIpAddresses: { $secret: ["198.51.100.7"] } }, open, open);
    const kept = await stack.expect(1, "up", "--skip-preview");
    expect(kept).toContain("ThinkGeo accepted allowedIpAddresses, which is secret, and kept something else.");
    expect(kept).not.toContain("198.51.100.7");
  }));
