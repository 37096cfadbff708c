import { parseStack, unwrapSecrets } from "../../cli/stacks/state";
import { startEmulator } from "../../emulator";
import { NATIVE_CLIENT_TYPE_TOKEN, NATIVE_ROTATING_CLIENT_TYPE_TOKEN } from "../../provider/shell";
import { exportOf, plain, resourceOf, rotationOf, sealed } from "./drift/stack-export";

test("plain values, secrets in plain and encrypted ones, wherever they are", () => {
  const { values, secret, encrypted } = unwrapSecrets({
    name: "Web",
    active: false,
    list: ["a", plain("b")],
    map: { deep: [{ value: sealed }] },
    whole: plain(["a", 1]),
    broken: { ...plain("x"), plaintext: "{" },
    __provider: "text",
  });
  expect(values).toEqual({
    name: "Web",
    active: false,
    list: ["a", "b"],
    map: { deep: [{ value: undefined }] },
    whole: ["a", 1],
    broken: undefined,
  });
  expect([...secret]).toEqual(["list", "map", "whole", "broken"]);
  expect([...encrypted]).toEqual(["map", "broken"]);
});

test("a map that only looks like a secret is a map", () => {
  const map = { "4dabf18193072939515e22adb298388d": "something else", plaintext: '"x"' };
  expect(unwrapSecrets({ map })).toEqual({ values: { map }, secret: new Set(), encrypted: new Set() });
});

test("resources of the native provider count as those of the dynamic one do", async () => {
  const emulator = await startEmulator();
  const [account] = emulator.accounts;
  const [one, two, three, four] = ["1", "2", "3", "4"].map((name) => account.addClient({ name }));
  await emulator.close();
  if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error();
  const resources = [resourceOf(one), { ...resourceOf(two), delete: true }, rotationOf(three, four)] as const;
  const [client, leaving, rotation] = resources;
  const nativeOf = (resource: object, type: string, inputs: object): object => ({
    ...resource,
    type,
    inputs,
  });
  const { __provider, ...inputs } = client.inputs;
  expect(__provider).toBe("text");
  const { autoName, ...rotating } = (rotation as { inputs: Record<string, unknown> }).inputs;
  const native = exportOf(
    nativeOf(client, NATIVE_CLIENT_TYPE_TOKEN, inputs),
    nativeOf(leaving, NATIVE_CLIENT_TYPE_TOKEN, inputs),
    nativeOf(rotation, NATIVE_ROTATING_CLIENT_TYPE_TOKEN, { ...rotating, __autoName: autoName }),
    nativeOf(client, "thinkgeo:index:Other", inputs),
    { ...nativeOf(client, NATIVE_CLIENT_TYPE_TOKEN, inputs), external: true },
  );
  const found = parseStack("dev", native);
  expect(found.clients.map(({ id }) => id)).toEqual([one.id, three.id, four.id]);
  expect(found.pendingDelete).toEqual([two.id]);
  expect(found).toEqual({ ...parseStack("dev", exportOf(...resources)), clients: found.clients });
});
