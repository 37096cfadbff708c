import { readClaims } from "../../../cli/doctor/steps/token";

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
