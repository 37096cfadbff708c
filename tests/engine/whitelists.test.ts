import { withStack } from "./with-stack";

const SERVER = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.0/24"] };

describe("a whitelist that lets everybody in", () => {
  test.each([
    ["an empty list", "Client", { ...SERVER, allowedIpAddresses: [] }, "allowedIpAddresses is empty"],
    ["no origins", "Client", { type: "JavaScript", allowedOrigins: [] }, "allowedOrigins is empty"],
    [
      "everything by the union of the entries",
      "RotatingClient",
      { ...SERVER, allowedIpAddresses: ["0.0.0.0/1", "128.0.0.0/1"] },
      "allowedIpAddresses lets in every address, all of its entries together",
    ],
  ] as const)("is refused at preview where it is declared: %s", (_, kind, args, what) =>
    withStack(async ({ stack, calls }) => {
      const out = await stack.declare({ name: "a", kind, args }).expect(1, "preview");
      expect(out).toContain(`${what}: leave the list out to restrict nothing`);
      expect(calls()).toEqual([]);
    }),
  );

  test("is told, in the preview and in the run, where a client had another one until then", () =>
    withStack(async ({ stack, account }) => {
      const open = { type: "NativeConfidential" };
      await stack
        .declare({ name: "a", args: SERVER }, { name: "b", kind: "RotatingClient", args: SERVER })
        .step();
      stack.declare({ name: "a", args: open }, { name: "b", kind: "RotatingClient", args: open });
      for (const command of [["preview"], ["up", "--skip-preview"]]) {
        const out = await stack.expect(0, ...command);
        // The engine prints it twice: while it runs, and at its end.
        for (const name of ["a", "b"])
          expect(out.match(new RegExp(`warning: client "${name}-[0-9a-f]+" is opened`, "g"))).toHaveLength(2);
        expect(out).toContain(
          "is opened to the world: its allowedIpAddresses (1 address) are left out of the program, so whoever has its id and secret can use it from everywhere.",
        );
      }
      expect(await stack.expect(0, "preview")).not.toContain("opened");
      expect(account.clients().filter(({ allowedIpAddresses }) => allowedIpAddresses.length > 0)).toEqual([]);
    }));
});

test("a whitelist that somebody emptied is drift, and is put back; or is left, where its changes are ignored", () =>
  withStack(async ({ stack, account, own }) => {
    const ignoring = { name: "b", args: SERVER, opts: { ignoreChanges: ["allowedIpAddresses"] } };
    await stack.declare({ name: "a", args: SERVER }, ignoring).step();
    for (const { id } of own()) account.editClient(id, { allowedIpAddresses: [] });
    await stack.expect(7, "refresh", "--preview-only", "--expect-no-changes");
    await stack.step("--refresh");
    const lists = own().map(({ name, allowedIpAddresses }) => [name.slice(0, 1), allowedIpAddresses]);
    expect(Object.fromEntries(lists)).toEqual({ a: ["203.0.113.0/24"], b: [] });
  }));

test("a whitelist that a program leaves out, and ignoreChanges keeps, is no reason for a warning", () =>
  withStack(async ({ stack }) => {
    const web = { name: "web", args: { type: "JavaScript" } };
    expect(await stack.declare(web).expect(0, "preview")).toContain("can use this key anywhere");
    await stack.declare({ ...web, args: { ...web.args, allowedOrigins: ["acme.com"] } }).step();
    stack.declare({ ...web, opts: { ignoreChanges: ["allowedOrigins"] } });
    expect(await stack.expect(0, "preview", "--expect-no-changes")).not.toContain("warning:");
  }));

