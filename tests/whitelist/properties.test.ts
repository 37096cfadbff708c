import fc from "fast-check";
import { parseAddress, parseOrigin } from "../../provider/whitelist";
import { coversAddresses, sameAddresses, sameOrigins } from "./same";
import { canonicalOrigin, originMeaning } from "../../provider/whitelist/origins";

// A network of 65,536 addresses (10.0.x.y), small enough to count every one; outside it, nothing is ever declared.
const SIZE = 65_536;
const dotted = (host: number): string => `10.0.${host >> 8}.${host & 255}`;

interface Entry {
  readonly text: string;
  readonly first: number;
  readonly count: number;
}

const exact = fc.nat(SIZE - 1).map((host): Entry => ({ text: dotted(host), first: host, count: 1 }));
const cidr = fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 16, max: 32 })).map(([host, bits]): Entry => {
  const count = 2 ** (32 - bits);
  const first = Math.floor(host / count) * count;
  return { text: `${dotted(first)}/${bits}`, first, count };
});
const wildcard = fc
  .oneof(fc.nat(255), fc.constant(undefined))
  .map((third): Entry =>
    third === undefined
      ? { text: "10.0.*.*", first: 0, count: SIZE }
      : { text: `10.0.${third}.*`, first: third * 256, count: 256 },
  );
// Small blocks near each other, so that unions, gaps and touching ends are common.
const near = fc.tuple(fc.nat(31), fc.constantFrom(32, 31, 30, 29)).map(([host, bits]): Entry => {
  const count = 2 ** (32 - bits);
  const first = Math.floor(host / count) * count;
  return { text: bits === 32 ? dotted(first) : `${dotted(first)}/${bits}`, first, count };
});
const lists = fc.oneof(
  fc.array(near, { minLength: 1, maxLength: 8 }),
  fc.array(fc.oneof(exact, cidr, wildcard, near), { minLength: 1, maxLength: 5 }),
);

/** The oracle: every address by itself. */
function addresses(entries: readonly Entry[]): Uint8Array {
  const held = new Uint8Array(SIZE);
  for (const { first, count } of entries) held.fill(1, first, first + count);
  return held;
}
const texts = (entries: readonly Entry[]): string[] => entries.map(({ text }) => text);

/** The same block written as smaller ones, or as itself. */
const split = ({ text, first, count }: Entry, depth: number): Entry[] => {
  if (depth === 0 || count === 1) return [{ text, first, count }];
  const half = count / 2;
  const bits = 33 - Math.log2(count);
  const part = (start: number): Entry => ({ text: `${dotted(start)}/${bits}`, first: start, count: half });
  return [...split(part(first), depth - 1), part(first + half)];
};

describe("address lists", () => {
  test("are the same exactly if they hold the same addresses", () => {
    fc.assert(
      fc.property(lists, lists, (left, right) => {
        const equal = Buffer.compare(addresses(left), addresses(right)) === 0;
        expect(sameAddresses(texts(left), texts(right))).toBe(equal);
      }),
      { numRuns: 500 },
    );
  });

  test("one covers another exactly if it holds all its addresses", () => {
    fc.assert(
      fc.property(lists, lists, (wide, narrow) => {
        const outer = addresses(wide);
        const covers = addresses(narrow).every((held, host) => held === 0 || outer[host] === 1);
        expect(coversAddresses(texts(wide), texts(narrow))).toBe(covers);
      }),
      { numRuns: 300 },
    );
  });

  test("are the same in any order, with repetitions, and written in other blocks", () => {
    const written = lists.chain((list) =>
      fc
        .tuple(
          fc.shuffledSubarray(list, { minLength: list.length }),
          fc.array(fc.constantFrom(...list)),
          fc.nat(4),
        )
        .map(([shuffled, repeated, depth]) => ({
          list,
          other: [...shuffled.flatMap((entry) => split(entry, depth)), ...repeated],
        })),
    );
    fc.assert(
      fc.property(written, ({ list, other }) => {
        expect(sameAddresses(texts(list), texts(other))).toBe(true);
      }),
    );
  });

  test("differ as soon as one address more or less is in them", () => {
    fc.assert(
      fc.property(lists, fc.nat(SIZE - 1), (list, host) => {
        const has = addresses(list)[host] === 1;
        expect(sameAddresses(texts(list), [...texts(list), dotted(host)])).toBe(has);
      }),
    );
  });
});

