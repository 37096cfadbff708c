import { keepSecret } from "../../provider/cloud/secrets";
import { PartialFailure, ProviderError } from "../../provider/errors";

test("tells the engine the id, the outputs and the reasons", () => {
  const outputs = { name: "Map", clientSecret: "canary-partial-secret" };
  const failure = new PartialFailure("id", outputs, ["One.", "Two."]);
  expect(failure).toMatchObject({ id: "id", message: "One. Two.", reasons: ["One.", "Two."], outputs });
  expect(failure).toBeInstanceOf(ProviderError);
});

test("holds no secret but in the outputs, which the engine encrypts", () => {
  keepSecret("canary-partial-secret");
  const failure = new PartialFailure("id", {}, ["It said canary-partial-secret."]);
  expect([failure.message, failure.stack, ...failure.reasons].join()).not.toContain("canary");
  expect(failure.reasons).toEqual(["It said [redacted]."]);
});
