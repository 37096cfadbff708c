import { setTimeout as sleep } from "node:timers/promises";
import { CloudClient } from "../../provider/cloud/api";
import { noLog, Slots } from "../../provider/cloud/exchange";
import { Transport } from "../../provider/cloud/transport";
import { readConfiguration } from "../../provider/configuration";
import { CLIENTS, failing, withCloud } from "./cloud-world";

const NEW = { name: "Map", clientType: "NativeConfidential", sharedMode: "IpAddress", isActive: true };

describe("the token", () => {
  test("is renewed once for fifty readers who are refused with it together", () =>
    withCloud(async ({ cloud, budget, emulator, account, tokenCalls }) => {
      const { id } = account.addClient({ name: "Map" });
      await cloud.listClients(budget());
      expect(emulator.revokeTokens()).toBe(1);
      const reads = Array.from({ length: 50 }, () => cloud.getClient(id, budget()));
      expect((await Promise.all(reads)).every(({ name }) => name === "Map")).toBe(true);
      expect(tokenCalls()).toBe(2);
    }));

  test("is renewed once a request: a second refusal is an answer", () =>
    withCloud(async ({ cloud, budget, emulator, calls, tokenCalls, time }) => {
      emulator.fault({ kind: "status", status: 401, path: CLIENTS, message: "No." });
      const { message } = await failing("Unauthorized", cloud.listClients(budget()));
      expect(message).toContain(
        "HTTP 401 (after 2 attempts): No. Check that the client in thinkgeo:clientId",
      );
      expect([calls().length, tokenCalls(), time.waits]).toEqual([2, 2, []]);
    }));

  test.each(["read", "create", "update", "delete"])(
    "a %s that was refused for its token is repeated",
    (what) =>
      withCloud(async ({ cloud, budget, emulator, account }) => {
        const { id } = account.addClient({ name: "Other" });
        await cloud.listClients(budget());
        emulator.revokeTokens();
        if (what === "read") await cloud.getClient(id, budget());
        if (what === "create") await cloud.createClient(NEW, "key", budget());
        if (what === "update") await cloud.updateClient(id, NEW, undefined, budget());
        if (what === "delete") await cloud.deleteClients([id], budget());
        const expected = { read: 4, create: 5, update: 4, delete: 3 }[what];
        expect(account.clients()).toHaveLength(expected ?? 0);
      }),
  );

  test.each(["1", "8"])(
    "that dies while a hundred creates wait for their turn costs one token a life, and no failure: %s at once",
    (most) =>
      withCloud(
        async ({ connect, budget, account, tokenCalls, calls, emulator, time }) => {
          // One clock for both sides, on which every request takes 20 ms: a token is renewed after 800 of its 1000.
          const clock = jest.spyOn(Date, "now").mockImplementation(time.wall);
          emulator.onRequest(async ({ moment }) => {
            if (moment === "after") return;
            time.now += 20;
            await sleep(5);
          });
          const cloud = connect({ THINKGEO_MAX_CONCURRENCY: most });
          const creates = Array.from({ length: 100 }, (_, index) =>
            cloud.createClient({ ...NEW, name: `Map ${index}` }, `key-${index}`, budget()),
          );
          await Promise.all(creates).finally(() => {
            clock.mockRestore();
          });
          expect(calls()).toEqual(Array(100).fill(`POST ${CLIENTS} 200`));
          expect(account.clients()).toHaveLength(103);
          const lifetimes = Math.ceil(time.now / 1_000);
          expect(tokenCalls()).toBeGreaterThanOrEqual(lifetimes);
          expect(tokenCalls()).toBeLessThanOrEqual(lifetimes + 1);
          expect(emulator.maxInFlight).toBe(Number(most));
        },
        { switches: { tokenLifetime: 1 } },
      ),
  );

  test("that outlives no queue at all is sent in the end: the server has the last word", () =>
    withCloud(async ({ budget, account, time, emulator, tokenCalls }) => {
      class SlowSlots extends Slots {
        override run<T>(work: () => Promise<T>): Promise<T> {
          time.now += 1_000;
          return super.run(work);
        }
      }
      const configuration = readConfiguration(() => undefined, account.environment);
      const transport = new Transport();
      const abandoned = (): Promise<undefined> => Promise.resolve(undefined);
      const means = { transport, slots: new SlowSlots(1), time, log: noLog, abandoned };
      emulator.setSwitches({ expiresIn: 1 });
      expect((await new CloudClient(configuration, means).listClients(budget())).clients).toHaveLength(3);
      expect(tokenCalls()).toBe(10);
      transport.close();
    }));

  test.each([0, -1, 1e15, "3600", "soon", null])("may say that it expires in %j seconds", (expiresIn) =>
    withCloud(
      async ({ cloud, budget, tokenCalls }) => {
        await cloud.listClients(budget());
        await cloud.listClients(budget());
        expect(tokenCalls()).toBe(1);
      },
      { switches: { expiresIn } },
    ),
  );
});
