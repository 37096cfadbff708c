import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import manifest from "../../../package.json";
import { isAtLeast, OLDEST } from "../../../cli/doctor/steps/versions";
import { answering, closedPort, listening } from "../../cloud/local-servers";
import { fakeTool } from "./fake-tool";
import { stepOf, withDoctor, wordsOf, type DoctorWorld } from "./run-doctor";

const results = async ({ report }: DoctorWorld): Promise<Record<string, string>> =>
  Object.fromEntries((await report()).steps.map(({ name, result }) => [name, result]));

describe("configuration", () => {
  test("says where each setting comes from, and no secret", () =>
    withDoctor(async ({ account, environment, report }) => {
      environment["THINKGEO_MAX_CONCURRENCY"] = "3";
      const words = wordsOf(await report(), "configuration");
      expect(words).toContain(
        `pass: clientId is ${account.clientId.slice(0, 6)}…, from the environment (THINKGEO_CLIENT_ID).`,
      );
      expect(words).toContain("pass: clientSecret is set, from the environment (THINKGEO_CLIENT_SECRET).");
      expect(words).toContain("maxConcurrency is 3, from the environment (THINKGEO_MAX_CONCURRENCY).");
    }));

  test("a secret that is not set skips what needs it, and the rest still runs", () =>
    withDoctor(async (world) => {
      delete world.environment["THINKGEO_CLIENT_SECRET"];
      expect(await results(world)).toEqual({
        configuration: "fail",
        address: "pass",
        token: "skipped",
        identity: "skipped",
        roles: "skipped",
        rights: "skipped",
        clock: "pass",
        description: "pass",
        versions: "pass",
      });
      const report = await world.report();
      expect(wordsOf(report, "configuration")).toContain("fail: ThinkGeo's clientSecret is not set. Run ");
      expect(stepOf(report, "token").skipped).toContain("thinkgeo:clientId and thinkgeo:clientSecret");
    }));

  test("an address that cannot be used leaves nothing to ask", () =>
    withDoctor(async (world) => {
      world.environment["THINKGEO_API_URL"] = "http://example.com";
      const found = await results(world);
      expect([found["configuration"], found["address"], found["versions"]]).toEqual([
        "fail",
        "skipped",
        "pass",
      ]);
      const report = await world.report();
      expect([report.apiUrl, report.requests]).toEqual([null, 0]);
      expect(wordsOf(report, "configuration")).toContain("thinkgeo:apiUrl must begin with https://");
    }));

  test("the stack's configuration wins, and a mixture of two places is pointed at", () =>
    withDoctor(async ({ account, environment, folder, report }) => {
      const config = { "thinkgeo:clientSecret": { value: account.clientSecret, secret: true } };
      fakeTool(
        folder,
        "pulumi",
        `console.log(process.argv[2] === "config" ? ${JSON.stringify(JSON.stringify(config))} : "v3.270.0");`,
      );
      environment["THINKGEO_CLIENT_SECRET"] = "wrong-and-not-used";
      const found = await report(["--stack", "dev"]);
      const words = wordsOf(found, "configuration");
      expect(words).toContain("info: The configuration of stack dev was read.");
      expect(words).toContain("clientSecret is set, from the stack's configuration.");
      expect(words).toContain("warn: clientId comes from the environment and clientSecret from the stack");
      expect(stepOf(found, "token").result).toBe("pass");
    }));

  test("a stack that cannot be read fails, with what Pulumi said", () =>
    withDoctor(async ({ folder, report }) => {
      fakeTool(
        folder,
        "pulumi",
        `if (process.argv[2] === "version") console.log("v3.270.0"); else { console.error("error: no stack named 'dev' found"); process.exit(255); }`,
      );
      expect(wordsOf(await report(["--stack", "dev"]), "configuration")).toContain(
        "failed: no stack named 'dev' found Check --stack and --cwd",
      );
    }));

  test("a path that is too much is pointed at", () =>
    withDoctor(async ({ environment, cloud, report }) => {
      environment["THINKGEO_API_URL"] = `${cloud.url}/api/v1`;
      const words = wordsOf(await report(), "configuration");
      expect(words).toContain(`Set thinkgeo:apiUrl to ${cloud.url}, unless`);
    }));
});

