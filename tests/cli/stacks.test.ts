import { unwrapSecrets } from "../../cli/stacks/state";
import { plain, sealed } from "./drift/stack-export";

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
