import { looksAlike } from "../../provider/whitelist/match";

const seen = (listed: string, page: string): boolean =>
  looksAlike(listed, new URL(`https://${page}`).hostname);

describe("another alphabet", () => {
  // Each letter more than once: one letter off would be seen without the alphabet.
  test.each([
    ["banana.com", "bаnаnа.com", "Cyrillic а"],
    ["banana.com", "bαnαnα.com", "Greek alpha"],
    ["cheese.com", "chееsе.com", "Cyrillic е"],
    ["bongo.com", "bоngо.com", "Cyrillic о"],
    ["bongo.com", "bοngο.com", "Greek omicron"],
    ["bongo.com", "b0ng0.com", "zero"],
    ["piper.com", "рiреr.com", "Cyrillic р and е"],
    ["cycle.com", "сyсle.com", "Cyrillic с"],
    ["yummy.com", "уummу.com", "Cyrillic у"],
    ["xerox.com", "хeroх.com", "Cyrillic х"],
    ["civic.com", "cіvіc.com", "Ukrainian і"],
    ["civic.com", "cıvıc.com", "dotless ı"],
    ["label.com", "1abe1.com", "one"],
    ["mammoth.com", "rnarnmoth.com", "rn for m"],
    ["banana.com", "bánànâ.com", "accents"],
    ["intranet", "іntrаnet.com", "where what is listed has no ending"],
  ])("%s and %s: %s", (listed, page) => {
    expect(seen(listed, page)).toBe(true);
  });

  test("accents of what is listed", () => {
    expect(seen(new URL("https://bánànâ.com").hostname, "banana.com")).toBe(true);
  });
});

describe("a letter off", () => {
  test.each([
    ["acme.com", "acne.com", "another one"],
    ["acme.com", "accme.com", "one more"],
    ["acme.com", "ace.com", "one less"],
    ["acme.com", "cme.com", "one less at the start"],
    ["acme.com", "acme.co", "one less at the end"],
    ["acme.co", "acme.com", "one more at the end"],
    ["acme.com", "amce.com", "two that changed places"],
    ["acme.com", "came.com", "two that changed places at the start"],
    ["a.com", "b.com", "a short one"],
  ])("%s and %s: %s", (listed, page) => {
    expect(seen(listed, page)).toBe(true);
  });

  test.each([
    ["acme.com", "acid.com", "two others"],
    ["papapa.com", "papa.com", "two less"],
    ["acme.com", "accdme.com", "two more"],
    ["acme.com", "amde.com", "two others of which one is there already"],
    ["acme.com", "agce.com", "two others of which the other is"],
    ["acme.com", "amcd.com", "two that changed places, and another one"],
    ["a.io", "b.io", "too short for it to mean anything"],
  ])("not %s and %s: %s", (listed, page) => {
    expect(seen(listed, page)).toBe(false);
  });
});

describe("another ending", () => {
  test.each([
    ["acme.com", "acme.example", true],
    ["shop.acme.com", "shop.acme.example", true],
    ["shop.acme.com", "shop.unlike.com", false],
  ])("%s and %s: %p", (listed, page, expected) => {
    expect(seen(listed, page)).toBe(expected);
  });
});
