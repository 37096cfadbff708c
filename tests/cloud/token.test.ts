import { Budget } from "../../provider/cloud/time";
import { TokenSource, type GrantedToken } from "../../provider/cloud/token";
import { FakeTime } from "./fake-time";

/** A token source whose server answers token-1, token-2 and so on. */
function source(expiresInSeconds: number): {
  readonly time: FakeTime;
  readonly tokens: TokenSource;
  readonly get: () => Promise<string>;
  readonly asked: () => number;
} {
  const time = new FakeTime();
  let asked = 0;
  const fetch = (): Promise<GrantedToken> => Promise.resolve({ token: `token-${++asked}`, expiresInSeconds });
  const tokens = new TokenSource(fetch, time);
  return { time, tokens, get: () => tokens.get(new Budget(1_000, time)), asked: () => asked };
}

test("is fetched when it is first needed, and then kept", async () => {
  const { get, asked } = source(3600);
  expect(asked()).toBe(0);
  expect([await get(), await get(), asked()]).toEqual(["token-1", "token-1", 1]);
});

test("is fetched once for all who wait for it", async () => {
  const { get, asked } = source(3600);
  const all = await Promise.all(Array.from({ length: 50 }, get));
  expect(new Set(all)).toEqual(new Set(["token-1"]));
  expect(asked()).toBe(1);
});

describe("is renewed after four fifths of its life", () => {
  test.each([
    ["an hour", 3600, 2_880],
    ["a second", 1, 0.8],
    ["a day at most", 86_400 * 365, 69_120],
    ["a minute where the server says nothing of use: 0", 0, 48],
    ["a minute where the server says nothing of use: negative", -5, 48],
    ["a minute where the server says nothing of use: not a number", NaN, 48],
  ])("%s", async (_, expiresIn, usableSeconds) => {
    const { time, get } = source(expiresIn);
    expect(await get()).toBe("token-1");
    time.now = usableSeconds * 1000 - 1;
    expect(await get()).toBe("token-1");
    time.now = usableSeconds * 1000;
    expect(await get()).toBe("token-2");
  });
});

describe("a refused token", () => {
  test("is forgotten once, for all who were refused with it", async () => {
    const { tokens, get, asked } = source(3600);
    const used = await get();
    for (let caller = 0; caller < 50; caller++) tokens.invalidate(used);
    const renewed = await Promise.all(Array.from({ length: 50 }, get));
    expect(new Set(renewed)).toEqual(new Set(["token-2"]));
    // Those who come late with the old one do not throw the new one away.
    tokens.invalidate(used);
    expect([await get(), asked()]).toEqual(["token-2", 2]);
  });
});

test("is good while it is the one to use: not replaced, not forgotten, not near its end", async () => {
  const { time, tokens, get } = source(100);
  expect(tokens.isGood("token-1")).toBe(false);
  await get();
  expect([tokens.isGood("token-1"), tokens.isGood("token-0")]).toEqual([true, false]);
  time.now = 79_999;
  expect(tokens.isGood("token-1")).toBe(true);
  time.now = 80_000;
  expect(tokens.isGood("token-1")).toBe(false);
  await get();
  expect([tokens.isGood("token-1"), tokens.isGood("token-2")]).toEqual([false, true]);
  tokens.invalidate("token-2");
  expect(tokens.isGood("token-2")).toBe(false);
});

test("a failure is told to all who wait, and not kept", async () => {
  const time = new FakeTime();
  let asked = 0;
  const tokens = new TokenSource(() => {
    asked++;
    return asked === 1
      ? Promise.reject(new Error("no"))
      : Promise.resolve({ token: "later", expiresInSeconds: 60 });
  }, time);
  const budget = new Budget(1_000, time);
  const both = await Promise.allSettled([tokens.get(budget), tokens.get(budget)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect([await tokens.get(budget), asked]).toEqual(["later", 2]);
});
