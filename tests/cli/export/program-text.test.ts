import fc from "fast-check";
import { readProgramText } from "../../../cli/export/identifiers";

test("words are those of the code, strings are contents; comments are neither", () => {
  const { words, strings } = readProgramText(
    [
      'import * as thinkgeo from "pulumi-thinkgeo";',
      "// const hidden = 'quiet';",
      "/* another",
      " * 'one' */ const shop = `a ${template}\nof two lines`;",
      `new thinkgeo.Client('it\\'s', { name: "a \\"b\\"" });`,
    ].join("\n"),
  );
  expect([...words]).toEqual([
    "import",
    "as",
    "thinkgeo",
    "from",
    "const",
    "shop",
    "new",
    "Client",
    "name",
    "hidden",
  ]);
  expect([...strings]).toEqual([
    "pulumi-thinkgeo",
    "a ${template}\nof two lines",
    "it\\'s",
    'a \\"b\\"',
    "it\\",
  ]);
});

test("a quote in a regular expression hides nothing that is declared or named", () => {
  const { words, strings } = readProgramText(`const quote = /["]/; const shop = new Client("shop", {});`);
  expect(words).toContain("shop");
  expect(strings).toContain("shop");
});

test.each(["'", '"', "`", "/*", "//", "\\", "'\\"])("text that ends in %s is read to its end", (end) => {
  expect(readProgramText(`const shop = ${end}`).words).toContain("shop");
});

test("any text is read, in a time that grows with it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      readProgramText(text);
    }),
  );
  for (const piece of ["'", "/*", "`", "a", "new Client(", 'const "'])
    expect(readProgramText(piece.repeat(200_000))).toBeDefined();
});
