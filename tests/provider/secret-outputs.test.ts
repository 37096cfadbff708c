import { withSecrets } from "../../provider/secret-outputs";
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
