import { explain, reportIn } from "./run-explain";

const JS = ["--type", "JavaScript"];
const NATIVE = ["--type", "NativeConfidential"];

describe("a client that is described", () => {
  test.each([
    [[...JS, "--allow", "*.acme.com", "--origin", "https://app.acme.com"], 0, "allowed"],
    [
      [...JS, "--allow", "acme.com", "--allow", "*.acme.com", "--origin", "https://acme.com/map"],
      0,
      "allowed",
    ],
    [[...JS, "--allow", "*.acme.com", "--origin", "https://acme.com"], 1, "not-documented"],
    [[...JS, "--allow", "acme.com", "--referer", "https://acme.com/map"], 1, "not-documented"],
    [[...JS, "--allow", "acme.com", "--origin", "https://acne.com"], 1, "refused"],
    [[...JS, "--allow", "acme.com", "--inactive", "--origin", "https://acme.com"], 1, "refused"],
    [[...JS, "--origin", "https://anywhere.example"], 0, "allowed"],
    [
      [...JS, "--allow", "203.0.113.*", "--address", "203.0.113.9", "--origin", "https://a.com"],
      0,
      "allowed",
    ],
    [[...JS, "--allow", "203.0.113.*", "--origin", "https://a.com"], 1, "refused"],
    [[...NATIVE, "--allow", "203.0.113.0/24", "--address", "203.0.113.9"], 0, "allowed"],
    [[...NATIVE, "--allow", "203.0.113.0/24", "--address", "203.0.114.9"], 1, "refused"],
    [[...NATIVE, "--allow", "acme.com", "--address", "203.0.114.9"], 1, "refused"],
    [[...NATIVE, "--allow", "203.0.113.0/24", "--address", "2001:db8::1"], 1, "not-documented"],
  ])("%j ends with %i: %s", async (args, code, verdict) => {
    const ended = await explain([...args, "--json"]);
    expect([ended.code, reportIn(ended).verdict]).toEqual([code, verdict]);
  });

  test("the answer for a person", async () => {
    const { out } = await explain([
      ...JS,
      "--allow",
      "*.acme.com",
      "--allow",
      "acne.com",
      "--origin",
      "https://acme.com",
    ]);
    expect(out).toBe(
      [
        "Not documented: a JavaScript client, from https://acme.com.",
        'Whether "*.acme.com" in allowedOrigins allows https://acme.com is not documented, so count on a refusal.',
        '  *.acme.com  Whether it allows acme.com itself, the apex of the wildcard, is not documented: list "acme.com", too.',
        "  acne.com    acme.com only looks like it, and is another host.",
        "",
      ].join("\n"),
    );
  });

  test("the answer for a program", async () => {
    const ended = await explain([...NATIVE, "--allow", "203.0.113.9", "--address", "203.0.113.8", "--json"]);
    expect(reportIn(ended)).toEqual({
      version: 1,
      client: {
        from: "options",
        id: null,
        name: null,
        stack: null,
        resource: null,
        type: "NativeConfidential",
        active: true,
        allowedOrigins: [],
        allowedIpAddresses: ["203.0.113.9"],
        inForce: null,
      },
      caller: { origin: null, referer: null, address: "203.0.113.8" },
      verdict: "refused",
      entry: null,
      reason: "The one entry of allowedIpAddresses does not allow 203.0.113.8.",
      nearMisses: [
        {
          entry: "203.0.113.9",
          kind: "one-part-off",
          why: "The fourth part of 203.0.113.8 is 8, and it wants 9.",
        },
      ],
    });
  });

  test("of many near misses a person is shown ten, and told of the others", async () => {
    const allow = Array.from({ length: 14 }, (_, index) => ["--allow", `h${index}.acme.com`]).flat();
    const { out } = await explain([...JS, ...allow, "--origin", "https://app.acme.com"]);
    expect(out.split("\n").filter((line) => line.startsWith("  h"))).toHaveLength(10);
    expect(out).toContain("and 4 more: --json has them");
  });

  test("entries that would change the screen are shown by their numbers", async () => {
    const args = [...JS, "--allow", "\u001b[2Jacme.com", "--origin", "https://acme.com"];
    for (const { out } of [await explain(args), await explain([...args, "--json"])]) {
      expect(out).not.toContain("\u001b");
      expect(out).toContain("\\u001b[2Jacme.com");
    }
  });
});

describe("a command line that cannot be understood ends with 2 and a sentence", () => {
  const from = ["--origin", "https://acme.com"];
  test.each([
    [[], "say which client"],
    [from, "say which client"],
    [JS, "say where the request comes from"],
    [["--type", "Javascript", ...from], "--type: takes JavaScript or NativeConfidential."],
    [[...JS, ...from, "--client", "web"], "use one of the two"],
    [[...JS, ...from, "--resource", "web"], "use one of the two"],
    [["--client", "web", "--allow", "acme.com", ...from], "go with --type"],
    [["--client", "web", "--inactive", ...from], "go with --type"],
    [["--client", "web", "--file", "a.json", ...from], "use one of the two"],
    [["--stack", "dev", "--file", "a.json", ...from], "use one of the two"],
    [[...JS, ...from, "--referer", "https://acme.com"], "use one of the two"],
    [[...JS, ...from, "acme.com"], "explain takes options only"],
    [
      [...JS, ...from, "--allow", "a.com", "--allow", "203.0.113.9"],
      "A client has origins or IP addresses, not both",
    ],
    [
      [...JS, "--origin", "two words"],
      '"two words" is no origin: one such as https://app.acme.com is wanted.',
    ],
    [[...JS, "--address", "acme.com"], '"acme.com" is no address: one such as 203.0.113.9 is wanted.'],
  ])("%j", async (args, sentence) => {
    const { code, out, err } = await explain(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
    expect(err).toMatch(/^thinkgeo explain: .*\.\n(?:See docs.*\n)?$/);
  });
});

test("--help has every option and an example that works", async () => {
  const { code, out } = await explain(["--help"]);
  expect(code).toBe(0);
  for (const option of ["--type", "--allow", "--client", "--resource", "--referer", "--json"])
    expect(out).toContain(option);
  const [example = ""] = out
    .split("\n")
    .filter((line) => line.includes("thinkgeo explain --type JavaScript"));
  const args = example.trim().replaceAll("'", "").split(" ").slice(2);
  expect((await explain(args)).code).toBe(0);
});
