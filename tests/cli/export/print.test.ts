import fc from "fast-check";
import ts from "typescript";
import type { Declaration } from "../../../cli/export/declaration";
import { printBlock, printComment, printString, type Block } from "../../../cli/export/print";
import { asPrettier } from "./prettier";

const ADOPT = "e876f033-27bb-499a-82e2-b1070256de03";
const block = (declaration: Partial<Declaration>, variable = "shop", resource = "shop"): Block => ({
  naming: { variable, resource },
  declaration: { adopt: ADOPT, name: "Shop", type: "JavaScript", ...declaration },
  comments: [],
});

test("a client, with all it can have", () => {
  const { naming, declaration } = block({
    active: false,
    grantedRoles: ["Evaluator", "User"],
    allowedOrigins: ["*.acme.com", "acme.com"],
  });
  expect(printBlock({ naming, declaration, comments: ["A note.", "Another."] })).toBe(
    [
      "// A note.",
      "// Another.",
      'export const shop = new thinkgeo.Client("shop", {',
      `  adopt: "${ADOPT}",`,
      '  name: "Shop",',
      '  type: "JavaScript",',
      "  active: false,",
      '  grantedRoles: ["Evaluator", "User"],',
      '  allowedOrigins: ["*.acme.com", "acme.com"],',
      "});",
    ].join("\n"),
  );
});

test.each([
  ["plain", '"plain"'],
  ['a "quote"', "'a \"quote\"'"],
  [`both ' and "`, `"both ' and \\""`],
  [`'a' "b" "c"`, `'\\'a\\' "b" "c"'`],
  ["back\\slash", '"back\\\\slash"'],
  ["${x} `y`", '"${x} `y`"'],
  ["🚀 👨‍👩‍👧 שלום", '"🚀 👨‍👩‍👧 שלום"'],
  ["a\u00a0b\u200bc\u200fd\ufeffe", '"a\\u00a0b\\u200bc\\u200fd\\ufeffe"'],
  ["tab\t line\n \u2028 \u202e \ud800", '"tab\\u0009 line\\u000a \\u2028 \\u202e \\ud800"'],
  ["flag \u{e0067}", '"flag \\u{e0067}"'],
])("%j is written as %s", (text, written) => {
  expect(printString(text)).toBe(written);
});

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());

test("a string reads back as it was, whatever is in it", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const file = ts.createSourceFile("x.ts", printString(text), ts.ScriptTarget.ES2023);
      const [statement] = file.statements;
      expect(file.statements).toHaveLength(1);
      const literal =
        statement !== undefined && ts.isExpressionStatement(statement) ? statement.expression : undefined;
      expect(literal !== undefined && ts.isStringLiteral(literal) ? literal.text : undefined).toBe(text);
    }),
  );
});

test("a comment stays on its line, whatever is in it", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(printComment(text)).not.toMatch(/[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});

const host = fc.stringMatching(/^[a-zé例가д*-]{1,12}\.[a-z]{2,24}$/);
const name = fc.oneof(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ maxLength: 256 }));
const anyBlock = fc.record({
  naming: fc.record({
    variable: fc.stringMatching(/^[a-zд例가][a-zA-Z例가]{0,70}$/),
    resource: fc.stringMatching(/^[a-zд例가][a-z例가-]{0,70}$/),
  }),
  declaration: fc.record(
    {
      adopt: fc.uuid(),
      name,
      type: fc.constantFrom("JavaScript" as const, "NativeConfidential" as const),
      active: fc.constant(false as const),
      grantedRoles: fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 20 }), { maxLength: 6 }),
      allowedOrigins: fc.array(host, { maxLength: 6 }),
    },
    { requiredKeys: ["adopt", "name", "type"] },
  ),
  comments: fc.array(
    fc.constantFrom("A note.", "Another note that is quite long and goes on and on and on and on and on."),
    { maxLength: 2 },
  ),
});

test("the layout is prettier's", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyBlock, { minLength: 1, maxLength: 4 }), async (blocks) => {
      const text = `${blocks.map(printBlock).join("\n\n")}\n`;
      expect(await asPrettier(text)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test.each([19, 20, 43, 44, 45, 46, 80])(
  "a constant of %d letters is laid out as prettier would",
  async (length) => {
    for (const other of [18, 19, 20, 30, 90]) {
      const text = `${printBlock(block({}, "v".repeat(length), "r".repeat(other)))}\n`;
      expect(await asPrettier(text)).toBe(text);
    }
  },
);

test.each([52, 53, 54, 55, 56, 57])(
  "a list is broken where it would pass the margin (%d)",
  async (length) => {
    const text = `${printBlock(block({ allowedOrigins: ["o".repeat(length), "p"] }))}\n`;
    expect(await asPrettier(text)).toBe(text);
  },
);
