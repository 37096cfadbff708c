import type { QuestionName } from "../../../cli/doctor/probe/questions";
import { MOST_REQUESTS } from "../../../cli/doctor/probe/confirm";
import type { Switches } from "../../../emulator";
import { withDoctor } from "./run-doctor";

jest.mock(
  "../../../provider/cloud/time",
  () => jest.requireActual<{ quickTime: object }>("./quick-time").quickTime,
);

const YES = ["--probe", "--yes-change-account", "Account 1"];

/** For a position of the emulator's switches, what the probe must say. */
const positions: readonly (readonly [Partial<Switches>, Partial<Record<QuestionName, string>>])[] = [
  [{}, { updateMode: "replaces", sameName: "accepted", deleteKind: "removes", etag: "absent" }],
  [{ grantedRolesForm: "names" }, { rolesForm: "names", rolesOtherForm: "accepted", rolesOnCreate: "all" }],
  [{ grantedRolesForm: "ids" }, { rolesForm: "ids", rolesOtherForm: "accepted", rolesOnCreate: "all" }],
  [{ emptyRoles: "none" }, { rolesEmpty: "none" }],
  [{ emptyRoles: "all" }, { rolesEmpty: "all" }],
  [{ updateMode: "replace" }, { rolesAbsent: "all", addressesAbsent: "emptied", activeAbsent: "true" }],
  [
    { updateMode: "merge" },
    {
      updateMode: "merges",
      rolesAbsent: "kept",
      rolesNull: "kept",
      addressesAbsent: "kept",
      addressesNull: "kept",
      activeAbsent: "kept",
    },
  ],
  [
    { updateMode: "merge", emptyRoles: "all" },
    { rolesEmpty: "kept", updateMode: "merges" },
  ],
  [{ activeWhenAbsent: false }, { activeAbsent: "false", activeOnCreate: "false", updateMode: "replaces" }],
  [{ activeWhenAbsent: true }, { activeAbsent: "true", activeOnCreate: "true" }],
  [{ typeChange: "refused" }, { typeChange: "refused" }],
  [{ typeChange: "ignored" }, { typeChange: "ignored" }],
  [{ typeChange: "applied" }, { typeChange: "applied", deleteKind: "removes" }],
  [{ laterSecret: "shown" }, { secretOnCreate: "shown", secretOnGet: "shown", secretInList: "shown" }],
  [{ laterSecret: "masked" }, { secretOnCreate: "shown", secretOnGet: "masked", secretInList: "masked" }],
  [{ laterSecret: "absent" }, { secretOnCreate: "shown", secretOnGet: "absent", secretInList: "absent" }],
  [{ nullMembers: "null" }, { secretOfJavaScript: "null" }],
  [{ javaScriptSecret: "absent" }, { secretOfJavaScript: "absent" }],
  [{ javaScriptSecret: "shown" }, { secretOfJavaScript: "shown" }],
  [{ deleteUnknown: "error" }, { deleteUnknown: "404", deleteTwice: "404" }],
  [{ deleteUnknown: "ignore" }, { deleteUnknown: "accepted", deleteTwice: "accepted" }],
  [{ batchDelete: "all-or-nothing" }, { deletePartly: "nothing deleted" }],
  [{ batchDelete: "partial" }, { deletePartly: "the client deleted" }],
  [{ uniqueNames: true }, { sameName: "refused", sameNameStatus: "409" }],
  [
    { uniqueNames: true, conflictStatus: 400 },
    { sameName: "refused", sameNameStatus: "400" },
  ],
  [{ listOrder: "created" }, { listOrder: "oldest first", listCount: "true" }],
  [{ listOrder: "reversed" }, { listOrder: "newest first" }],
  [{ listOrder: "name" }, { listOrder: "by name" }],
  [{ listOrder: "name", uniqueNames: true }, { listOrder: "by name" }],
  [{ createStatus: 201 }, { createStatus: "201" }],
  [{ createStatus: 200 }, { createStatus: "200", updateStatus: "200" }],
  [{ deleteStatus: 204 }, { deleteStatus: "204", deleteUnknown: "404" }],
  [{ deleteStatus: 200 }, { deleteStatus: "200" }],
  [{ etag: "strong" }, { etag: "present", staleEtag: "refused" }],
  [{ etag: "off" }, { etag: "absent", staleEtag: "no ETag" }],
  [
    { normalise: "server" },
    {
      addressOrder: "sorted",
      addressDuplicates: "removed",
      addressWildcard: "as CIDR",
      originOrder: "sorted",
      originDuplicates: "removed",
      originCase: "lowered",
      originDot: "removed",
    },
  ],
  [
    { normalise: "none" },
    {
      addressOrder: "kept",
      addressDuplicates: "kept",
      addressWildcard: "kept",
      originCase: "kept",
      originDot: "kept",
    },
  ],
  [{ reorder: true }, { addressOrder: "changed", originOrder: "changed", addressDuplicates: "kept" }],
  [{ unrestricted: "*.*.*.*" }, { addressesEmpty: "*.*.*.*", addressesAbsent: "emptied" }],
  [{ unrestricted: "[]" }, { addressesEmpty: "[]" }],
  [{ otherList: "dropped" }, { bothLists: "first only" }],
  [{ otherList: "kept" }, { bothLists: "both" }],
  [{ otherList: "refused" }, { bothLists: "refused" }],
  [{ validateEntries: true }, { addressIpv6: "refused", originPort: "refused", originScheme: "refused" }],
  [{ validateEntries: false }, { addressIpv6: "kept", originPort: "kept", originScheme: "kept" }],
  [{ slowApply: 2 }, { visible: "later", secretOnGet: "shown" }],
  [{ slowApply: 0 }, { visible: "at once" }],
  [{ link: "links" }, { envelopeLink: "links" }],
  [{ link: "none" }, { envelopeLink: "absent" }],
  [{ link: "object" }, { envelopeLink: "object" }],
  [{ successStatus: "ok" }, { envelopeStatus: "another word" }],
  [{ extraFields: "none" }, { unknownFields: "dropped" }],
  [{ extraFields: "kept" }, { unknownFields: "kept" }],
  [{ extraFields: "lost" }, { unknownFields: "lost later" }],
  [{ ignoreFields: ["isActive"] }, { activeChange: "ignored", activeAbsent: "not settled" }],
  [{ selfDelete: "refused" }, { deleteKind: "removes" }],
  [{ rights: "token" }, { updateMode: "replaces" }],
  [{ idempotencyKeys: true }, { sameName: "accepted" }],
];

