/** `npm run test:fast`: the suites that need no engine and no browser, and take no compiler and no many processes. */
import all from "./jest.config.json" with { type: "json" };

const ENGINE = [
  "/tests/engine/",
  "/tests/native/",
  "/tests/cli/.*/engine\\.test\\.ts",
  "/tests/docs/(?:doctor|interrupted-run|rotate-and-revoke)\\.test\\.ts",
  "/tests/examples/start\\.test\\.ts",
  "/tests/setup/",
  "/tests/bench/",
];
const BROWSER = ["/tests/emulator/console.*\\.test\\.ts", "/tests/cli/drift/html\\.test\\.ts"];
const COMPILER = [
  "/tests/cli/export/(?:again|export|identifiers)\\.test\\.ts",
  "/tests/published-types\\.test\\.ts",
  "/tests/regular-expressions\\.test\\.ts",
  "/tests/sdk/args\\.test\\.ts",
];
const LONG = all.testPathIgnorePatterns;
const RANDOM = ["/tests/histories/histories\\.test\\.ts", "/tests/rotation/interruptions\\.test\\.ts"];
const PROCESSES = [
  "/tests/cli/ends\\.test\\.ts",
  "/tests/hosts/dynamic\\.test\\.ts",
  "/tests/examples/token-server/process\\.test\\.ts",
  "/tests/release/",
];

export default {
  ...all,
  testPathIgnorePatterns: [...ENGINE, ...BROWSER, ...COMPILER, ...RANDOM, ...PROCESSES, ...LONG],
};
