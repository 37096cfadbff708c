import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answering, closedPort } from "../../../cloud/local-servers";
import { stepOf, withDoctor, wordsOf } from "../run-doctor";

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
