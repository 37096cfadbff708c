import { parseXml } from "./xml-wellformed";
import { ALL_KINDS, driftReport, type Report } from "../../../cli/drift/report";
import { FORMATS, render } from "../../../cli/drift/output";
import { HOSTILE, hostileReport } from "./hostile-report";

const report = hostileReport();
const empty: Report = {
  ...report,
  inSync: true,
  findings: [],
  notes: [],
  summary: { ...report.summary, findings: 0, failing: 0 },
};

test("the report has every kind of finding", () => {
  expect(new Set(report.findings.map(({ kind }) => kind))).toEqual(new Set(ALL_KINDS));
  expect(driftReport.parse(JSON.parse(JSON.stringify(report)))).toBeTruthy();
});

describe.each(FORMATS)("%s", (format) => {
  const text = render(report, format);

  test("lets no control character, no mark that turns text around and no half character through", () => {
    expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    expect(text.isWellFormed()).toBe(true);
  });

  test("commands no pipeline's runner", () => {
    for (const line of text.split("\n")) {
      expect(line).not.toMatch(/##\w*\[/);
      expect(line.trimStart()).not.toMatch(/^::.*::/);
    }
  });

  test("shows no secret", () => {
    expect(text).not.toContain("secret-of-");
  });

  test("is the same for the same findings, and ends with a line end", () => {
    expect(render(hostileReport(), format)).toBe(text);
    expect(text.endsWith("\n")).toBe(true);
    expect(render(empty, format)).toMatch(/in sync|"inSync": true|"results": \[\]/i);
  });
});

describe("table", () => {
  test("one line a finding, fifty of a kind at most", () => {
    const [finding] = report.findings;
    if (finding === undefined) throw new Error("nothing found");
    const many = { ...report, findings: Array.from({ length: 80 }, () => ({ ...finding, details: [] })) };
    const lines = render(many, "table").split("\n");
    expect(lines.filter((line) => line.startsWith("changed"))).toHaveLength(51);
    expect(lines[50]).toContain("and 30 more");
  });
});

describe("markdown", () => {
  const text = render(report, "markdown");

  test("keeps other people's words in code spans, in one cell each", () => {
    const rows = text.split("\n").filter((line) => /^\| [*a-z]/.test(line) && !line.startsWith("| kind"));
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      expect(row.replaceAll("\\|", "").split("|")).toHaveLength(6);
      const outside = withoutCode(row).replaceAll("<br>", "");
      expect(outside).not.toMatch(/[<>@#[\]]|alert|javascript/);
    }
  });

  test("fits into one comment", () => {
    const many = Array.from({ length: 30 }, () => report.findings).flat();
    expect(render({ ...report, findings: many }, "markdown").length).toBeLessThan(65_536);
  });
});

/** What is left of a line of Markdown without its code spans. */
function withoutCode(line: string): string {
  let rest = line;
  let outside = "";
  for (let fence = /`+/.exec(rest); fence !== null; fence = /`+/.exec(rest)) {
    const [marks] = fence;
    outside += rest.slice(0, fence.index);
    rest = rest.slice(fence.index + marks.length);
    const end = [...rest.matchAll(/`+/g)].find(([row]) => row === marks);
    if (end === undefined) return `${outside}<unclosed`;
    rest = rest.slice(end.index + marks.length);
  }
  return outside + rest;
}

describe("junit", () => {
  test("has no character that XML cannot hold", () => {
    expect(render(report, "junit")).not.toMatch(/[\ufffe\uffff]/);
  });

  test.each([
    ["with findings", report],
    ["without", empty],
  ])("is well-formed, and its counts are true: %s", (_, shown) => {
    const root = parseXml(render(shown, "junit"));
    expect(root.name).toBe("testsuites");
    const [suite] = root.children;
    if (suite === undefined) throw new Error("no suite");
    const cases = suite.children.filter(({ name }) => name === "testcase");
    const inner = (name: string): number =>
      cases.flatMap((one) => one.children).filter((x) => x.name === name).length;
    expect(suite.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(inner("failure")),
      skipped: String(inner("skipped")),
      errors: "0",
    });
    expect(cases).toHaveLength(shown.findings.length + 1);
    expect(suite.attributes["timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(cases.every(({ attributes }) => attributes["name"] && attributes["classname"])).toBe(true);
  });

  test("what does not fail is skipped", () => {
    const root = parseXml(render(hostileReport(new Set(["changed"])), "junit"));
    const suite = root.children[0]?.attributes;
    const changed = HOSTILE.length;
    expect(suite).toMatchObject({
      failures: String(changed),
      skipped: String(report.findings.length - changed),
    });
  });
});

describe("sarif", () => {
  interface Log {
    readonly $schema: string;
    readonly version: string;
    readonly runs: readonly {
      readonly tool: {
        readonly driver: { readonly name: string; readonly rules: readonly { id: string }[] };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        }[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
    }[];
  }

  test("is a log of version 2.1.0 in which every result has its rule, level, place and fingerprint", () => {
    const log = JSON.parse(render(hostileReport(new Set(["missing"])), "sarif")) as Log;
    expect([log.version, log.runs.length]).toEqual(["2.1.0", 1]);
    const [run] = log.runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(ALL_KINDS);
    expect(run?.results).toHaveLength(report.findings.length);
    const places = new Set<string | undefined>();
    for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of run?.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
      expect(level).toBe(ruleId === "missing" ? "error" : "warning");
      expect(message.text.length).toBeGreaterThan(10);
      places.add(locations[0]?.physicalLocation.artifactLocation.uri);
      expect(partialFingerprints["thinkgeoDrift/v1"]).toMatch(/^[0-9a-f]{24}$/);
    }
    // The line of the program where Pulumi knows it; what leads elsewhere is no line.
    expect(places).toEqual(new Set(["Pulumi.yaml", "src/index.ts"]));
  });

  test("different findings have different fingerprints", () => {
    const keys = report.findings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("html", () => {
  const text = render(report, "html");

  test("is one file without script, link or picture, under a policy that forbids them", () => {
    const tags = new Set([...text.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => /script|link|img|iframe|a$|object|form/.test(tag ?? ""))).toEqual([
      "meta",
    ]);
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/https?:|url\(/);
  });

  test("names are text", () => {
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(text).not.toMatch(/<script|onerror=alert\(2\)>/);
  });
});

test("the names are what they should be: nothing is lost in JSON", () => {
  const names = report.findings.map(({ name }) => name);
  for (const name of HOSTILE) expect(names).toContain(name);
});
