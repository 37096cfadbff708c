import type { Switches } from "../../emulator";
import { withStack } from "./with-stack";

/** What nobody knows about the live service, several questions at a time where they do not touch one another. */
const SERVERS: readonly (readonly [string, Partial<Switches>])[] = [
  [
    "roles as names, plain lists, null members, later secrets masked, lists normalised",
    {
      grantedRolesForm: "names",
      listItems: "plain",
      nullMembers: "null",
      laterSecret: "masked",
      normalise: "server",
      createStatus: 201,
    },
  ],
  [
    "later secrets absent, answers reordered, no restriction as an empty list, list items in turns",
    {
      laterSecret: "absent",
      reorder: true,
      unrestricted: "[]",
      listOrder: "reversed",
      listItems: "mixed",
      link: "links",
    },
  ],
  [
    "soft delete, other statuses, unknown fields kept, enumerations in camel case",
    {
      softDelete: true,
      deleteStatus: 204,
      updateStatus: 201,
      extraFields: "kept",
      enumCasing: "camel",
      link: "array",
      latency: 20,
    },
  ],
  [
    "updates merge, roles in another order, unknown fields lost when left out",
    { updateMode: "merge", reorder: true, extraFields: "lost", otherList: "kept", link: "none" },
  ],
  [
    "unique names, ETags and idempotency keys",
    { uniqueNames: true, etag: "strong", idempotencyKeys: true, successStatus: "ok" },
  ],
  [
    "weak ETags, updates that answer what was, lists without secrets, enumerations in capitals",
    { etag: "weak", updateAnswer: "old", listOmits: ["apiSecret"], enumCasing: "upper" },
  ],
];

describe.each(SERVERS)("one life with a server of: %s", (_, switches) => {
  test("up, no change, update, no change, destroy", () =>
    withStack(
      async ({ stack, own, account }) => {
        const web = { name: "web", args: { type: "JavaScript", allowedOrigins: ["Acme.com", "*.acme.com"] } };
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
