import * as pulumi from "@pulumi/pulumi";
import { Client } from "../../sdk/client";
import { RotatingClient } from "../../sdk/rotating-client";

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
    call: () => ({}),
  });
});

const classes = { Client, RotatingClient };

describe.each(["Client", "RotatingClient"] as const)("%s", (name) => {
  const Made = classes[name];

  test("leaves the length of stacks as it was", () => {
    const before = Error.stackTraceLimit;
    new Made("web", { type: "JavaScript", allowedOrigins: ["acme.com"] });
    expect(Error.stackTraceLimit).toBe(before);
    expect(() => new Made("", { type: "JavaScript" })).toThrow(/name/);
    expect(Error.stackTraceLimit).toBe(before);
  });

  test("an error in the program still names its line", () => {
    const theProgram = (): unknown => new Made("", { type: "JavaScript" });
    try {
      theProgram();
      throw new Error("no error");
    } catch (error) {
      const frames = (error as Error).stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
      expect(frames.length).toBeGreaterThan(2);
      expect(frames.join("\n")).toContain("theProgram");
      expect(frames.join("\n")).toContain("short-stacks.test.ts");
    }
  });
});
