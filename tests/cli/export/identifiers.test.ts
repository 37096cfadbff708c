import fc from "fast-check";
import ts from "typescript";
import { nameAll, readProgramText, type Taken, type Unnamed } from "../../../cli/export/identifiers";
import { diagnose } from "./compile";

const NONE: Taken = { resources: new Set(), variables: new Set() };
const guid = (index: number): string => `${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
const nameOne = (name: string): unknown =>
  nameAll([{ id: "e876f033-27bb-499a-82e2-b1070256de03", name }], NONE)[0];

test.each([
  ["Shop web key", "shop-web-key", "shopWebKey"],
  ["Tile 'renderer' \"v2\"", "tile-renderer-v2", "tileRendererV2"],
  ["Žluťoučký kůň", "zlutoucky-kun", "zlutouckyKun"],
  ["Straße İzmir", "straße-izmir", "straßeIzmir"],
  ["ＦＵＬＬ width", "full-width", "fullWidth"],
  ["🚀 rocket 👨‍👩‍👧", "rocket", "rocket"],
  ["🚀", "client-e876f033", "clientE876f033"],
  ["מפתח מפות", "client-e876f033", "clientE876f033"],
  ["地図サーバー", "地図サーバー", "地図サーバー"],
  ["Карта сайта", "карта-сайта", "картаСайта"],
  ["default", "default", "defaultClient"],
  ["Exports", "exports", "exportsClient"],
  ["undefined", "undefined", "undefinedClient"],
  ["3D map", "3d-map", "client3dMap"],
  ["__proto__", "proto", "proto"],
  ["constructor", "constructor", "constructor"],
  ["e".repeat(256), "e".repeat(40), "e".repeat(40)],
  [
    "a very long name that a person wrote to say exactly what it is for",
    "a-very-long-name-that-a-person-wrote-to",
    "aVeryLongNameThatAPersonWroteTo",
  ],
])("%j is called %s", (name, resource, variable) => {
  expect(nameOne(name)).toEqual({ resource, variable });
});

test("clients that would be called the same carry the beginning of their GUID, all of them", () => {
  const clients = ["Shop", "shop!", "Other"].map((name, index) => ({ id: guid(index), name }));
  expect(nameAll(clients, NONE).map(({ resource }) => resource)).toEqual([
    "shop-00000000",
    "shop-00000001",
    "other",
  ]);
});

test("what the folder has is not taken again, be it a resource or a constant", () => {
  const clients = ["Shop", "Other"].map((name, index) => ({ id: guid(index), name }));
  const taken = { resources: new Set(["shop"]), variables: new Set(["other", "other00000001"]) };
  expect(nameAll(clients, taken)).toEqual([
    { resource: "shop-00000000", variable: "shop00000000" },
    { resource: `other-${guid(1).replaceAll("-", "")}`, variable: `other${guid(1).replaceAll("-", "")}` },
  ]);
});

const anyName = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.constantFrom(
    "Shop",
    "shop",
    "SHOP!",
    "shop 1",
    "shop1",
    "class",
    "Class Client",
    "shop 00000001",
    "",
    "client",
  ),
);
const clientsOf = (names: readonly string[]): Unnamed[] =>
  names.map((name, index) => ({ id: guid(index), name }));

test("any names at all give names that are unique, and that TypeScript takes", () => {
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 30 }), (names) => {
      const named = nameAll(clientsOf(names), NONE);
      expect(named).toHaveLength(names.length);
      expect(new Set(named.map(({ resource }) => resource)).size).toBe(names.length);
      expect(new Set(named.map(({ variable }) => variable)).size).toBe(names.length);
      for (const { resource, variable } of named) {
        expect(resource).toMatch(/^[\p{L}\p{Mn}\d]+(?:-[\p{L}\p{Mn}\d]+)*$/u);
        expect(ts.isIdentifierStart(variable.codePointAt(0) ?? 0, ts.ScriptTarget.ES2023)).toBe(true);
      }
      const program = named.map(({ variable }) => `export const ${variable} = 1;`).join("\n");
      expect(parseProblems(program)).toEqual([]);
    }),
    { numRuns: 300, examples: [[["\u1d2c \u019b"]]] },
  );
});

test("what a client is called does not depend on the order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 12 }), fc.nat(), (names, seed) => {
      const clients = clientsOf(names);
      const turned = [
        ...clients.slice(seed % (names.length + 1)),
        ...clients.slice(0, seed % (names.length + 1)),
      ];
      const byId = (list: Unnamed[]): [string, unknown][] => {
        const named = nameAll(list, NONE);
        return list.map(({ id }, index): [string, unknown] => [id, named[index]]).sort();
      };
      expect(byId(turned)).toEqual(byId(clients));
    }),
  );
});

test("every reserved word of TypeScript gives a constant that compiles", () => {
  const kinds = Object.values(ts.SyntaxKind).filter(
    (kind) =>
      typeof kind === "number" && kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword,
  );
  const words = kinds.flatMap((kind) => (typeof kind === "number" ? (ts.tokenToString(kind) ?? []) : []));
  expect(words).toContain("await");
  words.push(
    "eval",
    "arguments",
    "exports",
    "require",
    "module",
    "Promise",
    "NaN",
    "Infinity",
    "globalThis",
    "Object",
  );
  words.push("__filename", "__dirname", "process", "console", "name", "window", "Symbol", "thinkgeo");
  const named = nameAll(clientsOf(words), NONE);
  const program = named.map(({ variable }) => `export const ${variable} = thinkgeo;`).join("\n");
  expect(diagnose({ "index.ts": `import * as thinkgeo from "pulumi-thinkgeo";\n${program}\n` })).toEqual([]);
});

function parseProblems(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

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
