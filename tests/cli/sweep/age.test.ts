import { isoDay } from "../../../cli/days";
import { ageOf, dayInName, instantOf } from "../../../cli/sweep/age";
import { IdMap } from "../../../provider/model/ids";
import type { RemoteClient } from "../../../provider/model/wire";
import { resourceOf } from "../drift/stack-export";
import { daysAgo, withSweep } from "./sweep-scene";

const DAY = 86_400_000;

describe("the day in a name", () => {
  test.each([
    ["pr-123-20261101", "2026-11-01"],
    ["pr-123-2026-11-01", "2026-11-01"],
    ["2026-11-01", "2026-11-01"],
    ["pr_20261101_web", "2026-11-01"],
    ["pr-20261101-2026-11-03", "2026-11-03"],
    ["pr-1 (2024-02-29)", "2024-02-29"],
  ])("%s", (name, day) => {
    const end = dayInName(name);
    expect(end === undefined ? undefined : isoDay(end - DAY)).toBe(day);
  });

  test.each([
    "pr-123",
    "pr-20261301",
    "pr-20260230",
    "pr-2025-02-29",
    "pr-120261101",
    "pr-202611011",
    "web-20261101a",
    "web-f20261101",
    "pr-2026-1101",
    "pr-202611-01",
    "pr-20171231",
    "pr-19990101",
    "",
  ])("none in %j", (name) => {
    expect(dayInName(name)).toBeUndefined();
  });
});

test.each([
  ["2026-11-01T10:00:00Z", "2026-11-01T10:00:00.000Z"],
  ["2026-11-01T10:00:00.1234567Z", "2026-11-01T10:00:00.123Z"],
  ["2026-11-01T10:00:00", "2026-11-01T10:00:00.000Z"],
  ["2026-11-01T23:00:00-02:00", "2026-11-02T01:00:00.000Z"],
  ["2026-11-01", "2026-11-01T00:00:00.000Z"],
  ["0001-01-01T00:00:00", undefined],
  ["2026-13-01T00:00:00", undefined],
  ["yesterday", undefined],
  [1_793_000_000, undefined],
  [null, undefined],
])("the instant %j", (text, expected) => {
  const instant = instantOf(text);
  expect(instant === undefined ? undefined : new Date(instant).toISOString()).toBe(expected);
});

describe("whose word counts", () => {
  const client = (name: string, raw: Record<string, unknown> = {}): RemoteClient => ({
    id: "A",
    name,
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: [],
    allowedIpAddresses: [],
    grantedRoles: [],
    isActive: true,
    apiKey: "k",
    apiSecret: undefined,
    ownerId: undefined,
    raw,
  });
  const seen = new IdMap([["a", Date.UTC(2026, 0, 5)]]);

  test("the latest of what the account and the name say", () => {
    const made = { createdDate: "2026-11-03T12:00:00Z" };
    expect(ageOf(client("pr-1-20261101", made), new IdMap())).toMatchObject({
      from: "account",
      day: "2026-11-03",
    });
    expect(ageOf(client("pr-1-20261104", made), new IdMap())).toMatchObject({
      from: "name",
      day: "2026-11-04",
    });
    const both = { created_at: "2026-11-03T12:00:00Z", lastModifiedDate: "2026-11-09T12:00:00Z" };
    expect(ageOf(client("pr-1", both), new IdMap())).toMatchObject({ day: "2026-11-09" });
  });

  test("a day without a time counts to its end", () => {
    expect(ageOf(client("pr-1", { createdOn: "2026-11-03" }), seen)).toEqual({
      from: "account",
      day: "2026-11-03",
      since: Date.UTC(2026, 10, 4),
    });
    expect(ageOf(client("pr-1-20261103"), seen)?.since).toBe(Date.UTC(2026, 10, 4));
  });

  test("a sighting, only where nothing else is said", () => {
    expect(ageOf(client("pr-1"), seen)).toMatchObject({ from: "record", day: "2026-01-05" });
    expect(ageOf(client("pr-1-20261101"), seen)).toMatchObject({ from: "name" });
  });

  test("no word at all: no age", () => {
    const unset = {
      createdDate: "0001-01-01T00:00:00",
      updatedAt: null,
      expiration: "2026-01-01",
      id: "2026-01-01",
    };
    expect(ageOf(client("pr-1", unset), new IdMap())).toBeUndefined();
  });
});

