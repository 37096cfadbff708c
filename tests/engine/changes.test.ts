import { withStack } from "./with-stack";

const server = { type: "NativeConfidential", name: "Server", allowedIpAddresses: ["203.0.113.7"] };

test("a key that somebody switched off stays off through updates that are about something else, until a refresh", () =>
  withStack(async ({ stack, account, emulator }) => {
    const args = { ...server, deletionPolicy: "delete" };
    await stack.declare({ name: "server", args }, { name: "other", args: { ...server, name: "Other" } }).up();
    account.editClient("Server", { isActive: false });
    account.editClient("Other", { isActive: false, allowedIpAddresses: ["192.0.2.1"] });
    emulator.clearRequests();
    await stack
      .declare(
        { name: "server", args: { ...args, deletionPolicy: "retain" } },
        {
          name: "other",
          args: { ...server, name: "Renamed", allowedIpAddresses: ["203.0.113.8"] },
          opts: { ignoreChanges: ["active", "allowedIpAddresses"] },
        },
      )
      .up();
    expect(account.client("Server")).toMatchObject({ isActive: false });
    expect(account.client("Renamed")).toMatchObject({ isActive: false, allowedIpAddresses: ["192.0.2.1"] });
    expect(emulator.requests({ method: "POST", path: "/api/v1/clients/*" })).toHaveLength(1);
    const out = await stack
      .declare({ name: "server", args: { ...args, grantedRoles: ["Evaluator"] } })
      .up("--target", "urn:pulumi:test::engine-test::pulumi-nodejs:dynamic/thinkgeo:Client::server");
    expect(out).toContain(
      "somebody has changed active outside this program. The update has left that as it is",
    );
    expect(account.client("Server")).toMatchObject({ isActive: false, grantedRoles: ["Evaluator"] });
    await stack.declare({ name: "server", args: { ...args, grantedRoles: ["Evaluator"] } }).up("--refresh");
    expect(account.client("Server")).toMatchObject({ isActive: true });
    await stack.expectNothingToDo();
  }));

test("an adopt line says what it changed, and does no harm when it is left over", () =>
  withStack(async ({ stack, account, own }) => {
    const there = account.addClient({
      name: "By hand",
      allowedIpAddresses: ["192.0.2.1"],
      grantedRoles: ["User"],
    });
    const args = { ...server, adopt: there.id };
    const out = await stack.declare({ name: "server", args }).up();
    expect(out).toContain(
      'was taken over and changed to what the program declares: name was "By hand", allowedIpAddresses was ["192.0.2.1"].',
    );
    // A replacement, with the old one deleted first and then after the new one.
    for (const [turn, deleteBeforeReplace] of [true, false].entries()) {
      const [before] = own();
      const replaced = { ...args, replaceWhenChanged: { turn }, adopt: turn === 0 ? there.id : before?.id };
      if (turn === 1)
        await stack.declare({ name: "server", args: { ...replaced, replaceWhenChanged: { turn: 0 } } }).up();
      await stack.declare({ name: "server", args: replaced, opts: { deleteBeforeReplace } }).step();
      expect(own()).toEqual([expect.objectContaining({ name: "Server" })]);
      expect(own()[0]?.id).not.toBe(before?.id);
    }
    // A deletion by hand, seen by the refresh of the same run.
    const [last] = own();
    account.deleteClient(last?.id ?? "");
    await stack.up("--refresh");
    expect(own()).toEqual([expect.objectContaining({ name: "Server" })]);
    await stack.expectNothingToDo();
  }));

test.each(["first", "last"])(
  "a second resource that adopts a client of the stack is refused, declared %s, and the key lives on",
  (place) =>
    withStack(async ({ stack, own }) => {
      const mine = { name: "mine", args: server };
      await stack.declare(mine).up();
      const [before] = own();
      // The engine takes resources as they come; what one depends on comes first.
      const twin = {
        name: "twin",
        args: { ...server, adopt: before?.id },
        opts: place === "last" ? { dependsOn: "mine" } : {},
      };
      const both = place === "last" ? [mine, twin] : [twin, { ...mine, opts: { dependsOn: "twin" } }];
      const out = await stack.declare(...both).expect(1, "up", "--skip-preview");
      expect(out).toMatch(
        /it is managed by this stack already|another resource of this program has the very same client, or adopts it/,
      );
      expect(own().map(({ id, isActive }) => [id, isActive])).toEqual([[before?.id, true]]);
      // Only the other of the two stays in the program: this converges, with a refresh, and the key lives on.
      await stack.declare({ name: "twin", args: twin.args }).up("--refresh");
      expect(own()).toEqual([{ ...before, name: "Server" }]);
      await stack.expectNothingToDo();
      expect(Object.keys(await stack.state())).toEqual(["twin"]);
    }),
);
