import fc from "fast-check";
import { anyText } from "./any-text";
import { CLIENTS, withCloud, type CloudWorld } from "./cloud-world";

const RESOURCE = { clientType: "NativeConfidential", sharedMode: "IpAddress", isActive: true };

describe("a name reaches the server as it is", () => {
  const made = async ({ cloud, budget, emulator }: CloudWorld, name: string): Promise<void> => {
    const { id } = await cloud.createClient({ ...RESOURCE, name }, "key", budget());
    expect(emulator.requests({ method: "POST", path: CLIENTS }).at(-1)?.body).toEqual({ ...RESOURCE, name });
    const renamed = await cloud.updateClient(id, { ...RESOURCE, name: `${name}!` }, undefined, budget());
    expect(renamed.name).toBe(`${name}!`);
  };

  test.each([
    ["line breaks", "a\r\nx-injected: 1\r\n\r\nb"],
    ["NUL", "a\u0000b"],
    ["emoji", "🗺️👩‍👩‍👧"],
    ["right to left", "\u202eمفتاح\u202c"],
    ["quotes", `"\\'</script>`],
    ["a megabyte", "x".repeat(1_000_000)],
  ])("%s", (_, name) => withCloud((world) => made(world, name)));

  test("any other", () =>
    withCloud(async (world) => {
      const names = anyText().filter((name) => name.trim() !== "");
      await fc.assert(fc.asyncProperty(names, (name) => made(world, name)));
    }));
});
