import { isRespelled, isRewritten } from "../../provider/model/names";

describe("a name that a server has stored in its own way", () => {
  test.each([
    ["the same", "Tiles", "Tiles"],
    ["lower case", "Tiles (EU)", "tiles (eu)"],
    ["single blanks", "Map  of\tEurope", "Map of Europe"],
    ["blanks cut off", "Map", " Map "],
    ["another Unicode form", "Cafe\u0301", "Caf\u00e9"],
    ["wide letters", "ＭＡＰ", "map"],
    ["escapes of what was escaped", "A &#38; B", "A &#38;#38; B"],
    ["escapes for markup", `A & B <"c" 'd'>`, "A &amp; B &lt;&quot;c&quot; &#39;d&#x27;&gt;"],
  ])("%s", (_, sent, kept) => {
    expect([isRespelled(sent, kept), isRewritten(sent, kept)]).toEqual([true, true]);
  });

  test.each([
    ["another", "Tiles", "Tales"],
    ["a longer one", "Tiles", "Tiles 2"],
    ["an empty one", "Tiles", ""],
    ["too short a part", "Tiles of Europe", "Tiles"],
    ["an escape of no character", "A", "&#9999999;"],
  ])("is not %s", (_, sent, kept) => {
    expect([isRespelled(sent, kept), isRewritten(sent, kept)]).toEqual([false, false]);
  });

  test("may be cut off, which is no other spelling", () => {
    const [sent, kept] = ["Tiles of Europe and Asia", "tiles of europe"];
    expect([isRespelled(sent, kept), isRewritten(sent, kept)]).toEqual([false, true]);
  });
});
