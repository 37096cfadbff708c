import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator/index";
import { Api, tokenOf } from "./support";

let emulator: Emulator;
let account: EmulatorAccount;
beforeEach(async () => {
  emulator = await startEmulator();
  account = emulator.accounts[0];
});
afterEach(() => emulator.close());

test("what an account really holds cannot be changed through a copy", () => {
  const [first] = account.clients();
  first?.allowedOrigins.push("evil.net");
  expect(account.clients()[0]?.allowedOrigins).toEqual([]);
  expect(() => account.editClient("nobody", {})).toThrow('The account Account 1 has no client "nobody".');
});

test("the environment is what a program needs", () => {
  expect(account.environment).toEqual({
    THINKGEO_API_URL: emulator.url,
    THINKGEO_CLIENT_ID: account.clientId,
    THINKGEO_CLIENT_SECRET: account.clientSecret,
  });
});

test("credentials can be chosen, so that a test can look for them everywhere", async () => {
  const operator = { clientId: "canary-id", clientSecret: "canary-secret" };
  const other = await startEmulator({ operator, accounts: 2 });
  expect(other.accounts[0]).toMatchObject(operator);
  expect(other.accounts[1]?.clientId).not.toBe("canary-id");
  expect(await (await Api.for(other)).list()).toHaveLength(3);
  await other.close();
});

test("a token of one emulator opens no other", async () => {
  const other = await startEmulator();
  const stranger = Api.withToken(other, await tokenOf(emulator));
  expect((await stranger.call("GET", "/api/v1/clients")).status).toBe(401);
  await other.close();
});

test("starts in far less than a second, and 50 at once", async () => {
  const started = performance.now();
  const many = await Promise.all(Array.from({ length: 50 }, () => startEmulator()));
  expect(performance.now() - started).toBeLessThan(1000);
  await Promise.all(many.map((one) => one.close()));
});
