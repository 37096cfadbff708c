import { isKind, quote, ThinkGeoError } from "../../provider/cloud/failure";
import { keepSecret } from "../../provider/cloud/secrets";

const account = {
  doing: "read client x",
  happened: "it broke",
  next: "Run it again.",
  heading: "http-5xx",
} as const;
const SEE = "See docs/troubleshooting.md#http-5xx in the package pulumi-thinkgeo.";

describe("an error", () => {
  test("says what was being done, what happened and what to do next", () => {
    const error = new ThinkGeoError("Unavailable", account);
    expect(error.message).toBe(`Could not read client x: it broke. Run it again.\n${SEE}`);
    expect([error.name, error.kind, error instanceof Error]).toEqual(["ThinkGeoError", "Unavailable", true]);
  });

  test.each(["it broke.", "did it break?", "it broke!", "it said so much…"])(
    "ends a sentence once: %s",
    (happened) => {
      const { message } = new ThinkGeoError("Rejected", { ...account, happened });
      expect(message).toBe(`Could not read client x: ${happened} Run it again.\n${SEE}`);
    },
  );

  test.each([
    ["v1.2 is too old", "v1.2 is too old."],
    ["why? because", "why? because."],
  ])("ends a sentence that only holds such a sign: %s", (happened, ended) => {
    const { message } = new ThinkGeoError("Rejected", { ...account, happened });
    expect(message).toBe(`Could not read client x: ${ended} Run it again.\n${SEE}`);
  });

  test("without advice ends with what happened", () => {
    expect(new ThinkGeoError("Rejected", { ...account, next: "" }).message).toBe(
      `Could not read client x: it broke.\n${SEE}`,
    );
  });

  test("holds no secret in any of its parts, and keeps its cause out of its message", () => {
    keepSecret("canary-error-secret");
    const part = "canary-error-secret";
    const cause = new Error(`cause ${part}`);
    const error = new ThinkGeoError(
      "Rejected",
      { ...account, doing: part, happened: part, next: part },
      { cause },
    );
    expect(error.message).toBe(`Could not [redacted]: [redacted]. [redacted]\n${SEE}`);
    expect(error.stack).not.toContain(part);
    expect(error.cause).toBe(cause);
  });
});

describe("somebody else's words", () => {
  test("are put on one line", () => {
    expect(quote(" a\r\nb\t\tc\u2028d ")).toBe("a b c d");
  });

  test("are shown as they are, with what could change the screen by its number", () => {
    const happened = `it said ${quote("a\u0000\u001b[31m\u009b\u202e\u200b\ud800\nb")}`;
    const error = new ThinkGeoError("Rejected", {
      ...account,
      doing: "read a\nb",
      happened,
      next: "Say \u0007.",
    });
    expect(error.text).toBe(
      "Could not read a\\u000ab: it said a\\u0000\\u001b[31m\\u009b\\u202e\\u200b\\ud800 b. Say \\u0007.",
    );
    expect(error.details).toEqual({
      doing: "read a\\u000ab",
      happened: "it said a\\u0000\\u001b[31m\\u009b\\u202e\\u200b\\ud800 b",
      next: "Say \\u0007.",
      heading: "http-5xx",
    });
  });

  test("are cut between characters", () => {
    expect(quote(`${"x".repeat(199)}\u{1f5fa}`)).toBe(`${"x".repeat(199)}…`);
    expect(quote(`${"x".repeat(198)}\u{1f5fa}y`)).toBe(`${"x".repeat(198)}\u{1f5fa}…`);
  });

  test("cost no time, however many there are", () => {
    const started = performance.now();
    expect(quote("x y\n".repeat(15_000_000))).toHaveLength(201);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("are cut at 200 characters", () => {
    expect(quote("x".repeat(200))).toBe("x".repeat(200));
    expect(quote("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
  });

  test("are cleaned before they are cut, so that no half of a secret is left", () => {
    keepSecret("canary-that-is-cut");
    expect(quote(`${"x".repeat(190)} canary-that-is-cut`)).toBe(`${"x".repeat(190)} [redacted…`);
  });
});

test("an error is told by its kind", () => {
  const error = new ThinkGeoError("NotFound", account);
  expect(isKind(error, "Rejected", "NotFound")).toBe(true);
  expect(isKind(error, "Rejected")).toBe(false);
  expect(isKind(new Error("NotFound"), "NotFound")).toBe(false);
  expect(isKind(undefined, "NotFound")).toBe(false);
});