describe("address and TLS", () => {
  test("nothing that listens", () =>
    withDoctor(async (world) => {
      world.environment["THINKGEO_API_URL"] = `http://127.0.0.1:${await closedPort()}`;
      const report = await world.report();
      expect(wordsOf(report, "address")).toContain("was not reached: nothing listens at that address");
      expect(stepOf(report, "clock").skipped).toContain("an answer from that address");
    }));

  test("a certificate that vouches only for itself", () =>
    withDoctor(
      async ({ report }) => {
        const words = wordsOf(await report(), "address");
        expect(words).toContain("is not trusted: it vouches only for itself (DEPTH_ZERO_SELF_SIGNED_CERT).");
        expect(words).toContain("NODE_EXTRA_CA_CERTS");
      },
      {
        tls: {
          key: readFileSync(join(__dirname, "../../emulator/fixtures/loopback-key.pem")),
          cert: readFileSync(join(__dirname, "../../emulator/fixtures/loopback-cert.pem")),
        },
      },
    ));

  test("a web page where the service should be", () =>
    answering(
      (_, response) => response.setHeader("content-type", "text/html").end("<html>Sign in</html>"),
      (url) =>
        withDoctor(async (world) => {
          world.environment["THINKGEO_API_URL"] = url;
          const report = await world.report();
          expect(stepOf(report, "address").result).toBe("warn");
          expect(wordsOf(report, "address")).toContain("it answered a web page: a login page or a proxy");
          expect(wordsOf(report, "token")).toContain("is an HTML page");
          expect(wordsOf(report, "description")).toContain("There is none to compare");
        }),
    ));

  test("a redirect", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "redirect", location: "https://elsewhere.example/x?token=1", path: "/swagger/**" });
      const words = wordsOf(await report(), "address");
      expect(words).toContain("a redirect to https://elsewhere.example/x.");
    }));

  test("a server in trouble, and one that stalls", () =>
    withDoctor(async ({ cloud, environment, report }) => {
      environment["THINKGEO_REQUEST_TIMEOUT"] = "1";
      cloud.fault({ kind: "status", status: 503, path: "/swagger/**" });
      expect(wordsOf(await report(), "address")).toContain("answered HTTP 503: it is there");
      cloud.clearFaults();
      cloud.fault({ kind: "stall-headers", path: "/swagger/**" });
      expect(wordsOf(await report(), "address")).toContain("no answer within 1 s");
    }));

  test("the proxy is named, without its credentials", () =>
    withDoctor(async ({ environment, report }) => {
      environment["HTTP_PROXY"] = "http://user:canary-password@proxy.example:3128";
      expect(wordsOf(await report(), "address")).toContain(
        "Through the proxy proxy.example:3128 (HTTP_PROXY).",
      );
      environment["NO_PROXY"] = "example.com, 127.0.0.1";
      expect(wordsOf(await report(), "address")).toContain("No proxy is used.");
    }));

  test("tokens from another address are said to be", () =>
    withDoctor(async ({ cloud, environment, report }) => {
      environment["THINKGEO_TOKEN_URL"] =
        `${cloud.url.replace("127.0.0.1", "localhost")}/identity/connect/token`;
      expect(wordsOf(await report(), "address")).toContain("Tokens come from another address");
    }));
});

describe("token", () => {
  test.each([
    ["a wrong secret", { THINKGEO_CLIENT_SECRET: "wrong" }, 'said "invalid_client": it does not know'],
    ["a wrong id", { THINKGEO_CLIENT_ID: "wrong" }, 'said "invalid_client": it does not know'],
  ])("%s", (_, wrong, words) =>
    withDoctor(async (world) => {
      Object.assign(world.environment, wrong);
      expect(wordsOf(await world.report(), "token")).toContain(words);
      expect(await results(world)).toMatchObject({ token: "fail", identity: "skipped", clock: "pass" });
    }),
  );

  test("the key of a JavaScript client", () =>
    withDoctor(async ({ account, environment, report }) => {
      environment["THINKGEO_CLIENT_ID"] = account.client("Sample Browser Client")?.apiKey ?? "";
      const words = wordsOf(await report(), "token");
      expect(words).toContain('said "unauthorized_client": it knows the client');
      expect(words).toContain("Take the ClientId and ClientSecret of a NativeConfidential client.");
    }));

  test("no life, another type, and no JSON web token", () =>
    withDoctor(async ({ cloud, report }) => {
      const text = JSON.stringify({ access_token: "opaque-token-canary", token_type: "MAC" });
      cloud.fault({ kind: "reply", status: 200, text, path: "/identity/**" });
      const found = await report();
      const words = wordsOf(found, "token");
      expect(words).toContain("did not say for how long");
      expect(words).toContain("It calls the token's type MAC");
      expect(words).toContain("It is no JSON web token");
      expect(wordsOf(found, "identity")).toContain("Nothing says which client this is");
    }));

  test("words that are not known", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "reply", status: 400, text: '{"error":"slow_down"}', path: "/identity/**" });
      expect(wordsOf(await report(), "token")).toContain("HTTP 400: slow_down");
    }));
});

