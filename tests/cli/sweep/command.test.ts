import { textOf } from "../../repository";
import { runCommand } from "../run-command";
import { REASONS } from "../../../cli/sweep/report";
import { sweep } from "../../../cli/sweep/sweep";
import type { Emulator } from "../../../emulator";
import { resourceOf } from "../drift/stack-export";
import { daysAgo, withSweep } from "./sweep-scene";

const old = (number: number): string => `pr-${number}-${daysAgo(20)}`;

describe("without anybody's consent nothing is changed", () => {
  test("--dry-run names what would go, and ends with 1; with nothing to do, with 0", () =>
    withSweep(async ({ left, names, sweep, writes }) => {
      expect(await sweep("--no-stacks", "--dry-run")).toMatchObject({ code: 0, err: "" });
      left(`pr-2-${daysAgo(1)}`);
      expect((await sweep("--no-stacks", "--dry-run")).code).toBe(0);
      const { id } = left(old(1));
      const { code, out, err } = await sweep("--no-stacks", "--dry-run");
      expect({ code, err }).toEqual({ code: 1, err: "" });
      expect(out).toContain(`delete  ${old(1)}  ${id}  Its name says ${daysAgo(20)}, `);
      expect(out).toContain("1 of 2 clients whose names begin with");
      expect(out).toContain("Nothing was changed.");
      expect(names()).toHaveLength(2);
      expect(writes()).toEqual([]);
    }));

  test("where nobody can be asked, it wants --yes before anybody is asked anything", () =>
    withSweep(async ({ left, names, sweep, emulator }) => {
      left(old(1));
      const { code, out, err } = await sweep("--no-stacks");
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain("add --yes");
      expect(names()).toEqual([old(1)]);
      expect(emulator.requests()).toEqual([]);
    }));

  test.each([
    [["--prefix", "p", "--older-than", "7d", "--no-stacks"], "--prefix: wants at least 2 characters"],
    [["--prefix", "   ", "--older-than", "7d", "--no-stacks"], "--prefix: wants at least 2 characters"],
    [["--prefix", "pr-*", "--older-than", "7d", "--no-stacks"], "--prefix: is the beginning of a name"],
    [["--prefix", "pr-", "--no-stacks"], "--older-than: is required"],
    [["--prefix", "pr-", "--older-than", "0d", "--no-stacks"], "--older-than: takes whole days or weeks"],
    [["--prefix", "pr-", "--older-than", "12h", "--no-stacks"], "--older-than: takes whole days or weeks"],
    [["--yes"], "say which stacks own clients"],
    [["--yes", "--no-stacks", "--file", "dev.json"], "--no-stacks says that there is none"],
    [["--yes", "--no-stacks", "--dry-run"], "--dry-run deletes nothing, and --yes does"],
    [["--yes", "--no-stacks", "--most", "0"], "--most: takes a whole number"],
    [["--yes", "--no-stacks", "--inactive", "--deactivate"], "--inactive is of use when clients are deleted"],
    [["--yes", "--no-stacks", "prod"], "sweep takes options only"],
    [["--yes", "--file", "none.json"], "none.json cannot be read (ENOENT)"],
    [["--yes", "--no-stacks", "--seen", "bad.json"], 'bad.json is not what "thinkgeo sweep --seen" writes'],
  ])("2 with a sentence: %j", (args, sentence) =>
    withSweep(async ({ left, write, names, sweep }) => {
      left(old(1));
      write("bad.json", '{ "version": 2 }');
      const { code, out, err } = await sweep(...args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(sentence);
      expect(names()).toEqual([old(1)]);
    }),
  );

  test("an empty --prefix", () =>
    withSweep(async ({ sweep }) => {
      const { code, err } = await sweep("--prefix=", "--prefix", "", "--no-stacks", "--older-than", "7d");
      expect([code, err]).toEqual([2, expect.stringContaining("wants at least 2 characters")]);
    }));
});

describe("a question on a terminal", () => {
  const asking = (answer: string | ((asked: string) => string)) => {
    const questions: string[] = [];
    return {
      questions,
      ask: (question: string) => {
        questions.push(question);
        return Promise.resolve(typeof answer === "string" ? answer : answer(question));
      },
    };
  };

  test("the number of clients goes on", () => {
    const { ask, questions } = asking(" 2\n");
    return withSweep(
      async ({ left, names, sweep }) => {
        for (const name of [old(1), old(2), "prod"]) left(name);
        const { code, out, err } = await sweep("--no-stacks");
        expect(code).toBe(0);
        expect(out).toContain(`2 of 2 clients whose names begin with "pr-" were deleted.`);
        expect(questions).toEqual([expect.stringMatching(/type their number, 2: $/)]);
        expect(err).toContain("This deletes 2 clients for good");
        expect(names()).toEqual(["prod"]);
      },
      { ask },
    );
  });

  test.each(["", "y", "yes", "1", "20"])("%j does not", (answer) =>
    withSweep(
      async ({ left, names, sweep, writes }) => {
        left(old(1));
        left(old(2));
        const { code, out } = await sweep("--no-stacks");
        expect(code).toBe(1);
        expect(out).toContain("Nothing was changed");
        expect(names()).toHaveLength(2);
        expect(writes()).toEqual([]);
      },
      { ask: asking(answer).ask },
    ),
  );

  test.each([
    [{ version: 3, deployment: { manifest: {} } }, "holds no resources"],
    [{ version: 3, deployment: { manifest: {}, resources: [] } }, "holds no resources"],
    [
      { version: 9, deployment: { resources: [{ urn: "u", type: "t" }] } },
      "of version 9, and this package reads 3 and 4",
    ],
    [{ deployment: { resources: [{ urn: "u", type: "t" }] } }, 'is not what "pulumi stack export" prints'],
  ])("a file that owns nothing protects nothing, and is refused: %j", (file, words) =>
    withSweep(async ({ left, names, write, sweep }) => {
      left(old(1));
      write("dev.json", JSON.stringify(file));
      const { code, err } = await sweep("--file", "dev.json", "--yes");
      expect([code, err]).toEqual([2, expect.stringContaining(words)]);
      expect(names()).toEqual([old(1)]);
    }),
  );

  test("what changed while the question was open is left alone", () => {
    const scene: { during: () => void } = { during: () => undefined };
    const { ask } = asking(() => {
      scene.during();
      return "3";
    });
    return withSweep(
      async ({ left, names, report, account, stack }) => {
        const taken = left(old(1));
        left(old(2));
        left(old(3));
        stack("dev");
        scene.during = () => {
          stack("dev", resourceOf(taken));
          account.editClient(old(2), { name: "Kept by Mike" });
          left(old(4));
        };
        const found = await report("--file", "dev.json");
        expect(names().sort()).toEqual(["Kept by Mike", old(1), old(4)].sort());
        expect(found.clients.map(({ outcome }) => outcome)).toEqual(["spared", "spared", "deleted"]);
        expect(found.notes).toEqual([
          expect.stringContaining("no longer the same after the question: 2 clients"),
        ]);
      },
      { ask },
    );
  });
});

describe("what is never touched", () => {
  test("clients of the stacks, of a rotation, those that a stack is about to delete, our own, and the samples", () =>
    withSweep(async ({ account, left, stack, report, names, writes }) => {
      const owned = left(old(1));
      const leaving = left(old(2));
      const [current, previous] = [left(old(3)), left(old(4))];
      left(old(5));
      const member = ({ id, name, apiKey }: typeof current): object => ({
        id,
        name,
        clientId: apiKey,
        madeAt: "2026-01-01T00:00:00Z",
        active: true,
      });
      stack(
        "dev",
        { ...resourceOf(owned), id: owned.id.toUpperCase() },
        { ...resourceOf(leaving), delete: true },
      );
      const rotating = resourceOf(current, {}, { resource: "server" });
      stack("prod", {
        ...rotating,
        type: "pulumi-nodejs:dynamic/thinkgeo:RotatingClient",
        outputs: { ...rotating.outputs, current: member(current), previous: member(previous) },
      });
      account.editClient("Emulator operator", { name: `pr-operator-${daysAgo(99)}` });
      const found = await report("--file", "dev.json", "--file", "prod.json", "--yes");
      expect(found.clients.map(({ name, reason, outcome }) => [name, reason, outcome])).toEqual([
        [old(1), "owned", null],
        [old(2), "owned", null],
        [old(3), "owned", null],
        [old(4), "owned", null],
        [old(5), "old", "deleted"],
        [`pr-operator-${daysAgo(99)}`, "own", null],
      ]);
      expect(found.clients[2]?.resources).toEqual([{ stack: "prod.json", resource: "server" }]);
      expect(names()).not.toContain(old(5));
      expect(writes()).toHaveLength(1);
      const samples = await report("--prefix", "Sample", "--older-than", "7d", "--no-stacks", "--dry-run");
      expect(samples.clients.map(({ reason }) => reason)).toEqual(["sample", "sample"]);
    }));

  test("what a stack takes over while sweep looks: the stacks are read after the list", () =>
    withSweep(async ({ emulator, left, stack, report, names }) => {
      const adopted = left(old(1));
      stack("dev");
      emulator.onRequest(({ moment, request }) => {
        if (moment === "after" && request.path === "/api/v1/clients") stack("dev", resourceOf(adopted));
      });
      expect((await report("--file", "dev.json", "--yes")).clients).toMatchObject([{ reason: "owned" }]);
      expect(names()).toEqual([old(1)]);
    }));

  test("names that do not begin so, whatever their case or their age", () =>
    withSweep(async ({ left, names, sweep }) => {
      const others = [`PR-1-${daysAgo(30)}`, `my-pr-1-${daysAgo(30)}`, "pr", ` pr-1-${daysAgo(30)}`];
      for (const name of others) left(name);
      expect((await sweep("--no-stacks", "--yes")).code).toBe(0);
      expect(names()).toEqual(others);
    }));

  test("more than --most: then none at all", () =>
    withSweep(async ({ left, names, sweep, writes }) => {
      for (let number = 1; number <= 3; number++) left(old(number));
      const { code, out } = await sweep("--no-stacks", "--yes", "--most", "2");
      expect([code, out]).toEqual([1, expect.stringContaining("more than --most allows")]);
      expect([names().length, writes()]).toEqual([3, []]);
      const dry = await sweep("--no-stacks", "--dry-run", "--most", "2");
      expect([dry.code, dry.out]).toEqual([1, expect.stringContaining("without --dry-run none would go")]);
      expect((await sweep("--no-stacks", "--yes", "--most", "3")).code).toBe(0);
      expect(names()).toEqual([]);
    }));

  test("51 clients are too many by default", () =>
    withSweep(async ({ left, names, sweep }) => {
      for (let number = 1; number <= 51; number++) left(old(number));
      expect((await sweep("--no-stacks", "--yes")).code).toBe(1);
      expect(names()).toHaveLength(51);
    }));
});

describe("refuses to conclude anything", () => {
  const refuses = (
    prepare: (emulator: Emulator) => void,
    sentence: string,
    ...args: readonly string[]
  ): Promise<void> =>
    withSweep(async ({ emulator, left, names, sweep, stack, writes }) => {
      left(old(1));
      stack("dev", resourceOf(left("dev")));
      prepare(emulator);
      const { code, out, err } = await sweep("--file", "dev.json", "--yes", "--json", ...args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(sentence);
      expect([names(), writes()]).toEqual([[old(1), "dev"], []]);
    });

  test("from a list without the client that it signs in with", () =>
    refuses((emulator) => {
      const [account] = emulator.accounts;
      const clients = account.clients().filter(({ id }) => id !== account.operatorId);
      emulator.fault({
        kind: "reply",
        method: "GET",
        path: "/api/v1/clients",
        text: JSON.stringify({ data: clients, status: "success", totalCount: clients.length }),
        headers: { "content-type": "application/json" },
      });
    }, "lacks the very client that this run authenticates with"));

  test("from a short list", () =>
    refuses((emulator) => {
      emulator.setSwitches({ listCap: 4 });
    }, "listed 4 clients and says that there are 5"));

  test("where ThinkGeo refuses it", () =>
    refuses((emulator) => {
      emulator.fault({ kind: "status", path: "/api/v1/clients", status: 403 });
    }, "Could not list the account's clients"));

  test("with the credentials of another account than the stack's", () =>
    withSweep(async ({ emulator, left, stack, sweep, names }) => {
      left(old(1));
      const other = emulator.addAccount();
      stack("dev", resourceOf(other.addClient({ name: "dev" })));
      const { code, err } = await sweep("--file", "dev.json", "--yes");
      expect([code, err]).toEqual([2, expect.stringContaining(`belongs to account ${other.id}`)]);
      expect(names()).toEqual([old(1)]);
    }));

  test("where use is not told, unless --ignore-usage says to go by age", () =>
    withSweep(async ({ emulator, left, sweep, names }) => {
      left(old(1));
      emulator.fault({ kind: "status", path: "/api/v1/accounts/current/statistics/byclient", status: 404 });
      const { code, err } = await sweep("--no-stacks", "--yes");
      expect([code, err]).toEqual([2, expect.stringContaining("Say --ignore-usage to go by age alone.")]);
      expect(names()).toEqual([old(1)]);
      expect((await sweep("--no-stacks", "--yes", "--ignore-usage")).code).toBe(0);
      expect(names()).toEqual([]);
    }));
});

const page = textOf("docs/reference/cli.md");

test("docs/reference/cli.md names every option, and every reason to keep a client", () => {
  for (const name of Object.keys(sweep.options)) expect(page).toContain(`--${name}`);
  const section = page.split("\n## thinkgeo sweep\n")[1]?.split("\n## ")[0] ?? "";
  const rows = [...section.matchAll(/^\| .* \| `([\w-]+)` \|$/gm)].map(([, reason]) => reason);
  expect(rows).toEqual(REASONS.filter((reason) => reason !== "old"));
});

test("--help has the example of the issue", async () => {
  const { code, out } = await runCommand(["sweep", "--help"], { environment: {}, folder: "." });
  expect(code).toBe(0);
  expect(out).toContain("thinkgeo sweep --prefix pr- --older-than 7d --all-stacks --dry-run");
});