describe("a whitelist as people write it", () => {
  test("may say the same twice: each is sent once, and nothing is left to do", () =>
    withStack(async ({ stack, account }) => {
      stack.declare(
        {
          name: "server",
          args: {
            name: "Server",
            type: "NativeConfidential",
            grantedRoles: ["Evaluator", "Evaluator"],
            allowedIpAddresses: {
              $secret: ["104.210.128.0/24", "203.0.113.7", "104.210.128.0/24", "104.210.128.*"],
            },
          },
        },
        {
          name: "web",
          args: {
            name: "Web",
            type: "JavaScript",
            allowedOrigins: ["Acme.com", "my_app.acme.com", "acme.com.", "acme.com"],
          },
        },
      );
      await stack.step();
      expect(account.client("Server")).toMatchObject({
        allowedIpAddresses: ["104.210.128.0/24", "203.0.113.7"],
        grantedRoles: ["Evaluator"],
      });
      expect(account.client("Web")).toMatchObject({ allowedOrigins: ["Acme.com", "my_app.acme.com"] });
    }));

  test("is warned about where strangers' sites are in it", () =>
    withStack(async ({ stack }) => {
      const allowedOrigins = ["*.amazonaws.com", "*.acme.com", "acme.com"];
      stack.declare({ name: "web", args: { type: "JavaScript", allowedOrigins } });
      const out = await stack.expect(0, "preview");
      expect(out).toContain(
        'warning: Strangers can use this key: anybody can have a site under a public suffix, and public suffixes lie below these wildcards: "*.amazonaws.com" covers s3.amazonaws.com',
      );
    }));

  test.each([
    [
      "origins",
      {
        type: "JavaScript",
        allowedOrigins: [
          ...Array.from({ length: 300 }, (_, index) => `https://app${index}.acme.com`),
          ...["null", "undefined.acme.com", "http://127.0.0.1:5173", "203.0.113.x", "chrome-extension://abc"],
        ],
      },
      [
        'allowedOrigins has 300 entries of which each has a scheme: a bare host is wanted. The first are [0] "https://app0.acme.com" (write "app0.acme.com"), [1]',
        "there are 295 more",
        '"null" is what JavaScript makes of a value that is missing, and what pages without an origin send',
        '"undefined.acme.com" has the label "undefined"',
        'open the page as localhost; write "localhost"',
        '"203.0.113.x" is an address gone wrong, and no host name: use allowedIpAddresses for it; write "203.0.113.*" there',
        '"chrome-extension://abc" is the address of a browser extension, which has no host that could be listed',
      ],
    ],
    [
      "addresses",
      { ...SERVER, allowedIpAddresses: ["203.0.113.1 # office", "203.0.113.x", "undefined"] },
      [
        '"203.0.113.1 # office" is an address with something behind it; write "203.0.113.1"',
        '"203.0.113.x" has an x where a wildcard is wanted; write "203.0.113.*"',
        '"undefined" is what JavaScript makes of a value that is missing',
      ],
    ],
  ])("is corrected at preview, and many equal mistakes are one sentence: %s", (_, args, sentences) =>
    withStack(async ({ stack, calls }) => {
      const out = await stack.declare({ name: "a", args }).expect(1, "preview");
      for (const sentence of sentences) expect(out).toContain(sentence);
      expect(out).not.toContain("app299");
      expect(calls()).toEqual([]);
    }),
  );

  test.each([
    [
      "a list, and the name",
      {
        ...SERVER,
        allowedIpAddresses: { $secret: ["198.51.100.7", "198.51.100.7/24"] },
        name: { $secret: " canary" },
      },
      ["allowedIpAddresses[1] has bits set after its prefix", "name must not have spaces around it"],
    ],
    [
      "an element",
      { ...SERVER, allowedIpAddresses: ["192.0.2.7", { $secret: "198.51.100.x" }] },
      ["allowedIpAddresses[1] has an x where a wildcard is wanted"],
    ],
    [
      "origins",
      { type: "JavaScript", allowedOrigins: { $secret: ["acme.com", "https://canary.com"] } },
      ["allowedOrigins[1] has a scheme: a bare host is wanted"],
    ],
  ])("is not shown where it is secret, the place is told: %s", (_, args, sentences) =>
    withStack(async ({ stack }) => {
      const out = await stack.declare({ name: "a", args }).expect(1, "preview");
      for (const sentence of sentences) expect(out).toContain(sentence);
      expect(out).not.toMatch(/canary|198\.51\.100|amazonaws/);
    }),
  );

  test("is not shown in warnings either", () =>
    withStack(async ({ stack }) => {
      const allowedOrigins = { $secret: ["*.amazonaws.com", "*.canary.com"] };
      stack.declare({ name: "web", args: { type: "JavaScript", allowedOrigins } });
      const out = await stack.expect(0, "preview");
      expect(out).toContain("public suffixes lie below allowedOrigins[0]");
      expect(out).toContain("Whether allowedOrigins[1] also lets in its domain itself is not documented");
      expect(out).not.toMatch(/canary|amazonaws/);
    }));

  test("that is secret stays so in what the server's answer is compared with", () =>
    withStack(
      async ({ stack }) => {
        const allowedIpAddresses = { $secret: ["198.51.100.7"] };
        stack.declare({ name: "a", args: { type: "NativeConfidential", allowedIpAddresses } });
        const out = await stack.expect(1, "up", "--skip-preview");
        expect(out).toContain(
          "ThinkGeo accepted allowedIpAddresses, which is secret, and kept something else.",
        );
        expect(out).not.toContain("198.51.100.7");
      },
      { switches: { ignoreFields: ["allowedIpAddresses"] } },
    ));
});
