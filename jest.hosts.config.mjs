/** `npm run test:hosts`: every engine suite of both hosts on both; `npm test` runs some of them on one. */
import { readdirSync, readFileSync } from "node:fs";
import all from "./jest.config.json" with { type: "json" };

// Workers inherit it.
process.env["THINKGEO_TEST_BOTH_HOSTS"] = "yes";

const folder = new URL("tests/engine/", import.meta.url);
const suites = readdirSync(folder).filter(
  (file) => file.endsWith(".test.ts") && readFileSync(new URL(file, folder), "utf8").includes("hostsFor("),
);

export default { ...all, testMatch: suites.map((file) => `<rootDir>/tests/engine/${file}`) };
