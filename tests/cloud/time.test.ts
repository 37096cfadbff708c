import { Budget, realTime } from "../../provider/cloud/time";
import { FakeTime } from "./fake-time";

test("a budget is spent by what runs in it, not by what lies between", async () => {
  const time = new FakeTime();
  const budget = new Budget(1_000, time);
  await budget.spend(() => time.sleep(300));
  await time.sleep(5_000);
  expect([budget.total, budget.left]).toEqual([1_000, 700]);
  const failed = budget.spend(async () => {
    await time.sleep(200);
    throw new Error("lost");
  });
  await expect(failed).rejects.toThrow("lost");
  expect(budget.left).toBe(500);
});

test("a budget never owes anything", async () => {
  const time = new FakeTime();
  const budget = new Budget(100, time);
  await budget.spend(() => time.sleep(1_000));
  expect(budget.left).toBe(0);
});

test("real time goes forward, and chance lies between 0 and 1", async () => {
  const before = realTime.monotonic();
  // A timer may be a millisecond early.
  await realTime.sleep(30);
  expect(realTime.monotonic() - before).toBeGreaterThanOrEqual(28);
  expect(Math.abs(realTime.wall() - Date.now())).toBeLessThan(60_000);
  expect(realTime.random()).toBeGreaterThanOrEqual(0);
  expect(realTime.random()).toBeLessThan(1);
});
