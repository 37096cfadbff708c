import { textOf } from "../../repository";
import { drift } from "../../../cli/drift/drift";
import { readIgnore } from "../../../cli/drift/filter";
import { FORMAT_OF_EXTENSION, FORMATS } from "../../../cli/drift/output";
import { ALL_KINDS, DEFAULT_FAIL_ON, KINDS } from "../../../cli/drift/report";
import { main } from "../../../cli/main";
import type { Streams } from "../../../cli/terminal/terminal";
import { withDrift } from "./drift-scene";
import { exportOf, resourceOf, sealed } from "./stack-export";

const tiles = { name: "Tiles", allowedIpAddresses: ["203.0.113.0/24"] };

describe("exit codes", () => {
  test("0 in sync, 1 drift, and --fail-on decides what is drift", () =>
    withDrift(async ({ account, stack, drift }) => {
      const client = account.addClient(tiles);
      account.addClient({ name: "By hand", allowedIpAddresses: ["203.0.113.7"] });
      stack("dev", resourceOf(client));
      expect((await drift("dev.json")).code).toBe(0);
      expect((await drift("dev.json", "--fail-on", "unmanaged")).code).toBe(1);
      expect((await drift("dev.json", "--fail-on", "all")).code).toBe(1);
      account.editClient("Tiles", { isActive: false });
      expect((await drift("dev.json")).code).toBe(1);
      expect((await drift("dev.json", "--fail-on", "changed, missing")).code).toBe(0);
      expect((await drift("dev.json", "--fail-on", "missing", "--fail-on", "deactivated")).code).toBe(1);
      expect((await drift("dev.json", "--fail-on", "none")).code).toBe(0);
    }));

  test.each([
    [["dev.json", "--fail-on", "chnaged"], 'there is no kind "chnaged"'],
    [["dev.json", "--format", "yaml"], "--format: takes table, json"],
    [["dev.json", "--check", "everything"], "--check: takes evaluation, usage, secrets"],
    [["dev.json", "--output", "report.pdf"], "the format of report.pdf cannot be told"],
    [["dev.json", "--nonsense"], "Unknown option '--nonsense'"],
    [["none.json"], "none.json cannot be read (ENOENT)"],
    [["bad.json"], 'bad.json is not what "pulumi stack export" prints'],
    [["--file", "none"], "none cannot be read (ENOENT)"],
    [["dev.json", "--ignore-file", "none"], "none cannot be read (ENOENT)"],
    [["dev.json", "--ignore-file", "ignore"], 'ignore, line 2: there is no kind "unrestriced"'],
    [["dev.json", "--baseline", "bad.json"], "bad.json is not a baseline"],
    [["dev.json", "--output", "no/such/folder.html"], "no/such/folder.html cannot be written (ENOENT)"],
  ])("2 with a sentence: %j", (args, sentence) =>
    withDrift(async ({ write, drift }) => {
      write("dev.json", exportOf());
      write("bad.json", '{ "version": 3, "secret": "hunter2-hunter2" }');
      write("ignore", "# fine\nkind:unrestriced\n");
      const { code, out, err } = await drift(...args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(sentence);
      expect(err).not.toContain("hunter2");
    }),
  );

  test("2 where there is nobody to sign in as", () =>
    withDrift(
      async ({ write, drift, emulator }) => {
        write("dev.json", exportOf());
        const { code, err } = await drift("dev.json");
        expect(code).toBe(2);
        expect(err).toContain("THINKGEO_CLIENT_ID");
        expect(emulator.requests()).toEqual([]);
      },
      { terminal: { environment: {} } },
    ));
});

describe("refuses to conclude anything", () => {
  const withMissing = (
    work: (scene: Parameters<Parameters<typeof withDrift>[0]>[0]) => Promise<string>,
  ): Promise<void> =>
    withDrift(async (scene) => {
      const client = scene.account.addClient(tiles);
      scene.stack("dev", resourceOf(client));
      scene.account.deleteClient(client.id);
      const sentence = await work(scene);
      const { code, out, err } = await scene.drift("dev.json", "--write-baseline", "base.json");
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(sentence);
      expect(() => scene.read("base.json")).toThrow();
    });

  test("from a list without the client that it signs in with", () =>
    withMissing(({ emulator }) => {
      emulator.fault({
        kind: "reply",
        path: "/api/v1/clients",
        text: '{"data":[],"status":"success","totalCount":0}',
        headers: { "content-type": "application/json" },
      });
      return Promise.resolve("lacks the very client that this run authenticates with");
    }));

  test("from a short list", () =>
    withMissing(({ emulator }) => {
      emulator.setSwitches({ listCap: 2 });
      return Promise.resolve("listed 2 clients and says that there are 3");
    }));

  test("from the list of another account", () =>
    withMissing(({ account, stack, emulator }) => {
      const other = emulator.addAccount();
      stack("dev", resourceOf(other.addClient(tiles)));
      return Promise.resolve(
        `belongs to account ${other.id}, and the credentials of this run to account ${account.id}`,
      );
    }));

  test("when ThinkGeo refuses it", () =>
    withMissing(({ emulator }) => {
      emulator.fault({ kind: "status", path: "/api/v1/clients", status: 403 });
      return Promise.resolve("Could not list the account's clients");
    }));
});

describe("the ignore file", () => {
  test("names, globs, ids, types and kinds; what is ignored does not count", () =>
    withDrift(async ({ account, write, report }) => {
      write("dev.json", exportOf());
      const names = ["CI one", "CI two", "Exact", "Byid", "Web", "Kept", "id:odd"];
      for (const name of names) account.addClient({ name, allowedIpAddresses: ["203.0.113.7"] });
      account.editClient("Web", { clientType: "JavaScript" });
      const lines = [
        "# people's own",
        "",
        "CI *",
        "Exact",
        `id:${account.client("Byid")?.id.toUpperCase() ?? ""}`,
        "type:javascript",
        "kind:sample-client",
        "kind:unrestricted Emulator*",
        "name:id:odd",
      ];
      write(".thinkgeoignore", lines.join("\r\n"));
      const found = await report("dev.json");
      expect(found.findings.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["unmanaged Kept"]);
      expect(found.summary).toMatchObject({ unmanaged: 1, ignored: 9, findings: 1 });
      write("other", "Kept");
      expect((await report("dev.json", "--ignore-file", "other")).summary.unmanaged).toBe(6);
    }));

  test("a pattern with many stars does not take long", () =>
    withDrift(async ({ account, write, report }) => {
      write("dev.json", exportOf());
      account.addClient({ name: "a".repeat(20_000), allowedIpAddresses: ["203.0.113.7"] });
      write(".thinkgeoignore", `${"*a".repeat(30)}*b`);
      expect((await report("dev.json")).summary.unmanaged).toBe(1);
    }));
});

describe("the baseline", () => {
  test("accepts what is, and not what comes after", () =>
    withDrift(async ({ account, stack, report, drift, read }) => {
      stack("dev", resourceOf(account.addClient(tiles)));
      account.editClient("Tiles", { allowedIpAddresses: ["203.0.113.8"] });
      const first = await drift("dev.json", "--write-baseline", "base.json");
      expect(first.code).toBe(0);
      expect(first.out).toContain("changed");
      const text = read("base.json");
      expect(text.split("\n")).toHaveLength(3 + 4 + 2 + 1);
      expect((await drift("dev.json", "--baseline", "base.json")).code).toBe(0);
      const accepted = await report("dev.json", "--baseline", "base.json");
      expect(accepted).toMatchObject({ findings: [], notes: [], summary: { accepted: 4, findings: 0 } });
      account.editClient("Tiles", { allowedIpAddresses: ["203.0.113.9"] });
      const later = await report("dev.json", "--baseline", "base.json");
      expect(later.findings.map(({ kind }) => kind)).toEqual(["changed"]);
      expect(later.notes).toEqual(["No longer found: 1 finding of the baseline. Write it anew."]);
      await drift("dev.json", "--write-baseline", "base.json", "--baseline", "base.json");
      expect((await report("dev.json", "--baseline", "base.json")).findings).toEqual([]);
    }));

  test("is the same text for the same findings", () =>
    withDrift(async ({ account, stack, drift, read, emulator }) => {
      stack("dev", resourceOf(account.addClient(tiles)), resourceOf(account.addClient({ name: "Two" })));
      await drift("dev.json", "--write-baseline", "one.json");
      emulator.setSwitches({ listOrder: "reversed" });
      await drift("dev.json", "--write-baseline", "two.json");
      expect(read("two.json")).toBe(read("one.json"));
    }));
});

describe("output", () => {
  test("does not call in sync what was not compared, because the stack keeps it secret", () =>
    withDrift(async ({ account, stack, drift }) => {
      const client = account.addClient(tiles);
      stack("dev", resourceOf(client, { allowedIpAddresses: [sealed] }));
      account.editClient(client.id, { allowedIpAddresses: ["192.0.2.1"] });
      const { code, out } = await drift("dev.json");
      expect([code, out]).toEqual([0, expect.stringContaining("In sync as far as was compared: ")]);
      stack("dev", resourceOf(client));
      account.editClient(client.id, { allowedIpAddresses: client.allowedIpAddresses });
      expect((await drift("dev.json")).out).toContain("In sync: ");
    }));

  test("into several files by their endings, and the table on the screen", () =>
    withDrift(async ({ account, stack, drift, read }) => {
      stack("dev", resourceOf(account.addClient(tiles)));
      const files = ["d.json", "d.md", "d.xml", "d.sarif", "d.html", "d.txt"];
      const { code, out } = await drift("dev.json", ...files.flatMap((file) => ["--output", file]));
      expect(code).toBe(0);
      expect(out).toContain("In sync");
      expect(files.map((file) => read(file).slice(0, 4))).toEqual([
        "{\n  ",
        "### ",
        "<?xm",
        "{\n  ",
        "<!do",
        "unre",
      ]);
      expect(read("d.txt")).toBe(out);
      await drift("dev.json", "--format", "markdown", "--output", "comment");
      expect(read("comment")).toBe(read("d.md"));
    }));

  test.each(["", ",", " "])("--fail-on %j is no way to switch all of it off", (kinds) =>
    withDrift(async ({ stack, drift }) => {
      stack("dev");
      const { code, err } = await drift("dev.json", "--fail-on", kinds);
      expect([code, err]).toEqual([2, expect.stringContaining('must not be empty: "none" says')]);
    }),
  );

  test("has colour and progress for a person, and none for a pipe", () =>
    withDrift(async ({ account, stack, drift, emulator, folder }) => {
      stack("dev", resourceOf(account.addClient(tiles)));
      const piped = await drift("dev.json");
      expect(piped.out + piped.err).not.toContain("\u001b");
      expect(piped.err).toBe("");
      expect(emulator.requests()).toHaveLength(2);
      const person = { out: "", err: "" };
      const terminal: Streams = {
        out: (text) => void (person.out += text),
        err: (text) => void (person.err += text),
        interactive: true,
        environment: account.environment,
        folder,
        ask: undefined,
      };
      await main(["drift", "dev.json"], terminal);
      expect(person.out).toContain("\u001b[33munrestricted");
      expect(person.err).toBe("");
      // Slow enough to be told of.
      emulator.setSwitches({ latency: 600 });
      await main(["drift", "dev.json"], terminal);
      expect(person.err).toContain("Reading the account…");
      expect(person.err.endsWith("\r\u001b[K")).toBe(true);
      person.out = "";
      emulator.setSwitches({ latency: 0 });
      const dumb = { ...terminal, environment: { ...account.environment, TERM: "dumb" } };
      await main(["drift", "dev.json"], dumb);
      expect(person.out).not.toContain("\u001b");
    }));
});

test("the kinds that fail by default are those that break a declared client", () => {
  expect(DEFAULT_FAIL_ON).toEqual(["changed", "missing", "deactivated", "owned-twice", "secret-changed"]);
});

const page = textOf("docs/reference/cli.md");

test("docs/reference/cli.md has every finding type in its table, with what fails by default", () => {
  const types = page.split("\n### Finding types\n")[1]?.split("\n### ")[0] ?? "";
  const rows = [...types.matchAll(/^\| `([\w-]+)` \|.*\| (yes)? ?\|$/gm)].map(([, kind, fails]) => [
    kind,
    fails === "yes",
  ]);
  expect(rows).toEqual(ALL_KINDS.map((kind) => [kind, KINDS[kind].fails]));
});

test("docs/reference/cli.md names every option, format and ending", () => {
  for (const name of Object.keys(drift.options)) expect(page).toContain(`--${name}`);
  expect(page).toContain(`One of ${FORMATS.join(", ")}`);
  for (const ending of Object.keys(FORMAT_OF_EXTENSION)) expect(page).toContain(`\`${ending}\``);
});

test("the ignore file of docs/reference/cli.md can be read, and does what it says", () => {
  const [, text = ""] = /```\n(# A client by its name[^]*?)```/.exec(page) ?? [];
  const ignore = readIgnore("docs/reference/cli.md", text);
  const finding = { kind: "changed", id: null, name: "Web", type: null } as const;
  expect(ignore(finding)).toBe(false);
  expect(ignore({ ...finding, name: "CI one" })).toBe(true);
  expect(ignore({ ...finding, type: "JavaScript" })).toBe(true);
  expect(ignore({ ...finding, name: "id:odd" })).toBe(true);
  expect(ignore({ ...finding, name: "Office 2" })).toBe(false);
  expect(ignore({ ...finding, kind: "unrestricted", name: "Office 2" })).toBe(true);
});
