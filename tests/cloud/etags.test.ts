import { CLIENTS, failing, withCloud } from "./cloud-world";

const RESOURCE = { name: "Map", clientType: "NativeConfidential", sharedMode: "IpAddress", isActive: true };

describe("versions (ETag)", () => {
  test("the version that was read is sent with the update, and a stale one is told apart", () =>
    withCloud(
      async ({ cloud, budget, account }) => {
        const { id } = account.addClient({ name: "Map" });
        const read = await cloud.getClient(id, budget());
        expect(read.etag).toMatch(/^".+"$/);
        account.editClient(id, { isActive: false });
        const stale = cloud.updateClient(id, RESOURCE, read.etag, budget());
        expect((await failing("Outdated", stale)).message).toContain(
          "Another program or person is changing the same client",
        );
        const { etag } = await cloud.getClient(id, budget());
        expect((await cloud.updateClient(id, RESOURCE, etag, budget())).etag).not.toBe(etag);
      },
      { switches: { etag: "strong" } },
    ));

  test("without versions, none is sent", () =>
    withCloud(async ({ cloud, budget, account, emulator }) => {
      const { id } = account.addClient({ name: "Map" });
      const { etag } = await cloud.getClient(id, budget());
      await cloud.updateClient(id, RESOURCE, etag, budget());
      expect(etag).toBeUndefined();
      expect(emulator.requests({ method: "POST", path: `${CLIENTS}/*` })[0]?.headers).not.toHaveProperty(
        "if-match",
      );
    }));
});