test.each(positions)("under %j the probe says %j, and leaves no trace", (switches, expected) =>
  withDoctor(
    async ({ account, cloud, report }) => {
      const before = JSON.stringify(account.clients());
      const { probe, result, requests } = await report(YES);
      expect(probe?.answers).toMatchObject(expected);
      expect([probe?.ended, probe?.cleaned, probe?.others, result]).toEqual([
        "complete",
        "yes",
        "unchanged",
        "pass",
      ]);
      expect(probe?.requests).toBeLessThanOrEqual(MOST_REQUESTS);
      expect(JSON.stringify(account.clients())).toBe(before);
      expect(cloud.requests().length).toBe(requests);
    },
    { switches },
  ),
);

test("a server that keeps what is deleted is seen, and what stays is switched off and named", () =>
  withDoctor(
    async ({ account, doctor, report }) => {
      const before = account.clients();
      const { probe } = await report(YES);
      expect(probe).toMatchObject({ ended: "complete", cleaned: "deactivated", others: "unchanged" });
      expect(probe?.answers).toMatchObject({ deleteKind: "deactivates", getDeleted: "inactive" });
      const left = account.clients().slice(before.length);
      expect(left.map(({ isActive }) => isActive)).toEqual([false, false]);
      expect(account.clients().slice(0, before.length)).toEqual(before);
      const { err, code } = await doctor(YES);
      expect(code).toBe(0);
      for (const { id } of account.clients().slice(-2)) expect(err).toContain(`${id} (switched off)`);
    },
    { switches: { softDelete: true } },
  ));

test("a server that does not keep the whitelist of the new client is asked nothing more", () =>
  withDoctor(
    async ({ account, report }) => {
      const before = JSON.stringify(account.clients());
      const { probe } = await report(YES);
      expect(probe).toMatchObject({ ended: "stopped", cleaned: "yes", others: "unchanged" });
      expect(probe?.answers["createStatus"]).toBe("200");
      expect(probe?.answers["updateMode"]).toBe("not settled");
      expect(JSON.stringify(account.clients())).toBe(before);
    },
    { switches: { ignoreFields: ["allowedIpAddresses"] } },
  ));
