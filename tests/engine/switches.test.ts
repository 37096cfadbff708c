import type { Switches } from "../../emulator";
import { hostsFor } from "./engine-stack";
import { stacksOn } from "./with-stack";

// Each position of each switch by itself is lived through in tests/client/switches.test.ts; here the engine meets two servers that differ in
// all that a client's state is made of.
const SERVERS: readonly (readonly [string, Partial<Switches>])[] = [
  [
    "names of roles, plain lists, null members, masked secrets, normalised lists, soft delete, unique names, ETags",
    {
      grantedRolesForm: "names",
      listItems: "plain",
      nullMembers: "null",
      laterSecret: "masked",
      normalise: "server",
      createStatus: 201,
      softDelete: true,
      deleteStatus: 204,
      extraFields: "kept",
      uniqueNames: true,
      etag: "strong",
      idempotencyKeys: true,
      successStatus: "ok",
      link: "array",
      latency: 20,
    },
  ],
  [
    "absent secrets, answers in another order and of what was, updates that merge, enumerations in capitals",
    {
      laterSecret: "absent",
      reorder: true,
      unrestricted: "[]",
      listOrder: "reversed",
      listItems: "mixed",
      link: "links",
      updateMode: "merge",
      updateAnswer: "old",
      updateStatus: 201,
      otherList: "kept",
      etag: "weak",
      enumCasing: "upper",
    },
  ],
];

describe.each(hostsFor("native"))("on the %s host:", (host) => {
  const onStack = stacksOn(host);

  describe.each(SERVERS)("one life with a server of: %s", (_, switches) => {
    test("up, no change, update, no change, destroy", () =>
      onStack(
        async ({ stack, own, account }) => {
          const web = {
            name: "web",
            args: { type: "JavaScript", allowedOrigins: ["Acme.com", "*.acme.com"] },
          };
          const server = {
            name: "server",
            args: { name: "Server", type: "NativeConfidential", grantedRoles: ["User"] },
          };
          await stack.declare(web, server).quickStep();
          const secret = account.client("Server")?.apiSecret;
          expect(account.client("Server")).toMatchObject({ grantedRoles: ["User"], isActive: true });
          expect(await stack.outputs("server")).toMatchObject({
            clientSecret: secret,
            effectiveRoles: ["User"],
          });
          const extra = account.client("Server")?.extra;
          await stack
            .declare(
              {
                name: "web",
                args: { type: "JavaScript", allowedIpAddresses: ["203.0.113.*", "198.51.100.7"] },
              },
              {
                name: "server",
                args: {
                  name: "Server 2",
                  type: "NativeConfidential",
                  grantedRoles: ["Evaluator", "User"],
                  allowedIpAddresses: ["192.0.2.1"],
                },
              },
            )
            .quickStep();
          expect(account.client("Server 2")).toMatchObject({ allowedIpAddresses: ["192.0.2.1"], extra });
          expect((await stack.outputs("server"))["clientSecret"]).toBe(secret);
          await stack.expect(0, "destroy", "--yes", "--skip-preview");
          expect(own().filter(({ isActive }) => isActive)).toEqual([]);
          expect(account.clients().filter(({ isActive }) => isActive)).toHaveLength(3);
        },
        { switches },
      ));
  });
});
