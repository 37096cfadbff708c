import { Slots } from "../../provider/cloud/exchange";

/** Work that ends when the test says so. */
function held(): { readonly done: Promise<string>; readonly end: () => void; readonly fail: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    done: promise,
    end: () => {
      resolve("done");
    },
    fail: () => {
      reject(new Error("failed"));
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("so many run at once, and the others follow in the order in which they came", async () => {
  const slots = new Slots(2);
  const work = [held(), held(), held(), held()];
  const started: number[] = [];
  const runs = work.map(({ done }, index) =>
    slots.run(() => {
      started.push(index);
      return done;
    }),
  );
  await settled();
  expect(started).toEqual([0, 1]);
  work[1]?.end();
  await settled();
  expect(started).toEqual([0, 1, 2]);
  work[0]?.end();
  work[2]?.end();
  work[3]?.end();
  expect(await Promise.all(runs)).toEqual(["done", "done", "done", "done"]);
  expect(started).toEqual([0, 1, 2, 3]);
});

test("a failure frees its slot, and fails only itself", async () => {
  const slots = new Slots(1);
  const [first, second] = [held(), held()];
  const failing = slots.run(() => first.done);
  const waiting = slots.run(() => second.done);
  first.fail();
  await expect(failing).rejects.toThrow("failed");
  second.end();
  expect(await waiting).toBe("done");
  await expect(slots.run(() => Promise.reject(new Error("at once")))).rejects.toThrow("at once");
  expect(await slots.run(() => Promise.resolve("free again"))).toBe("free again");
});

test("never more than its size, however many come and go", async () => {
  const slots = new Slots(3);
  let running = 0;
  let most = 0;
  const one = (): Promise<void> =>
    slots.run(async () => {
      running++;
      most = Math.max(most, running);
      await settled();
      running--;
    });
  await Promise.all(Array.from({ length: 20 }, one));
  await Promise.all(Array.from({ length: 20 }, one));
  expect([most, running]).toEqual([3, 0]);
});
