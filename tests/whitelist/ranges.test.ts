import fc from "fast-check";
import { union, type AddressRange } from "../../provider/whitelist";
import { rangeText, sizeOf, subtract } from "../../provider/whitelist/addresses";

const LAST = 63;
const list = fc
  .array(fc.tuple(fc.nat(LAST), fc.nat(LAST)), { maxLength: 8 })
  .map((pairs) => union(pairs.map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }))));
const has = (ranges: readonly AddressRange[], address: number): boolean =>
  ranges.some(({ first, last }) => first <= address && address <= last);

test("what is left is in the first and not in the second, in order and without touching", () => {
  fc.assert(
    fc.property(list, list, (from, taken) => {
      const left = subtract(from, taken);
      const all = Array.from({ length: LAST + 1 }, (_, address) => address);
      const wanted = all.filter((address) => has(from, address) && !has(taken, address));
      expect(all.filter((address) => has(left, address))).toEqual(wanted);
      expect(left).toEqual(union(left));
    }),
    { numRuns: 500 },
  );
});

test.each([
  [0xcb00_7107, 0xcb00_7107, "203.0.113.7", 1],
  [0xcb00_7100, 0xcb00_71ff, "203.0.113.0/24", 256],
  [0, 0xffff_ffff, "0.0.0.0/0", 2 ** 32],
  [0xffff_ffff, 0xffff_ffff, "255.255.255.255", 1],
  [0x0a00_0001, 0x0a00_0002, "10.0.0.1-10.0.0.2", 2],
  [0x0a00_0001, 0x0a00_0003, "10.0.0.1-10.0.0.3", 3],
])("%i to %i is %s", (first, last, text, size) => {
  expect([rangeText({ first, last }), sizeOf({ first, last })]).toEqual([text, size]);
});
