import {
  json,
  linesText,
  type Row,
  shortened,
  styled,
  table,
  textWidth,
  wrapped,
} from "../../cli/terminal/lines";
import { Terminal, type Streams } from "../../cli/terminal/terminal";

/** Names as somebody may give them to harm who reads along: a screen, an editor, or the runner of a pipeline. */
const HOSTILE = [
  "\u001b[2J\u001b]0;owned\u0007",
  "\u009b31mred",
  "two\nlines\r\u2028three",
  "a\u202egpj.exe",
  "##[stop-commands]x",
  "##vso[task.setvariable variable=PATH]/tmp",
  "##teamcity[buildStatus status='SUCCESS']",
  "::set-output name=x::y",
  "  ::add-mask::x",
  "\n::stop-commands::x",
];

/** What the runners of GitHub and Azure look for in each line of a log. */
const isCommand = (line: string): boolean =>
  /##\[/.test(line) || /##\w+\[/.test(line) || /^::.*::/.test(line.trimStart());

const isSafe = (text: string): boolean =>
  text
    .trimEnd()
    .split("\n")
    .every((line) => !isCommand(line) && !/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/u.test(line));

describe.each(HOSTILE)("%j", (name) => {
  test("stays on its line, and commands nobody", () => {
    const lines = [name, [name, " is the name"], [styled("red", name)]];
    const text = linesText(lines, false);
    expect(text.split("\n")).toHaveLength(lines.length + 1);
    expect(isSafe(text)).toBe(true);
    expect(isSafe(linesText(table([{ cells: [name, "x"], texts: [name] }], Infinity), false))).toBe(true);
    expect(isSafe(linesText(wrapped(`It is called ${name}.`, 20), false))).toBe(true);
  });

  test("is the same name to a program that reads JSON", () => {
    const text = json({ name });
    expect(isSafe(text)).toBe(true);
    expect(JSON.parse(text)).toEqual({ name });
  });
});

test.each(["::1", "::ffff:203.0.113.9", "C# [beta]", "# [x]", "a::b::c", "[::1]:443", "#1"])(
  "%s is no command and stays as it is",
  (text) => {
    expect(linesText([text], false)).toBe(`${text}\n`);
  },
);

describe("columns", () => {
  const rows: Row[] = [
    {
      cells: ["changed", "Größe 地図 🗺️ e\u0301", "tiles in dev"],
      texts: ["opens to every caller", "a detail"],
    },
    { cells: ["missing", "b", "web in a-stack-with-a-long-name"], texts: ["It is gone, ".repeat(12).trim()] },
  ];

  test.each([40, 80, 120])("a table fits %d of them, as they show", (columns) => {
    for (const line of linesText(table(rows, columns), false).trimEnd().split("\n"))
      expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test("wide and combining characters count as they show", () => {
    const [first = "", second = ""] = linesText(table(rows, Infinity), false).split("\n");
    expect(textWidth(first.slice(0, first.indexOf("tiles in dev")))).toBe(
      textWidth(linesText(table(rows, Infinity), false).split("\n")[2]?.split("web in")[0] ?? ""),
    );
    expect(second.trim()).toBe("a detail");
  });

  test("no limit without a screen: a search of a log finds whole rows", () => {
    expect(linesText(table(rows, Infinity), false).trimEnd().split("\n")).toHaveLength(3);
  });

  test("a long name is cut where it shows as long", () => {
    expect(textWidth(shortened("地".repeat(40), 20))).toBeLessThanOrEqual(20);
  });
});

describe("colour", () => {
  const said = (more: Partial<Streams>): string => {
    let out = "";
    const streams: Streams = {
      out: (text) => void (out += text),
      err: () => undefined,
      interactive: true,
      environment: {},
      folder: ".",
      ask: undefined,
      ...more,
    };
    new Terminal(streams).print(styled("red", "x"));
    return out;
  };

  test.each<[string, Partial<Streams>, boolean]>([
    ["for a person", {}, true],
    ["not for a pipe", { interactive: false }, false],
    ["not with NO_COLOR", { environment: { NO_COLOR: "1" } }, false],
    ["but with an empty one, which is none", { environment: { NO_COLOR: "" } }, true],
    ["not on a dumb terminal", { environment: { TERM: "dumb" } }, false],
  ])("%s", (_, more, has) => {
    expect(said(more)).toBe(has ? "\u001b[31mx\u001b[0m\n" : "x\n");
  });
});
