import { join } from "node:path";
import { nativeProgram, writePlugin, type Declaration } from "../engine/programs";
import type { EngineStack } from "../engine/engine-stack";
import { stacksOn, withStack } from "../engine/with-stack";

/* What only the native host can do. What both can, tests/engine/ proves on both. */

const onStack = stacksOn("native");
const server = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

/** Declares resources, and more of a project. */
function declareWith(stack: EngineStack, more: object, ...declarations: readonly Declaration[]): void {
  const program = JSON.parse(nativeProgram("engine-test", declarations)) as object;
  stack.write("Pulumi.yaml", JSON.stringify({ ...program, ...more }));
}

const POSTS = { method: "POST", path: "/api/v1/clients" };

test("a client that was made by hand is imported as it is, by the command and by the option, and so is one that is to rotate", () =>
  onStack(async ({ stack, account, emulator }) => {
    const hand = account.addClient({
      name: "By hand",
      allowedIpAddresses: ["192.0.2.7"],
      grantedRoles: ["User"],
    });
    // Bits set behind the prefix, as the console takes them and a program does not.
    const off = account.addClient({
      name: "Off",
      isActive: false,
      allowedIpAddresses: ["203.0.113.7/24", " 198.51.100.7"],
    });
    const web = account.addClient({
      name: "Web",
      clientType: "JavaScript",
      sharedMode: "Origin",
      allowedOrigins: ["acme.com"],
    });
    const before = account.clients();
    const printed: string[] = [];
    for (const [kind, name, id] of [
      ["Client", "hand", hand.id],
      ["Client", "off", off.id.toUpperCase()],
      ["RotatingClient", "web", web.id],
    ] as const)
      printed.push(
        await stack.expect(0, "import", `thinkgeo:index:${kind}`, name, id, "--yes", "--protect=false"),
      );
    expect(printed[0]).toContain("grantedRoles:");
    expect(printed[1]).toContain("active: false");
    expect(printed[1]).toMatch(/- 198\.51\.100\.7\n\s+- 203\.0\.113\.0\/24\n/);
    // All roles of the account are what a program declares by saying nothing.
    expect(printed[1]).not.toContain("grantedRoles:");
    stack.declare(
      {
        name: "hand",
        args: {
          type: "NativeConfidential",
          name: "By hand",
          grantedRoles: ["User"],
          allowedIpAddresses: ["192.0.2.7/32"],
        },
      },
      {
        name: "off",
        args: {
          type: "NativeConfidential",
          name: "Off",
          active: false,
          allowedIpAddresses: ["198.51.100.7", "203.0.113.0/24"],
        },
      },
      {
        name: "web",
        kind: "RotatingClient",
        args: { type: "JavaScript", name: "Web", allowedOrigins: ["ACME.com"] },
      },
    );
    await stack.expect(0, "preview", "--expect-no-changes");
    await stack.quickStep();
    expect(await stack.outputs("hand")).toMatchObject({ id: hand.id, clientSecret: hand.apiSecret });
    expect((await stack.outputs("web"))["current"]).toMatchObject({ id: web.id, generation: 1 });
    expect(account.clients()).toEqual(before);
    expect(emulator.requests({ method: "POST", path: "/api/**" })).toEqual([]);

    const out = await stack.expect(
      1,
      "import",
      "thinkgeo:index:Client",
      "none",
      "00000000-0000-4000-8000-000000000000",
      "--yes",
    );
    expect(out).toContain("the account of thinkgeo:clientId has no client with that GUID");

    const other = account.addClient({ name: "Other", allowedIpAddresses: ["192.0.2.7"] });
    const differing = { name: "Other", type: "NativeConfidential", allowedIpAddresses: ["192.0.2.8"] };
    stack.declare({ name: "other", args: differing, opts: { import: other.id } });
    const preview = await stack.expect(0, "preview", "--diff");
    expect(preview).toContain("192.0.2.8");
    expect(emulator.requests(POSTS)).toEqual([]);
  }));

