import { logTo } from "../../../examples/token-server/server/log";

test.each([
  "two\nlines",
  "\u001b[2J",
  "\u009b31m",
  "a\u202egpj",
  "a\u2028b",
  "##vso[task.setvariable variable=PATH]x",
  "##[stop-commands]x",
])(
  "what a caller sends as its origin, %j, is one line that commands nothing, and the same text to who reads JSON",
  (origin) => {
    const lines: string[] = [];
    logTo(
      (line) => lines.push(line),
      () => 0,
    )({ level: "info", event: "refused", origin });
    const [line = "", ...more] = lines;
    expect(more).toEqual([]);
    expect(line.trimEnd()).toMatch(/^[\x20-\x7e]+$/);
    expect(line).not.toMatch(/##\w*\[/);
    expect(JSON.parse(line)).toMatchObject({ origin });
  },
);
