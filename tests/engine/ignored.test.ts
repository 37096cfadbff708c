import { hostsFor } from "./engine-stack";
import type { Declaration } from "./programs";
import { withStack } from "./with-stack";

const LISTS = ["allowedOrigins", "allowedIpAddresses"] as const;
type Lists = Record<(typeof LISTS)[number], string[]>;

const NONE: Lists = { allowedOrigins: [], allowedIpAddresses: [] };
const DECLARED: Lists = { allowedOrigins: ["acme.com"], allowedIpAddresses: ["203.0.113.7"] };
/** Every declared list, with every list that is ignored, as a client of each kind: a person puts the other list in its place. */
const scenes = (["Client", "RotatingClient"] as const).flatMap((kind) =>
  LISTS.flatMap((list) =>
    LISTS.map((ignored) => ({
      name: `${kind} of ${list}, ignoring ${ignored}`,
      kind,
      list,
      ignored,
      edit:
        list === "allowedOrigins"
          ? { ...NONE, sharedMode: "IpAddress" as const, allowedIpAddresses: ["192.0.2.1"] }
          : { ...NONE, sharedMode: "Origin" as const, allowedOrigins: ["hand.acme.com"] },
    })),
  ),
);

const listsOf = ({ allowedOrigins, allowedIpAddresses }: Lists): Lists => ({
  allowedOrigins,
  allowedIpAddresses,
});

describe.each(hostsFor("native"))("on the %s host", (host) => {
  test("the option ignoreChanges on a whitelist opens no key that a person has restricted, in whatever way", () =>
    withStack(
      async ({ stack, account }) => {
        const declare = (active: boolean): void => {
          stack.declare(
            ...scenes.map(({ name, kind, list, ignored }): Declaration => ({
              name: name.replace(/\W+/g, "-"),
              kind,
              args: { type: "JavaScript", name, active, [list]: DECLARED[list] },
              opts: { ignoreChanges: [ignored] },
            })),
          );
        };
        declare(true);
        await stack.up();
        for (const { name, edit } of scenes) account.editClient(name, edit);
        await stack.expect(0, "refresh", "--skip-preview");
        // A change of something else.
        declare(false);
        const before = account.clients();
        const preview = await stack.expect(0, "preview", "--diff");
        expect(preview).not.toContain("is opened to the world");
        expect(account.clients()).toEqual(before);
        for (const flags of [[], ["--refresh"]]) {
          await stack.up(...flags);
          for (const { name, edit } of scenes) {
            const now = account.client(name);
            expect([name, listsOf(now ?? NONE)]).toEqual([name, listsOf(edit)]);
            expect(now?.isActive).toBe(false);
          }
        }
        await stack.expectNothingToDo();
      },
      { host },
    ));
});