describe("an entry", () => {
  const number = fc.nat(300).map(String);
  const addressLike = fc
    .tuple(
      fc.array(fc.oneof(number, fc.constantFrom("*", "", "01", "0x1")), { minLength: 1, maxLength: 5 }),
      fc.oneof(
        fc.constant(""),
        fc.nat(40).map((bits) => `/${bits}`),
        fc.constantFrom(":80", " ", "/255.255.0.0"),
      ),
    )
    .map(([parts, rest]) => parts.join(".") + rest);
  const hostLike = fc
    .tuple(
      fc.constantFrom("", "*.", "https://", "//", "u@", "*", ".", " "),
      fc.oneof(fc.domain(), fc.string({ unit: "grapheme", maxLength: 12 })),
      fc.constantFrom("", ".", "..", "/x", ":80", "?q", " "),
    )
    .map((parts) => parts.join(""));
  const anything = fc.oneof(
    addressLike,
    hostLike,
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
  );

  const reasons = new Set<string>();

  test("of any form is read or refused with a reason, never with an error", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const parsed of [parseAddress(text), parseOrigin(text)])
          expect(parsed.ok || parsed.reason.length > 10).toBe(true);
        expect(sameAddresses([text], [text]) && sameOrigins([text], [text])).toBe(true);
        expect(coversAddresses([text], [text])).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("that is proposed is accepted when it is written", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const parse of [parseAddress, parseOrigin]) {
          const parsed = parse(text);
          const advice = parsed.ok ? undefined : /^write "(.*)"( there)?$/s.exec(parsed.advice ?? "");
          if (advice?.[1] === undefined) continue;
          const [, proposal, there] = advice;
          expect((there === undefined ? parse : parseAddress)(proposal).ok).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("that is refused is not in the reason, which may be said of a secret", () => {
    const canary = fc.tuple(anything, fc.constantFrom("zqxj", "8765", "*"), anything);
    fc.assert(
      fc.property(canary, ([before, word, after]) => {
        for (const parse of [parseAddress, parseOrigin]) {
          const parsed = parse(before + word + after);
          if (parsed.ok) continue;
          expect(parsed.reason).not.toMatch(/zqxj|8765/);
          reasons.add(parsed.reason);
        }
      }),
      { numRuns: 2_000 },
    );
    // A few dozen sentences, whatever the entries are.
    expect(reasons.size).toBeLessThan(60);
  });

  test("that is accepted means the same as its canonical form, which is canonical", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostLike,
          fc.domain().map((host) => `*.${host.toUpperCase()}.`),
        ),
        (text) => {
          const parsed = parseOrigin(text);
          if (!parsed.ok) return;
          const canonical = canonicalOrigin(parsed.value);
          expect(parseOrigin(canonical)).toEqual(parsed);
          expect(sameOrigins([text], [canonical])).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test("what an entry means is what reading it says, however plain it is", () => {
  const label = fc.stringMatching(/^(?:[a-z0-9-]{1,6}|0x[0-9a-f]|xn--[a-z0-9]{1,4}|[A\u00e9])$/);
  const entry = fc
    .tuple(
      fc.constantFrom("", "*.", "*.*.", "."),
      fc.array(label, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("", "."),
    )
    .map(([start, labels, end]) => start + labels.join(".") + end);
  fc.assert(
    fc.property(entry, (text) => {
      const parsed = parseOrigin(text);
      expect(originMeaning(text)).toBe(parsed.ok ? canonicalOrigin(parsed.value) : text.toLowerCase());
    }),
    { numRuns: 2_000 },
  );
});

test("origin lists are the same in any order, with repetitions, in any case", () => {
  // Below a label of ours, because a short name by itself may be a public suffix (*.er).
  const owned = fc.domain().map((host) => `acme.${host}`);
  const hosts = fc.array(owned, { minLength: 1, maxLength: 5 });
  const written = hosts.chain((list) =>
    fc
      .tuple(fc.shuffledSubarray(list, { minLength: list.length }), fc.array(fc.constantFrom(...list)))
      .map(([shuffled, repeated]) => ({
        list,
        other: [...shuffled.map((host) => `${host.toUpperCase()}.`), ...repeated],
      })),
  );
  fc.assert(
    fc.property(written, ({ list, other }) => {
      expect(sameOrigins(list, other)).toBe(true);
      expect(sameOrigins(list, [...other, "extra.acme.com"])).toBe(false);
    }),
  );
});