test("one client is not imported into two resources, nor into one beside the one that has it", () =>
  onStack(async ({ stack, account }) => {
    const { id } = account.addClient({ name: "By hand", allowedIpAddresses: ["203.0.113.7"] });
    const before = account.clients();
    const args = { ...server, name: "By hand" };
    const [first, second] = ["first", "second"].map((name) => ({ name, args, opts: { import: id } }));
    if (first === undefined || second === undefined) throw new Error("There are two.");
    const words = "another resource of this program has the same client";
    expect(await stack.declare(first, second).expect(1, "preview")).toContain(words);
    await stack.declare(first).up();
    expect(await stack.declare({ name: "first", args }, second).expect(1, "up", "--skip-preview")).toContain(
      words,
    );
    await stack.declare({ name: "first", args }).up();
    expect(account.clients()).toEqual(before);
    await stack.expectNothingToDo();
  }));

test("the credentials in plain text are a warning", () =>
  onStack(async ({ stack, account }) => {
    const { clientId, clientSecret } = account;
    delete stack.environment["THINKGEO_CLIENT_ID"];
    delete stack.environment["THINKGEO_CLIENT_SECRET"];
    await stack.expect(0, "config", "set", "--", "thinkgeo:clientId", clientId);
    await stack.expect(0, "config", "set", "--plaintext", "--", "thinkgeo:clientSecret", clientSecret);
    stack.declare({ name: "a", args: server });
    const plain = await stack.expect(0, "preview");
    expect(plain).toContain("thinkgeo:clientSecret is in plain text in Pulumi.test.yaml");
    expect(plain).not.toContain(clientSecret);
    await stack.expect(0, "config", "set", "--secret", "--", "thinkgeo:clientSecret", clientSecret);
    expect(await stack.expect(0, "preview")).not.toContain("plain text");
  }));

test("an imported client may have what no program may declare anew: it is a warning, and later runs go on", () =>
  onStack(async ({ stack, account }) => {
    const web = { type: "JavaScript", allowedOrigins: ["https://acme.com", "b.org"] };
    const named = account.addClient({ name: " x ", allowedIpAddresses: ["203.0.113.7"] });
    const { id } = account.addClient({
      name: "Web",
      clientType: "JavaScript",
      sharedMode: "Origin",
      allowedOrigins: web.allowedOrigins,
    });
    const declare = (name: object, origins: object, options: boolean): EngineStack =>
      stack.declare(
        { name: "named", args: { ...server, ...name }, opts: options ? { import: named.id } : {} },
        { name: "web", args: { ...web, ...origins, name: "Web" }, opts: options ? { import: id } : {} },
      );
    await declare({ name: " x " }, {}, true).up();
    const out = await declare({ name: " x ", active: false }, {}, false).up();
    expect(out).toContain('name must not have spaces around it; write "x". The client has it already');
    expect(out).toContain('allowedOrigins[0] "https://acme.com" has a scheme');
    expect(account.client(named.id)).toMatchObject({ name: " x ", isActive: false });
    await stack.expectNothingToDo();
    // One by one: the engine ends a run at the first error.
    const byName = await declare({ name: " y " }, {}, false).expect(1, "preview");
    expect(byName).toContain('must not have spaces around it; write "y"');
    const byOrigin = declare({ name: " x " }, { allowedOrigins: ["https://acme.net"] }, false);
    expect(await byOrigin.expect(1, "preview")).toContain("https://acme.net");
  }));

test("a preview shows which entries differ, keeps what does not change, and makes no request but reads", () =>
  onStack(async ({ stack, account, emulator }) => {
    const lists = (entries: string[], roles: string[]): Declaration[] => [
      { name: "a", args: { ...server, allowedIpAddresses: entries, grantedRoles: roles } },
      { name: "b", args: { ...server, name: { $output: ["a", "clientId"] } } },
    ];
    await stack
      .declare(...lists(["192.0.2.1", "192.0.2.2", "192.0.2.0/30"], ["User", "Evaluator"]))
      .quickStep();
    emulator.clearRequests();
    const before = account.clients();
    // Moved, spelled in another way, one gone, one new; a role gone.
    stack.declare(...lists(["192.0.2.2/32", "198.51.100.0/24", "192.0.2.0/30"], ["Evaluator"]));
    const preview = await stack.expect(0, "preview", "--diff");
    expect(preview.replace(/^\s+|\s+$/gm, "")).toContain(
      [
        "~ allowedIpAddresses: [",
        '- [0]: "192.0.2.1"',
        '+ [1]: "198.51.100.0/24"',
        "]",
        "~ grantedRoles      : [",
        '- [0]: "User"',
        "]",
      ].join("\n"),
    );
    // The other client uses the key of this one, which stays.
    expect(preview).toContain("~ 1 to update");
    expect(preview).toContain("2 unchanged");
    expect([account.clients(), emulator.requests({ path: "/api/**" })]).toEqual([before, []]);
    await stack.quickStep();
  }));

