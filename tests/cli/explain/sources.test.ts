import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fakePulumi } from "../fake-pulumi";
import { exportOf, plain, resourceOf, rotationOf, sealed } from "../drift/stack-export";
import { explain as run, reportIn, withExplain } from "./run-explain";

const page = ["--origin", "https://acme.com"] as const;

describe("a client of the account", () => {
  test("by its name or its GUID, for one token and one list, and nothing is changed", () =>
    withExplain(async ({ emulator, account, report }) => {
      const made = account.addClient({ name: "web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
      const before = JSON.stringify(account.clients());
      for (const wanted of ["web", made.id, made.id.toUpperCase()]) {
        emulator.clearRequests();
        const found = await report("--client", wanted, ...page);
        expect(found).toMatchObject({
          client: { from: "account", id: made.id, name: "web", inForce: "origins" },
          verdict: "allowed",
          entry: "acme.com",
        });
        expect(emulator.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
          "POST /identity/connect/token",
          "GET /api/v1/clients",
        ]);
      }
      expect(JSON.stringify(account.clients())).toBe(before);
    }));

  test("an inactive one, and one whose other list is in effect", () =>
    withExplain(async ({ account, emulator, report }) => {
      emulator.setSwitches({ otherList: "kept" });
      account.addClient({
        name: "off",
        clientType: "JavaScript",
        allowedOrigins: ["acme.com"],
        isActive: false,
      });
      account.addClient({
        name: "both",
        clientType: "JavaScript",
        sharedMode: "IpAddress",
        allowedOrigins: ["acme.com"],
        allowedIpAddresses: ["203.0.113.9"],
      });
      expect(await report("--client", "off", ...page)).toMatchObject({
        verdict: "refused",
        nearMisses: [{ entry: "acme.com", kind: "inactive" }],
      });
      expect(await report("--client", "both", ...page)).toMatchObject({
        verdict: "refused",
        nearMisses: [{ entry: "acme.com", kind: "other-kind" }],
      });
      expect(await report("--client", "both", ...page, "--address", "203.0.113.9")).toMatchObject({
        verdict: "allowed",
        entry: "203.0.113.9",
      });
    }));

  test("no restriction, as the server may write it", () =>
    withExplain(async ({ account, emulator, report }) => {
      emulator.setSwitches({ unrestricted: "*.*.*.*" });
      account.addClient({ name: "tiles" });
      account.addClient({ name: "web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
      expect((await report("--client", "tiles", "--address", "8.8.8.8")).verdict).toBe("allowed");
      expect((await report("--client", "web", ...page)).verdict).toBe("allowed");
    }));

  test("what it says is what the emulator's map service does", () =>
    withExplain(async ({ account, emulator, report }) => {
      const { apiKey } = account.addClient({
        name: "web",
        clientType: "JavaScript",
        allowedOrigins: ["acme.com", "*.acme.com"],
      });
      const url = `${emulator.url}/api/v1/elevation/40,-105?apikey=${apiKey}`;
      for (const origin of [
        "https://acme.com",
        "https://app.acme.com",
        "https://acme.net",
        "https://evilacme.com",
      ]) {
        const { status } = await fetch(url, { headers: { origin } });
        const { verdict } = await report("--client", "web", "--origin", origin);
        expect([origin, verdict]).toEqual([origin, status === 200 ? "allowed" : "refused"]);
      }
    }));

  test.each([
    [["--client", "wep"], 'The account has no client "wep": did you mean "web"?'],
    [["--client", "something else altogether"], "no client"],
    [["--client", "twin"], 'The account has 2 clients named "twin": name one by its GUID ('],
  ])("%j is an error in a sentence", (args, sentence) =>
    withExplain(async ({ account, explain }) => {
      for (const name of ["web", "twin", "twin"]) account.addClient({ name, clientType: "JavaScript" });
      const { code, out, err } = await explain(...args, ...page);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(sentence);
    }),
  );

  test("wrong credentials are an error in a sentence, and no secret is printed", () =>
    withExplain(async ({ account, explain }) => {
      account.editClient(account.operatorId, { apiSecret: "another" });
      const { code, err } = await explain("--client", "web", ...page);
      expect([code, err.includes(account.clientSecret)]).toEqual([2, false]);
    }));

  test("what is wrong with the question is said before anybody is asked", () =>
    withExplain(async ({ emulator, explain }) => {
      expect((await explain("--client", "web")).code).toBe(2);
      expect(emulator.requests()).toEqual([]);
    }));
});

describe("a client of a stack", () => {
  test("as it was last deployed, without asking the account", () =>
    withExplain(async ({ account, emulator, report, stack }) => {
      const web = account.addClient({
        name: "Web shop",
        clientType: "JavaScript",
        allowedOrigins: ["acme.com"],
      });
      const tiles = account.addClient({ name: "Tiles", allowedIpAddresses: ["203.0.113.9"] });
      stack(
        "dev",
        resourceOf(web, {}, { resource: "web" }),
        resourceOf(tiles, { active: false }, { resource: "tiles" }),
      );
      const found = await report("--file", "dev.json", "--resource", "web", ...page);
      expect(found).toMatchObject({
        client: {
          from: "stack",
          id: web.id,
          name: "Web shop",
          stack: "dev.json",
          resource: "web",
          type: "JavaScript",
        },
        verdict: "allowed",
      });
      const off = await report("--file", "dev.json", "--resource", "tiles", "--address", "203.0.113.9");
      expect(off).toMatchObject({ verdict: "refused", nearMisses: [{ kind: "inactive" }] });
      expect(emulator.requests()).toEqual([]);
    }));

  test("of a RotatingClient it is the current one", () =>
    withExplain(async ({ account, report, stack }) => {
      const allowedIpAddresses = ["203.0.113.0/24"];
      const previous = account.addClient({ name: "tiles-1", allowedIpAddresses, isActive: false });
      const current = account.addClient({ name: "tiles-2", allowedIpAddresses });
      stack("dev", rotationOf(current, previous));
      for (const picked of [[], ["--resource", "tiles"]])
        expect(await report("--file", "dev.json", ...picked, "--address", "203.0.113.9")).toMatchObject({
          client: { id: current.id, name: "tiles-2" },
          verdict: "allowed",
        });
    }));

  test("the only one needs no name; a list that was made by a secret is read where it is in plain", () =>
    withExplain(async ({ account, explain, report, stack }) => {
      const web = account.addClient({ name: "web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
      stack("one", resourceOf(web, { allowedOrigins: plain(["acme.com"]) }));
      expect((await report("--file", "one.json", ...page)).verdict).toBe("allowed");
      stack("one", resourceOf(web, { allowedOrigins: sealed }));
      const { code, err } = await explain("--file", "one.json", ...page);
      expect([code, err]).toEqual([2, expect.stringContaining(`ask with --client ${web.id} instead.`)]);
    }));

  test("one that is none, two of one name, and several without a name are errors in sentences", () =>
    withExplain(async ({ account, explain, stack }) => {
      const one = account.addClient({ name: "web", clientType: "JavaScript" });
      const two = account.addClient({ name: "web", clientType: "JavaScript" });
      stack("dev", resourceOf(one), { ...resourceOf(two), urn: "urn:pulumi:dev::acme::parent$x::web" });
      const errorOf = async (...args: string[]): Promise<string> =>
        (await explain("--file", ...args, ...page)).err;
      expect(await errorOf("dev.json")).toContain("has 2 clients: pick one with --resource (web, web).");
      expect(await errorOf("dev.json", "--resource", "web")).toContain(
        "pick one by its URN (urn:pulumi:dev::acme::",
      );
      expect(await errorOf("dev.json", "--resource", "wed")).toContain(
        'has no client "wed": did you mean "web"?',
      );
      expect(await errorOf("none.json")).toContain("none.json cannot be read (ENOENT)");
      const byUrn = await explain(
        "--file",
        "dev.json",
        "--resource",
        "urn:pulumi:dev::acme::parent$x::web",
        ...page,
      );
      expect(byUrn.code).toBe(0);
      stack("dev");
      expect(await errorOf("dev.json")).toContain('"dev.json" has no client.');
    }));

  test("by the name of the stack, or the one that is selected; secrets stay encrypted", () =>
    withExplain(async ({ account }) => {
      const web = account.addClient({ name: "web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
      const folder = mkdtempSync(join(tmpdir(), "thinkgeo-explain-"));
      const answers = { "stack --show-name": "dev\n", "stack export --stack dev": exportOf(resourceOf(web)) };
      fakePulumi(
        folder,
        `const args = process.argv.slice(2).join(" ").replace(" --non-interactive --color never", "");
         process.stdout.write(${JSON.stringify(answers)}[args] ?? process.exit(1));`,
      );
      const environment = { PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}` };
      try {
        for (const args of [
          ["--stack", "dev"],
          ["--resource", "web"],
        ]) {
          const found = reportIn(await run([...args, ...page, "--json"], environment, folder));
          expect([found.client.stack, found.client.resource, found.verdict]).toEqual([
            "dev",
            "web",
            "allowed",
          ]);
        }
        const { code, err } = await run(["--stack", "prod", ...page], environment, folder);
        expect([code, err]).toEqual([2, expect.stringContaining('"pulumi stack export --stack prod"')]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }));
});
