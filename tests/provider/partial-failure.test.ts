import { keepSecret } from "../../provider/cloud/redact";
import { PartialFailure } from "../../provider/partial-failure";
import { SHELL } from "../../provider/shell";

test("tells the engine the id, the outputs with the provider's text, and the reasons", () => {
  const outputs = { name: "Map", clientSecret: "canary-partial-secret" };
  const failure = new PartialFailure("id", outputs, { name: "x", __provider: SHELL }, ["One.", "Two."]);
  expect(failure).toMatchObject({
    id: "id",
    message: "One. Two.",
    reasons: ["One.", "Two."],
    properties: { ...outputs, __provider: SHELL },
  });
  expect(failure).toBeInstanceOf(Error);
});

test("holds nothing undefined, which the engine refuses", () => {
  const outputs = { name: "Map", clientId: undefined };
  expect(new PartialFailure("id", outputs, {}, ["One."]).properties).toStrictEqual({ name: "Map" });
});

test("holds no secret but in the outputs, which the engine encrypts", () => {
  keepSecret("canary-partial-secret");
  const failure = new PartialFailure("id", {}, {}, ["It said canary-partial-secret."]);
  expect([failure.message, failure.stack, ...failure.reasons].join()).not.toContain("canary");
  expect(failure.reasons).toEqual(["It said [redacted]."]);
});