describe("client, account and rights", () => {
  test("no User role: the token still says who it is, and what to do is said", () =>
    withDoctor(async ({ account, report }) => {
      account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
      const found = await report();
      expect(wordsOf(found, "identity")).toContain(
        `pass: The client is "Emulator operator" (${account.operatorId}), by its token.`,
      );
      expect(stepOf(found, "rights").result).toBe("fail");
      expect(wordsOf(found, "rights")).toContain("needs the User role to manage clients");
    }));

  test("a role that only the token still has", () =>
    withDoctor(
      async ({ account, cloud, report }) => {
        const end = cloud.onRequest(({ request, moment }) => {
          if (moment === "after" && request.path.startsWith("/identity"))
            account.editClient(account.operatorId, { grantedRoles: [], isActive: true });
        });
        expect(wordsOf(await report(), "rights")).toContain("does not have the role User (its roles: none)");
        end();
      },
      { switches: { rights: "token" } },
    ));

  test("roles by id are read by name", () =>
    withDoctor(
      async ({ report }) => {
        expect(wordsOf(await report(), "rights")).toContain("pass: It has the role User.");
      },
      { switches: { grantedRolesForm: "ids" } },
    ));

  test("a list that is short, and one that lacks the client itself", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.setSwitches({ listCap: 1 });
      const found = await report();
      expect(wordsOf(found, "rights")).toContain("holds 1 clients, and says that there are 3");
      expect(wordsOf(found, "rights")).toContain("lacks the client that signs in");
      expect(stepOf(found, "rights").result).toBe("fail");
    }));

  test("the sample client, and a whitelist", () =>
    withDoctor(async ({ account, environment, report }) => {
      const sample = account.editClient("Sample Native Client", {
        sharedMode: "IpAddress",
        allowedIpAddresses: ["127.0.0.0/8"],
      });
      environment["THINKGEO_CLIENT_ID"] = sample.apiKey;
      environment["THINKGEO_CLIENT_SECRET"] = sample.apiSecret;
      const words = wordsOf(await report(), "rights");
      expect(words).toContain("warn: It is the sample client that came with the account.");
      expect(words).toContain("info: It may be used from 127.0.0.0/8 only");
    }));

  test("an address outside the whitelist", () =>
    withDoctor(async ({ account, report }) => {
      account.editClient(account.operatorId, { sharedMode: "IpAddress", allowedIpAddresses: ["192.0.2.1"] });
      expect(wordsOf(await report(), "rights")).toContain("its whitelist must hold this machine's address");
    }));

  test("two accounts at once", () =>
    withDoctor(async ({ cloud, report }) => {
      const data = { id: "another", name: "Another" };
      const text = JSON.stringify({ data, status: "success" });
      cloud.fault({ kind: "reply", status: 200, text, path: "/api/v1/accounts/current" });
      expect(wordsOf(await report(), "identity")).toContain("name two accounts");
    }));

  test("an account that cannot be read costs a warning only", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "status", status: 404, path: "/api/v1/accounts/current" });
      const found = await report();
      expect(stepOf(found, "identity").result).toBe("warn");
      expect(wordsOf(found, "identity")).toContain('The account is "Account 1"');
    }));
});

describe("roles and their end", () => {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 + 60_000).toISOString();

  test.each([
    [[{ name: "Evaluator", expiration: inDays(20) }, "User"], "pass", ", in 20 days."],
    [[{ name: "Evaluator", expiration: inDays(13) }, "User"], "warn", ", in 13 days. Subscribe"],
    [[{ name: "Evaluator", expiration: inDays(0) }, "User"], "warn", ", within a day."],
    [[{ name: "Evaluator", expiration: inDays(-2) }, "User"], "fail", '"Evaluator" ended on'],
    [
      [{ name: "Evaluator", expiration: inDays(-2) }, "User", "Subscriber"],
      "warn",
      "another role is in force",
    ],
    [["User", "Subscriber"], "pass", '"Subscriber" does not end.'],
  ])("%j: %s", (roles, result, words) =>
    withDoctor(async ({ account, report }) => {
      account.setRoles(roles);
      const found = await report();
      expect(stepOf(found, "roles").result).toBe(result);
      expect(wordsOf(found, "roles")).toContain(words);
    }),
  );

  test("that cannot be read, of none, and with an end that is no time", () =>
    withDoctor(async ({ cloud, report }) => {
      const path = "/api/v1/roles/accounts/current";
      cloud.fault({ kind: "html", path, times: 1 });
      expect(stepOf(await report(), "roles").result).toBe("warn");
      const reply = (data: unknown): void =>
        void cloud.fault({ kind: "reply", status: 200, text: JSON.stringify({ data }), path, times: 1 });
      reply([]);
      expect(wordsOf(await report(), "roles")).toContain("fail: The account has no role.");
      reply([{ roleName: "Evaluator", expiration: "some day" }]);
      expect(wordsOf(await report(), "roles")).toContain("ends at a time that cannot be read");
    }));
});