describe("an age that is not known is never old", () => {
  test("it is listed with the reason, kept, and --seen is advised", () =>
    withSweep(async ({ left, sweep, names }) => {
      left("pr-7");
      const { code, out } = await sweep("--no-stacks", "--yes");
      expect(code).toBe(0);
      expect(out).toContain("Its age is not known: its name has no date, and ThinkGeo tells none.");
      expect(out).toContain("Note: A client without a date is never old. --seen FILE remembers");
      expect(names()).toEqual(["pr-7"]);
    }));

  test("days ago are whole days: on the seventh it is still young", () =>
    withSweep(async ({ left, report }) => {
      left(`pr-1-${daysAgo(6)}`);
      left(`pr-2-${daysAgo(7)}`);
      left(`pr-3-${daysAgo(8)}`);
      left(`pr-4-${daysAgo(-3)}`);
      const { clients } = await report("--no-stacks", "--dry-run");
      expect(clients.map(({ reason }) => reason)).toEqual(["young", "young", "old", "young"]);
    }));

  test("a date that the account tells is taken, whatever it is called", () =>
    withSweep(
      async ({ account, left, report }) => {
        left("pr-1");
        account.editClient("pr-1", { extra: { createdDate: `${daysAgo(9)}T08:00:00.1234567Z` } });
        left("pr-2");
        account.editClient("pr-2", { extra: { createdDate: "0001-01-01T00:00:00" } });
        const { clients } = await report("--no-stacks", "--dry-run");
        expect(clients).toMatchObject([
          { reason: "old", since: daysAgo(9), sinceFrom: "account" },
          { reason: "age-unknown", since: null, sinceFrom: null },
        ]);
      },
      { switches: { extraFields: "kept" } },
    ));
});

describe("--seen", () => {
  test("remembers a first sight, and lets it grow old; what has a date or an owner is not in it", () =>
    withSweep(async ({ left, stack, report, sweep, names, read, write }) => {
      const { id } = left("pr-7");
      left(`pr-8-${daysAgo(1)}`);
      stack("dev", resourceOf(left("pr-9")));
      const first = await report("--file", "dev.json", "--seen", "seen.json", "--dry-run");
      expect(first).toMatchObject({ ended: "nothing-to-do", notes: [] });
      expect(first.clients[0]).toMatchObject({ reason: "young", sinceFrom: "record", since: daysAgo(0) });
      const text = read("seen.json");
      expect(JSON.parse(text)).toEqual({
        version: 1,
        clients: [{ id, name: "pr-7", seen: expect.stringContaining(daysAgo(0)) as string }],
      });
      await report("--file", "dev.json", "--seen", "seen.json", "--dry-run");
      expect(read("seen.json")).toBe(text);
      write("seen.json", text.replace(daysAgo(0), daysAgo(8)));
      expect((await sweep("--file", "dev.json", "--seen", "seen.json", "--yes")).code).toBe(0);
      expect(names()).toEqual([`pr-8-${daysAgo(1)}`, "pr-9"]);
      await report("--file", "dev.json", "--seen", "seen.json", "--dry-run");
      expect(JSON.parse(read("seen.json"))).toEqual({ version: 1, clients: [] });
    }));

  test("without its file it begins anew", () =>
    withSweep(async ({ left, sweep, names }) => {
      left("pr-7");
      expect((await sweep("--no-stacks", "--seen", "none.json", "--yes")).code).toBe(0);
      expect(names()).toEqual(["pr-7"]);
    }));
});

