import { keepSecret } from "../../provider/cloud/secrets";
import { PartialFailure } from "../../provider/errors";
import { headingOf, textOf, UserError } from "../../provider/troubleshooting";

const SEE = "See docs/troubleshooting.md#not-stored in the package pulumi-thinkgeo.";

describe("a partial failure", () => {
  test("tells the engine the id, the outputs and the reasons, of which the last leads to the heading", () => {
    const outputs = { name: "Map", clientSecret: "canary-partial-secret" };
    const failure = new PartialFailure("not-stored", "id", outputs, ["One.", "Two."]);
    expect(failure).toMatchObject({ id: "id", message: `One. Two.\n${SEE}`, outputs });
    expect(failure.reasons).toEqual(["One.", `Two.\n${SEE}`]);
    expect(failure.texts).toEqual(["One.", "Two."]);
    expect(failure).toBeInstanceOf(UserError);
  });

  test("holds no secret but in the outputs, which the engine encrypts", () => {
    keepSecret("canary-partial-secret");
    const failure = new PartialFailure("not-stored", "id", {}, ["It said canary-partial-secret."]);
    expect([failure.message, failure.stack, ...failure.reasons].join()).not.toContain("canary");
    expect(failure.texts).toEqual(["It said [redacted]."]);
  });
});

test("an error for users is quoted without its last line; any other is a defect, and is quoted as it is", () => {
  const ours = new UserError("not-stored", "It was not stored.");
  expect([ours.message, textOf(ours), headingOf(ours)]).toEqual([
    `It was not stored.\n${SEE}`,
    "It was not stored.",
    "not-stored",
  ]);
  // Pulumi prints the members of an error that a program does not catch.
  expect(Object.keys(ours)).toEqual([]);
  const other = new Error("x is not a function");
  expect([textOf(other), headingOf(other)]).toEqual(["x is not a function", "ask-for-help"]);
});
