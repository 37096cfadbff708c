import type { Switches } from "../../emulator";
import { withWorld, type World } from "./harness";

// What nobody outside ThinkGeo knows: whichever way it is, a client's life must be the same.
const WAYS: readonly Partial<Switches>[] = [
  {},
  { grantedRolesForm: "names" },
  { grantedRolesForm: "objects" },
  { emptyRoles: "all" },
  { rolesWhenAbsent: "none" },
  { updateMode: "merge" },
  { activeWhenAbsent: false },
  { typeChange: "ignored" },
  { typeChange: "applied" },
  { createSecret: "masked" },
  { createSecret: "absent" },
  { laterSecret: "masked" },
  { laterSecret: "masked", mask: "[hidden]" },
  { laterSecret: "masked", mask: "<redacted>" },
  { laterSecret: "masked", mask: "........" },
  { laterSecret: "masked", mask: "####" },
  { laterSecret: "masked", mask: "hidden" },
  { laterSecret: "masked", mask: "Not shown" },
  { laterSecret: "absent" },
  { javaScriptSecret: "shown" },
  { javaScriptSecret: "absent" },
  { deleteUnknown: "ignore" },
  { batchDelete: "partial" },
  { repeatedIds: "first" },
  { repeatedIds: "last" },
  { goneStatus: 410 },
  { uniqueNames: true },
  { uniqueNames: true, conflictStatus: 400 },
  { listOrder: "reversed" },
  { listOrder: "name" },
  { listOmits: ["ownerId"] },
  { listOmits: ["apiSecret"] },
  { listOmits: ["apiSecret", "allowedOrigins", "allowedIpAddresses"] },
  { getOmits: ["apiSecret"] },
  { createStatus: 201 },
  { updateStatus: 201 },
  { updateStatus: 202 },
  { updateStatus: 204 },
  { deleteStatus: 202 },
  { deleteStatus: 204 },
  { deleteAnswer: "empty" },
  { deleteAnswer: "empty", deleteStatus: 202, deleteUnknown: "ignore" },
  { etag: "strong" },
  { etag: "weak" },
  { idempotencyKeys: true },
  { normalise: "server" },
  { reorder: true },
  { unrestricted: "[]" },
  { otherList: "kept" },
  { otherList: "refused" },
  { slowApply: 1 },
  { updateAnswer: "old" },
  { updateAnswer: "no-data" },
  { updateAnswer: "no-data", nullMembers: "null" },
  { updateAnswer: "empty" },
  { updateAnswer: "empty", updateStatus: 201, deleteAnswer: "empty", etag: "strong" },
  { whitelistDelay: 60_000 },
  { listItems: "plain" },
  { listItems: "mixed" },
  { nullMembers: "null" },
  { enumCasing: "camel" },
  { enumCasing: "lower" },
  { enumCasing: "upper" },
  { link: "array" },
  { link: "links" },
  { link: "none" },
  { successStatus: "ok" },
  { extraFields: "kept" },
  { extraFields: "lost" },
  { expiresIn: "3600" },
  { tokenScope: true },
  { rights: "token" },
  { grantedRolesForm: "names", reorder: true, laterSecret: "masked", normalise: "server", etag: "strong" },
  { listItems: "mixed", nullMembers: "null", enumCasing: "camel", link: "links", updateStatus: 204 },
];

/** Declared, then declared after a change: lists that grow, shrink and go, in spellings that servers may change. */
const LIVES: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
  [
    "server",
    {
      type: "NativeConfidential",
      allowedIpAddresses: ["203.0.113.*", "198.51.100.7/32"],
      grantedRoles: ["User"],
    },
    { type: "NativeConfidential", active: false, grantedRoles: ["Evaluator", "User"] },
  ],
  [
    "browser",
    { type: "JavaScript", allowedOrigins: ["Acme.com", "*.acme.com", "bücher.de"] },
    { type: "JavaScript", allowedIpAddresses: ["203.0.113.0/24"], name: "Browser" },
  ],
];

async function lead(world: World, label: string, first: object, second: object): Promise<void> {
  const declared = (changes: object): Record<string, unknown> => ({
    autoName: `${label}-1234abcd`,
    ...changes,
  });
  const one = world.run();
  const inputs = one.check(declared(first));
  const { id, outs } = await one.life.create(inputs);
  expect(one.diff(id, outs, inputs)).toMatchObject({ changes: false });

  const refreshed = await world.run().life.read(id, outs);
  expect(refreshed).toMatchObject({ id, props: outs });

  const two = world.run();
  const changed = two.check(declared(second), inputs);
  expect(two.diff(id, outs, changed)).toMatchObject({ changes: true, replaces: [] });
  const updated = (await two.life.update(id, outs, changed)).outs;
  expect(two.diff(id, updated, changed)).toMatchObject({ changes: false });
  expect(updated["clientSecret"]).toBe(outs["clientSecret"]);
  expect(updated["clientSecret"]).toBe(label === "server" ? world.account.client(id)?.apiSecret : undefined);

  const again = await world.run().life.read(id, updated);
  expect(again).toMatchObject({ id, props: updated });
  expect(world.account.client(id)).toMatchObject({ isActive: updated["active"], name: updated["name"] });

  await world.run().life.delete(id, updated);
  expect(world.own()).toEqual([]);
  expect(await world.run().life.read(id, updated)).toEqual({});
}

describe.each(LIVES)("the life of a client for a %s", (label, first, second) => {
  test.each(WAYS)("where the service is %j", (switches) =>
    withWorld((world) => lead(world, label, first, second), { switches }),
  );
});