describe("clock", () => {
  /** Passes everything on, and gives answers another date. */
  const skewed = <T>(
    target: string,
    seconds: number | undefined,
    work: (url: string) => Promise<T>,
  ): Promise<T> =>
    listening(
      createServer((incoming, outgoing) => {
        const { method, headers } = incoming;
        const forward = request(
          target + (incoming.url ?? ""),
          { method, headers },
          (answer: IncomingMessage) => {
            const date = new Date(Date.now() + (seconds ?? 0) * 1000).toUTCString();
            outgoing.sendDate = false;
            const kept = { ...answer.headers };
            delete kept.date;
            outgoing.writeHead(answer.statusCode ?? 500, seconds === undefined ? kept : { ...kept, date });
            answer.pipe(outgoing);
          },
        );
        incoming.pipe(forward);
      }),
      (port) => work(`http://127.0.0.1:${port}`),
    );

  test.each([
    [30, "pass", "30 s behind the server's, which does no harm"],
    [120, "warn", "120 s behind the server's."],
    [-120, "warn", "120 s ahead of the server's."],
    [400, "fail", "400 s behind the server's."],
    [undefined, "pass", "does not say what time it is"],
  ])("a server that is %p s ahead: %s", (seconds, result, words) =>
    withDoctor(({ cloud, environment, report }) =>
      skewed(cloud.url, seconds, async (url) => {
        environment["THINKGEO_API_URL"] = url;
        const found = await report();
        expect(stepOf(found, "clock").result).toBe(result);
        const text = wordsOf(found, "clock")
          .replace(/\b(?:29|31)\b/, "30")
          .replace(/\b(?:119|121)\b/, "120");
        expect(text.replace(/\b(?:399|401)\b/, "400")).toContain(words);
      }),
    ),
  );
});

describe("versions", () => {
  test("the oldest that are supported are package.json's", () => {
    expect(manifest.engines.node).toBe(`>=${OLDEST.node.replace(/\.0$/, "")}`);
    expect(manifest.peerDependencies["@pulumi/pulumi"]).toBe(`^${OLDEST.sdk}`);
  });

  test.each([
    ["3.216.0", true],
    ["3.215.9", false],
    ["4.0.0", true],
    ["3.270.0-alpha.1", true],
    ["2.999.0", false],
  ])("%s is new enough: %s", (version, enough) => {
    expect(isAtLeast(version, "3.216.0")).toBe(enough);
  });

  test("no Pulumi, and an old one", () =>
    withDoctor(async ({ folder, report }) => {
      fakeTool(folder, "pulumi", 'console.log("v3.100.0");');
      expect(wordsOf(await report(), "versions")).toContain("Pulumi 3.100.0 is older than 3.216.0");
      rmSync(join(folder, "bin", "pulumi"));
      expect(wordsOf(await report(), "versions")).toContain("fail: Pulumi cannot be run: it is not on PATH.");
    }));

  test("the SDK and the package of the program in --cwd, or above it", () =>
    withDoctor(async ({ folder, report }) => {
      const install = (name: string, version: string): void => {
        mkdirSync(join(folder, "node_modules", name), { recursive: true });
        writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify({ version }));
      };
      install("@pulumi/pulumi", "3.100.0");
      install("pulumi-thinkgeo", "9.9.9");
      const inner = join(folder, "program");
      mkdirSync(inner);
      chmodSync(inner, 0o755);
      const words = wordsOf(await report(["--cwd", inner]), "versions");
      expect(words).toContain("fail: @pulumi/pulumi 3.100.0 is older");
      expect(words).toContain("warn: The program uses pulumi-thinkgeo 9.9.9");
    }));
});