test("a step of a rotation is an update, whatever replaceOnChanges says: no key ends because its time has come", () =>
  onStack(async ({ stack, own }) => {
    const declare = (now: string): EngineStack =>
      stack.declare({
        name: "tiles",
        kind: "RotatingClient",
        args: { ...server, rotateAfterDays: 30, now },
        opts: { replaceOnChanges: ["*"] },
      });
    await declare("2026-01-01T00:00:00Z").up();
    const [first] = own();
    await declare("2026-02-01T00:00:00Z").up();
    expect(own()).toHaveLength(2);
    expect(own()).toContainEqual(first);
  }));

test("a preview of a rotation shows what else it changes, because the key in use is changed too", () =>
  onStack(async ({ stack, own }) => {
    const declare = (allowedIpAddresses: string[], reason: string): EngineStack =>
      stack.declare({
        name: "tiles",
        kind: "RotatingClient",
        args: { ...server, allowedIpAddresses, rotateWhenChanged: { reason } },
      });
    await declare(["203.0.113.7"], "1").up();
    const preview = await declare(["203.0.113.7", "9.0.0.0/8"], "2").expect(0, "preview", "--diff");
    expect(preview).toContain("9.0.0.0/8");
    expect(preview).toContain("a rotation is due");
    await stack.up();
    expect(own().map(({ allowedIpAddresses }) => allowedIpAddresses)).toEqual([
      ["203.0.113.7", "9.0.0.0/8"],
      ["203.0.113.7", "9.0.0.0/8"],
    ]);
  }));

test("a preview of a new client makes none, and tells what is known of it", () =>
  onStack(async ({ stack, own, emulator }) => {
    stack.declare(
      { name: "a", args: server },
      { name: "r", kind: "RotatingClient", args: { ...server, rotateAfterDays: 30 } },
    );
    const out = await stack.expect(0, "preview", "--diff");
    expect(out).toMatch(/name\s*: "a-[0-9a-f]{8}"/);
    // What the provider keeps for itself is not shown.
    expect(out).not.toMatch(/autoName|secretInputs/);
    expect([own(), emulator.requests()]).toEqual([[], []]);
  }));

test("the project's autonaming is honoured: a pattern, the resource's own name, and none", () =>
  onStack(async ({ stack, own }) => {
    const naming = (value: object): object => ({ config: { "pulumi:autonaming": { value } } });
    const generated = { name: "maps", args: server };
    declareWith(stack, naming({ pattern: "${name}_${stack}_${hex(4)}" }), generated);
    await stack.up();
    expect(own().map(({ name }) => name)).toEqual([expect.stringMatching(/^maps_test_[0-9a-f]{4}$/)]);
    const before = own();
    // A name that was given stays.
    declareWith(stack, naming({ mode: "verbatim" }), generated, { name: "tiles", args: server });
    await stack.up();
    expect(own()).toEqual([...before, expect.objectContaining({ name: "tiles" })]);
    const rotating = { name: "turning", kind: "RotatingClient" as const, args: server };
    declareWith(stack, {}, generated, rotating);
    await stack.up();
    const named = own();
    // What is there keeps its name, and goes on.
    for (const mode of ["disabled", "verbatim"]) {
      declareWith(
        stack,
        naming({ mode }),
        { ...generated, args: { ...server, active: mode !== "disabled" } },
        rotating,
      );
      await stack.up();
      expect(own().map(({ name }) => name)).toEqual(named.map(({ name }) => name));
    }
    for (const kind of ["Client", "RotatingClient"] as const) {
      declareWith(stack, naming({ mode: "disabled" }), generated, rotating, {
        name: "more",
        kind,
        args: server,
      });
      const out = await stack.expect(1, "preview");
      expect(out).toContain("must be given: the project's pulumi:autonaming is disabled");
    }
    declareWith(stack, {}, { name: "maps", args: { ...server, replaceWhenChanged: { a: 1 } } });
    await stack.up();
    expect(own().map(({ name }) => name)).toEqual([expect.stringMatching(/^maps-[0-9a-f]{8}$/)]);
  }));

