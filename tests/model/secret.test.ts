import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { believedSecret, looksLikeSecret } from "../../provider/model/secret";

/** As ThinkGeo's samples have them: 40 bytes of URL-safe base64, with "~" for "=". */
const newSecret = (bytes = randomBytes(40)): string =>
  bytes.toString("base64url").padEnd(Math.ceil(bytes.length / 3) * 4, "~");

const KNOWN = newSecret(Buffer.from("0123456789012345678901234567890123456789"));

const PLAIN_MASKS = [
  "",
  "  ",
  "*",
  "********",
  "••••••",
  "●",
  "…",
  "........",
  "####",
  "xxxxxxxx",
  "XXXX",
  "----",
];
const MASKS = [
  "[hidden]",
  "<redacted>",
  "hidden",
  "Not shown",
  "not-shown",
  "Hidden for security reasons",
  "ab**********yz",
  "abc…",
  "abc•xyz",
  "REDACTED_BY_POLICY",
  "HiddenForSecurityReasons",
  `${KNOWN.slice(0, 4)}…${KNOWN.slice(-4)}`,
  `${KNOWN.slice(0, 4)}${"x".repeat(52)}`,
  `${KNOWN.slice(0, 6)}${"*".repeat(50)}`,
];

describe("a secret", () => {
  test("of the documented form looks like one, whatever its bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 40 }), (seed) => {
        // Random, as fast-check prefers bytes that are all the same.
        expect(looksLikeSecret(newSecret(randomBytes(40)))).toBe(true);
        return seed.length === 40;
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["hexadecimal digits", "3f2a9c0d4e5b6a7883f2a9c0d4e5b6a7"],
    ["a GUID", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"],
    ["plain base64", "kJ8s+Zk2/Qm1vT0xYw4=="],
  ])("of another form may be %s", (_, text) => {
    expect(believedSecret(text, undefined)).toEqual({ secret: text, isDoubtful: false });
  });

  test.each(PLAIN_MASKS)("is not %j, and nobody need be told", (mask) => {
    expect(believedSecret(mask, KNOWN)).toEqual({ secret: KNOWN, isDoubtful: false });
    expect(believedSecret(mask, undefined)).toEqual({ secret: undefined, isDoubtful: false });
  });

  test.each(MASKS)("is not %j, and that is told", (mask) => {
    expect(believedSecret(mask, KNOWN)).toEqual({ secret: KNOWN, isDoubtful: true });
    expect(believedSecret(mask, undefined)).toEqual({ secret: undefined, isDoubtful: true });
  });

  test.each([undefined, null, 7, { value: KNOWN }, [KNOWN]])("is not %j", (shown) => {
    expect(believedSecret(shown, KNOWN)).toEqual({ secret: KNOWN, isDoubtful: false });
  });

  test("that differs is believed if it is of the length of the one that is known", () => {
    const next = newSecret();
    expect(believedSecret(next, KNOWN)).toEqual({ secret: next, isDoubtful: false });
    for (const other of [next.slice(0, 40), newSecret(randomBytes(60))])
      expect(believedSecret(other, KNOWN)).toEqual({ secret: KNOWN, isDoubtful: true });
  });

  test("that is known and short is the same however short it is", () => {
    expect(believedSecret("s1", "s1")).toEqual({ secret: "s1", isDoubtful: false });
  });

  test("takes the place of a mask that an earlier version has stored", () => {
    expect(believedSecret(KNOWN, "[hidden]")).toEqual({ secret: KNOWN, isDoubtful: false });
  });
});
