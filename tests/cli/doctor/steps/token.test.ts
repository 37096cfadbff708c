import { readClaims } from "../../../../cli/doctor/steps/token";
import { resultsOf, withDoctor, wordsOf } from "../run-doctor";

describe("token", () => {
  test.each([
    ["a wrong secret", { THINKGEO_CLIENT_SECRET: "wrong" }, 'returned "invalid_client": it does not know'],
    ["a wrong id", { THINKGEO_CLIENT_ID: "wrong" }, 'returned "invalid_client": it does not know'],
  ])("%s", (_, wrong, words) =>
    withDoctor(async (world) => {
      Object.assign(world.environment, wrong);
      expect(wordsOf(await world.report(), "token")).toContain(words);
      expect(await resultsOf(world)).toMatchObject({ token: "fail", identity: "skipped", clock: "pass" });
    }),
  );

  test("a token endpoint that checks IP addresses: the whitelist is named as a possible reason", () =>
    withDoctor(
      async ({ account, report }) => {
        account.editClient(account.operatorId, {
          sharedMode: "IpAddress",
          allowedIpAddresses: ["192.0.2.1"],
        });
        const words = wordsOf(await report(), "token");
        expect(words).toContain('returned "invalid_client"');
        expect(words).toContain("or its whitelist does not hold this machine's address.");
        expect(words).toContain(
          "must have this machine's IP address: the token endpoint may check it as well.",
        );
      },
      { switches: { tokenAddressCheck: true } },
    ));

  test("the key of a JavaScript client", () =>
    withDoctor(async ({ account, environment, report }) => {
      environment["THINKGEO_CLIENT_ID"] = account.client("Sample Browser Client")?.apiKey ?? "";
      const words = wordsOf(await report(), "token");
      expect(words).toContain('returned "unauthorized_client": it knows the client');
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

const tokenOf = (claims: unknown): string =>
  `header.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

test("the claims that name client and account", () => {
  const name = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
  expect(
    readClaims(
      tokenOf({ clientId: "guid", clientName: "Web", [name]: "Acme", [`${name}identifier`]: "acc" }),
    ),
  ).toEqual({ clientGuid: "guid", clientName: "Web", accountId: "acc", accountName: "Acme" });
});

test("claims that are missing or odd are none", () => {
  expect(readClaims(tokenOf({ clientId: 7, clientName: "" }))).toEqual({
    clientGuid: undefined,
    clientName: undefined,
    accountId: undefined,
    accountName: undefined,
  });
});

test.each(["opaque", "a.b", "a.%%%.c", `a.${Buffer.from("[]").toString("base64url")}.c`, ""])(
  "%j is no such token",
  (token) => {
    expect(readClaims(token)).toBeUndefined();
  },
);
