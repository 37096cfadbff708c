import { parseAddress, parseOrigin } from "../../provider/whitelist";
import { sameAddresses, sameOrigins } from "./same";

const LONG = 100_000;
const longTexts = [
  "1".repeat(LONG),
  "1.".repeat(LONG),
  "*.".repeat(LONG),
  "/".repeat(LONG),
  `1.2.3.4/${"0".repeat(LONG)}`,
  "a.".repeat(LONG),
  `${"a".repeat(LONG)}.com`,
  "-".repeat(LONG),
  "ü".repeat(LONG),
  `https://${"a".repeat(LONG)}`,
  "@".repeat(LONG),
  `x${"0".repeat(LONG)}y`,
];

/** The lengths of all texts that regular expressions are tried on meanwhile. */
function regexInputs(work: () => void): number[] {
  const lengths: number[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { exec } = RegExp.prototype;
  const spy = jest.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, text: string) {
    lengths.push(text.length);
    return exec.call(this, text);
  });
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return lengths;
}

test("the spy sees regular expressions at work", () => {
  expect(regexInputs(() => parseOrigin("https://acme.com/x")).length).toBeGreaterThan(3);
  expect(regexInputs(() => parseAddress("203.0.113.x")).length).toBeGreaterThan(0);
});

test.each(longTexts.map((text) => [text.slice(0, 12), text]))(
  "a text of 100,000 characters (%s…) is refused before any regular expression sees it",
  (_, text) => {
    const lengths = regexInputs(() => {
      expect(parseAddress(text)).toEqual({ ok: false, reason: "is too long for an IPv4 address or range" });
      expect(parseOrigin(text)).toEqual({
        ok: false,
        reason: "is longer than a host name can be (253 characters)",
      });
      expect(sameAddresses([text], [])).toBe(false);
      expect(sameOrigins([text], [])).toBe(false);
    });
    expect(Math.max(0, ...lengths)).toBeLessThan(300);
  },
);
