import { withSecrets } from "../../provider/hosts/secret-values";
import { runtime } from "@pulumi/pulumi";

test("secrets are marked as the engine knows them, and nothing else is", () => {
  const mark = { [runtime.specialSigKey]: runtime.specialSecretSig };
  const outputs = {
    name: "Tiles",
    clientId: "key",
    clientSecret: "s",
    previousClientSecret: "p",
    current: { id: "1" },
  };
  expect(withSecrets(outputs)).toEqual({
    ...outputs,
    clientSecret: { ...mark, value: "s" },
    previousClientSecret: { ...mark, value: "p" },
  });
  expect(withSecrets({ clientSecret: undefined })).toEqual({ clientSecret: undefined });
});

test("the names of a rotation's clients are secret if the declared one is", () => {
  const mark = { [runtime.specialSigKey]: runtime.specialSecretSig };
  const outputs = { name: "n", current: { id: "2", name: "n (2)" }, previous: { id: "1", name: "n" } };
  expect(withSecrets({ ...outputs, secretInputs: ["allowedIpAddresses"] })).toMatchObject(outputs);
  expect(withSecrets({ ...outputs, secretInputs: ["name"] })).toMatchObject({
    current: { id: "2", name: { ...mark, value: "n (2)" } },
    previous: { id: "1", name: { ...mark, value: "n" } },
  });
});
