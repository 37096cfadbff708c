import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answering, closedPort, proxying } from "../../../cloud/local-servers";
import { withSkewedClock } from "../../skewed-clock";
import { stepOf, withDoctor, wordsOf } from "../run-doctor";

describe("address and TLS", () => {
  test.each([
    [
      "nothing listens",
      async () => `http://127.0.0.1:${await closedPort()}`,
      /nothing listens at that address/,
    ],
    [
      "there is no such host",
      () => Promise.resolve("https://thinkgeo.invalid"),
      /the host name (?:is not known|could not be looked up)/,
    ],
  ])("where %s two requests are made, and everything else on the network is skipped", (_, address, words) =>
    withDoctor(async (world) => {
      world.environment["THINKGEO_API_URL"] = await address();
      const report = await world.report();
      expect(wordsOf(report, "address")).toMatch(words);
      expect(report.requests).toBe(2);
      const skipped = report.steps.filter((step) => step.skipped !== undefined);
      expect(skipped.map(({ name, skipped: why }) => `${name}: ${why ?? ""}`)).toEqual(
        ["token", "identity", "roles", "rights", "clock", "description"].map(
          (name) => `${name}: Skipped: not reached.`,
        ),
      );
    }),
  );

  test("a host that was reached is asked again, and again", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "drop", path: "/swagger/**", at: 1 });
      cloud.fault({ kind: "drop", path: "/identity/**", at: [1, 2] });
      const found = await report();
      expect([found.result, found.requests]).toEqual(["pass", 9]);
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
          key: readFileSync(join(__dirname, "../../../emulator/fixtures/loopback-key.pem")),
          cert: readFileSync(join(__dirname, "../../../emulator/fixtures/loopback-cert.pem")),
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
          expect(wordsOf(report, "address")).toContain("returns a web page: a login page or a proxy");
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
      expect(wordsOf(await report(), "address")).toContain("returned HTTP 503: it is reachable");
      cloud.clearFaults();
      cloud.fault({ kind: "stall-headers", path: "/swagger/**" });
      expect(wordsOf(await report(), "address")).toContain("no response within 1 s");
    }));

  test("the proxy is named, without its credentials", () =>
    proxying(
      (proxy, asked) =>
        withDoctor(async ({ environment, report }) => {
          environment["THINKGEO_API_URL"] = "https://cloud.example";
          environment["HTTPS_PROXY"] = proxy.replace("//", "//user:canary-password@");
          const words = wordsOf(await report(), "address");
          expect(words).toContain("was not reached: the proxy refused the connection (HTTP 403).");
          expect(words).toContain(`Through the proxy ${new URL(proxy).host} (HTTPS_PROXY).`);
          expect(asked[0]).toBe("cloud.example:443");
        }),
      403,
    ));

  test("a proxy that cannot be used, and none for this machine itself", () =>
    withDoctor(async ({ environment, report }) => {
      environment["HTTPS_PROXY"] = "socks5://127.0.0.1:1";
      expect(wordsOf(await report(), "address")).toContain("No proxy is used.");
      environment["THINKGEO_API_URL"] = "https://cloud.example";
      const words = wordsOf(await report(), "address");
      expect(words).toContain("HTTPS_PROXY is not the address of an HTTP proxy");
      expect(words).toContain("Through the proxy that cannot be used (HTTPS_PROXY).");
    }));

  test("tokens from another address are said to be", () =>
    withDoctor(async ({ cloud, environment, report }) => {
      environment["THINKGEO_TOKEN_URL"] =
        `${cloud.url.replace("127.0.0.1", "localhost")}/identity/connect/token`;
      expect(wordsOf(await report(), "address")).toContain("Tokens come from another address");
    }));
});

describe("clock", () => {
  test.each([
    [30, "pass", "30 s behind the server's, which does no harm"],
    [120, "warn", "120 s behind the server's."],
    [-120, "warn", "120 s ahead of the server's."],
    [400, "fail", "400 s behind the server's."],
    [undefined, "pass", "does not say what time it is"],
  ])("a server that is %p s ahead: %s", (seconds, result, words) =>
    withDoctor(({ cloud, environment, report }) =>
      withSkewedClock(cloud.url, seconds, async (url) => {
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