test("an operation ends when the program's own time-out is over", () =>
  onStack(async ({ stack, own, emulator }) => {
    emulator.fault({ kind: "delay", ms: 20_000, path: "/api/v1/clients" });
    stack.declare({ name: "a", args: server, opts: { customTimeouts: { create: "2s" } } });
    const out = await stack.expect(1, "up", "--skip-preview");
    expect(out).toMatch(/Could not list the account.s clients: .*no response within [012](\.\d)? s/);
    expect(own()).toEqual([]);
  }));

test("from the dynamic host to this one by an alias: the same clients, their keys, and no request but reads", () =>
  withStack(async ({ stack, account, own, emulator }) => {
    const rotating = { ...server, rotateAfterDays: 30 };
    stack.declare(
      { name: "web", args: { type: "JavaScript", allowedOrigins: ["acme.com"] } },
      { name: "server", args: { ...server, name: "Server", grantedRoles: ["User"] } },
      { name: "tiles", kind: "RotatingClient", args: rotating },
    );
    await stack.up();
    const before = own();
    const aliased = (kind: "Client" | "RotatingClient"): object => ({
      aliases: [{ type: `pulumi-nodejs:dynamic/thinkgeo:${kind}` }],
    });
    writePlugin(join(stack.folder, "plugin"));
    const program = nativeProgram("engine-test", [
      {
        name: "web",
        args: { type: "JavaScript", allowedOrigins: ["acme.com"] },
        opts: { ...aliased("Client") },
      },
      {
        name: "server",
        args: { ...server, name: "Server", grantedRoles: ["User"] },
        opts: { ...aliased("Client") },
      },
      { name: "tiles", kind: "RotatingClient", args: rotating, opts: { ...aliased("RotatingClient") } },
    ]);
    stack.write("Pulumi.yaml", program);
    emulator.clearRequests();
    await stack.expect(0, "preview", "--expect-no-changes");
    await stack.up();
    await stack.expectNothingToDo();
    expect(own()).toEqual(before);
    expect(emulator.requests({ method: "POST", path: "/api/**" })).toEqual([]);
    expect(await stack.outputs("server")).toMatchObject({
      clientSecret: account.client("Server")?.apiSecret,
    });
    // Without the aliases from now on.
    stack.write("Pulumi.yaml", program.replace(/"aliases":\[[^\]]*\]/g, ""));
    await stack.expectNothingToDo();
    await stack.expect(0, "destroy", "--skip-preview");
    expect(own()).toEqual([]);
  }));

test("two accounts in one program: other credentials of one change nothing, those of another account make its clients anew", () =>
  onStack(async ({ stack, account, own, emulator }) => {
    const emea = emulator.addAccount({ name: "EMEA" });
    const apac = emulator.addAccount({ name: "APAC" });
    const using = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): void => {
      const program = JSON.parse(
        nativeProgram("engine-test", [
          { name: "home", args: server },
          { name: "away", args: server, opts: { provider: "emea" } },
        ]),
      ) as { resources: object };
      const provider = {
        type: "pulumi:providers:thinkgeo",
        properties: { clientId, clientSecret: { "fn::secret": clientSecret }, apiUrl: emulator.url },
      };
      stack.write(
        "Pulumi.yaml",
        JSON.stringify({ ...program, resources: { emea: provider, ...program.resources } }),
      );
    };
    const count = (one: typeof account): number =>
      one.clients().filter(({ name }) => name.startsWith("away-")).length;
    using(emea);
    await stack.up();
    expect([own().length, count(emea), count(account)]).toEqual([1, 1, 0]);
    expect(await stack.expect(0, "stack", "export")).not.toContain(emea.clientSecret);

    const before = emea.clients();
    const next = emea.addClient({ name: "Operator 2", grantedRoles: ["User"] });
    using({ clientId: next.apiKey, clientSecret: next.apiSecret });
    await stack.up();
    expect(emea.clients()).toEqual([...before, next]);

    // Whose account it is cannot be seen: nothing is replaced on a guess, and nothing is taken for the same.
    using({ clientId: apac.clientId, clientSecret: "wrong" });
    expect(await stack.expect(1, "preview")).toContain("does not accept thinkgeo:clientId");
    const fault = emulator.fault({ kind: "status", status: 503, path: "/identity/connect/token" });
    stack.environment["THINKGEO_REQUEST_TIMEOUT"] = "2";
    using(apac);
    expect(await stack.expect(1, "preview")).toContain("HTTP 503");
    fault.remove();

    const out = await stack.up();
    expect(out).toContain("replaced");
    expect([own().length, count(emea), count(apac)]).toEqual([1, 0, 1]);

    // The credentials of before open nothing any more: that is how credentials are renewed, and told.
    const [operator] = apac.clients().filter(({ apiKey }) => apiKey === apac.clientId);
    const renewed = apac.addClient({ name: "Operator 2", grantedRoles: ["User"] });
    apac.deleteClient(operator?.id ?? "");
    using({ clientId: renewed.apiKey, clientSecret: renewed.apiSecret });
    expect(await stack.up()).toContain("whether the new ones open the same account cannot be seen");
    expect(count(apac)).toBe(1);
  }));

