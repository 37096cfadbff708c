/** `npm run test:hosts`: every engine suite of both hosts on both; `npm test` runs some of them on one. */
import all from "./jest.config.json" with { type: "json" };

// Workers inherit it.
process.env["THINKGEO_TEST_BOTH_HOSTS"] = "yes";

export default {
  ...all,
  testMatch: [
    "drift",
    "ignored",
    "partial-failure",
    "replacement",
    "rotation",
    "same-account",
    "switches",
  ].map((suite) => `<rootDir>/tests/engine/${suite}.test.ts`),
};