describe("recent use", () => {
  const statistics = (rows: readonly object[], totalCount?: number) => ({
    kind: "reply" as const,
    path: "/api/v1/accounts/current/statistics/byclient",
    text: JSON.stringify({ data: rows, totalCount, status: "success" }),
    headers: { "content-type": "application/json" },
  });

  test("a client that was used today is kept, however old it is", () =>
    withSweep(async ({ emulator, left, report, names }) => {
      const used = left(`pr-1-${daysAgo(30)}`);
      left(`pr-2-${daysAgo(30)}`);
      const address = `${emulator.url}/api/v1/elevation/40,-105?apikey=${used.apiKey}`;
      expect((await fetch(address, { headers: { origin: "https://a.acme.com" } })).status).toBe(200);
      const { clients } = await report("--no-stacks", "--yes");
      expect(clients).toMatchObject([
        { reason: "used", lastUsed: daysAgo(0), outcome: null },
        { reason: "old", lastUsed: null, outcome: "deleted" },
      ]);
      expect(names()).toEqual([used.name]);
    }));

  test("by days, by either id of a client, and by a day that cannot be read", () =>
    withSweep(async ({ emulator, left, report }) => {
      const [a, b, c, d, e] = [1, 2, 3, 4, 5].map((number) => left(`pr-${number}-${daysAgo(30)}`));
      const day = (dateTime: string, amount = 1): object[] => [{ dateTime, amount }];
      emulator.fault(
        statistics([
          {
            clientId: a?.id.toUpperCase(),
            data: [...day(daysAgo(20)), ...day(daysAgo(7)), ...day(daysAgo(1), 0)],
          },
          { clientId: b?.apiKey, data: day(`${daysAgo(2)}T00:00:00`) },
          { clientId: c?.id, data: day("last week") },
          { clientId: d?.id, data: day(`${daysAgo(9)}T00:00:00Z`) },
          { clientId: e?.id, data: null },
        ]),
      );
      const { clients } = await report("--no-stacks", "--dry-run");
      expect(clients.map(({ reason, lastUsed }) => [reason, lastUsed])).toEqual([
        ["used", daysAgo(7)],
        ["used", daysAgo(2)],
        ["used", null],
        ["old", daysAgo(9)],
        // Nothing said is not "no use".
        ["use-unknown", null],
      ]);
    }));

  test("and neither does an empty list", () =>
    withSweep(async ({ emulator, left, sweep, names }) => {
      left(`pr-1-${daysAgo(30)}`);
      emulator.fault(statistics([]));
      const { code, err } = await sweep("--no-stacks", "--yes");
      expect([code, err]).toEqual([2, expect.stringContaining("name none of the account's clients")]);
      expect(names()).toHaveLength(1);
      expect((await sweep("--no-stacks", "--yes", "--ignore-usage")).code).toBe(0);
    }));

  test("statistics that lack rows, by their own count, say nothing of the clients that they lack", () =>
    withSweep(async ({ emulator, left, sweep, report, names }) => {
      const [a, b] = [1, 2].map((number) => left(`pr-${number}-${daysAgo(30)}`));
      const rows = [{ clientId: a?.id, data: [] }];
      emulator.fault(statistics(rows, 3));
      const { clients } = await report("--no-stacks", "--dry-run");
      expect(clients.map(({ reason }) => reason)).toEqual(["old", "use-unknown"]);
      expect((await sweep("--no-stacks", "--yes")).code).toBe(0);
      expect(names()).toEqual([b?.name]);
    }));

  test("statistics that name no client of the account prove nothing", () =>
    withSweep(async ({ emulator, left, sweep, names }) => {
      left(`pr-1-${daysAgo(30)}`);
      emulator.fault(statistics([{ clientId: "17", data: [] }]));
      const { code, err } = await sweep("--no-stacks", "--yes");
      expect([code, err]).toEqual([2, expect.stringContaining("name none of the account's clients")]);
      expect(names()).toHaveLength(1);
    }));
});
