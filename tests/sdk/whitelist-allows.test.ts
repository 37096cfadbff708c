import * as thinkgeo from "../../sdk";

test("users test their whitelists with what they import anyway", () => {
  const whitelist = { type: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] } as const;
  const verdict = (origin: string) => thinkgeo.whitelistAllows(whitelist, { origin }).verdict;
  expect(
    ["https://acme.com", "https://app.acme.com", "https://acne.com", "http://acme.com"].map(verdict),
  ).toEqual(["allowed", "allowed", "refused", "not-documented"]);
});