test("other credentials in the stack's configuration make nothing anew: clients of another account are refused", () =>
  onStack(async ({ stack, account, own, emulator }) => {
    const other = emulator.addAccount({ name: "Other" });
    const configured = async ({
      clientId,
      clientSecret,
    }: {
      clientId: string;
      clientSecret: string;
    }): Promise<void> => {
      const others = Object.entries(stack.environment).filter(([key]) => !key.startsWith("THINKGEO_CLIENT_"));
      stack.environment = Object.fromEntries(others);
      await stack.expect(0, "config", "set", "thinkgeo:clientId", clientId);
      await stack.expect(0, "config", "set", "--secret", "thinkgeo:clientSecret", clientSecret);
    };
    const before = { clientId: account.clientId, clientSecret: account.clientSecret };
    await configured(before);
    stack.declare({ name: "shop", args: server });
    await stack.up();
    const [made] = own();
    await configured(other);
    await stack.up();
    stack.declare({ name: "shop", args: { ...server, grantedRoles: ["User"] } });
    expect(await stack.expect(1, "up", "--skip-preview")).toContain(
      "and thinkgeo:clientId belongs to account",
    );
    expect([own(), other.clients().length]).toEqual([[made], 3]);
    await configured(before);
    await stack.up();
    expect(own()).toMatchObject([{ id: made?.id, apiKey: made?.apiKey, grantedRoles: [expect.any(String)] }]);
  }));

test("functions look up clients, roles and the account, as the SDK's do", () =>
  onStack(async ({ stack, account, emulator }) => {
    const call = (name: string, args: object = {}): object => ({
      "fn::invoke": { function: `thinkgeo:${name}`, arguments: args },
    });
    const hand = account.addClient({ name: "By hand", allowedIpAddresses: ["192.0.2.7"] });
    const outputs = {
      one: call("getClient", { name: "By hand" }),
      secret: call("getClient", { id: hand.id, withSecret: true }),
      many: call("getClients", { type: "NativeConfidential", nameStartsWith: "By" }),
      roles: call("getRoles"),
      account: call("getAccount"),
    };
    declareWith(stack, {
      variables: outputs,
      outputs: Object.fromEntries(Object.keys(outputs).map((key) => [key, `\${${key}}`])),
    });
    await stack.up();
    const found = JSON.parse(await stack.expect(0, "stack", "output", "--json", "--show-secrets")) as Record<
      string,
      Record<string, unknown>
    >;
    expect(found["one"]).toMatchObject({
      id: hand.id,
      clientId: hand.apiKey,
      allowedIpAddresses: ["192.0.2.7"],
    });
    expect(found["one"]).not.toHaveProperty("clientSecret");
    expect(found["secret"]).toMatchObject({ clientSecret: hand.apiSecret });
    expect(found["many"]).toMatchObject({ clients: [{ name: "By hand" }] });
    expect(found["account"]).toMatchObject({ id: account.id });
    expect(await stack.expect(0, "stack", "export")).not.toContain(hand.apiSecret);
    // One token, one list, one table of roles, and what only the account tells.
    expect(emulator.requests({ path: "/api/v1/clients" })).toHaveLength(1);

    declareWith(stack, {
      variables: { none: call("getClient", { name: "Nobody" }) },
      outputs: { none: "${none}" },
    });
    expect(await stack.expect(1, "up", "--skip-preview")).toContain(
      'The account has no client named "Nobody".',
    );
    // The dynamic provider's argument, which a regular expression is: all clients would pass a filter that is not known.
    declareWith(stack, {
      variables: { all: call("getClients", { nameMatches: "^pr-" }) },
      outputs: { all: "${all}" },
    });
    expect(await stack.expect(1, "preview")).toContain(
      "thinkgeo:index:getClients has no argument nameMatches. It takes type, active, nameStartsWith.",
    );
  }));
