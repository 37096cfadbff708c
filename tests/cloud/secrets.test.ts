import { createHash } from "node:crypto";
import fc from "fast-check";
import { keepSecret, presentable, presentableLines, redact } from "../../provider/cloud/secrets";
import { anyText } from "./any-text";

const ID = "Jv_4x-Public-Key-of-the-client-0123456789AB~";

const percent = (bytes: Buffer, prefix = "%"): string =>
  [...bytes].map((byte) => prefix + byte.toString(16).padStart(2, "0")).join("");
const units = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, "0"))
    .map((digits) => `\\u${digits}`)
    .join("");
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const inForm = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
const small = (text: string): string => text.replace(/%../g, (escape) => escape.toLowerCase());
const basic = (text: string): string => Buffer.from(`${ID}:${text}`).toString("base64");

/** Every spelling, and how many of its characters stand for one byte of the secret. */
const SPELLINGS: readonly (readonly [name: string, spell: (secret: string) => string, width: number])[] = [
  ["as it is", (secret) => secret, 1],
  ["in JSON", inJson, 2],
  ["in JSON in JSON", (secret) => inJson(inJson(secret)), 4],
  [
    "in JSON as .NET escapes it",
    (secret) => inJson(secret).replaceAll("/", "\\/").replaceAll("+", "\\u002B"),
    6,
  ],
  ["in JSON, every character by its number", units, 6],
  ["in an address", encodeURIComponent, 3],
  ["in an address with small letters", (secret) => small(encodeURIComponent(secret)), 3],
  ["in an address twice", (secret) => encodeURIComponent(encodeURIComponent(secret)), 5],
  ["in an address, every byte", (secret) => percent(Buffer.from(secret)).toUpperCase(), 3],
  ["in an address, every byte, with small letters", (secret) => percent(Buffer.from(secret)), 3],
  ["in an address, every byte, twice", (secret) => percent(Buffer.from(secret), "%25"), 5],
  ["in a form", inForm, 3],
  ["in a form in JSON", (secret) => inJson(inForm(secret)), 3],
  ["in JSON in an address", (secret) => encodeURIComponent(inJson(secret)), 6],
  ["in base64", (secret) => Buffer.from(secret).toString("base64"), 4 / 3],
  ["in base64url", (secret) => Buffer.from(secret).toString("base64url"), 4 / 3],
  ["in base64 in an address", (secret) => encodeURIComponent(Buffer.from(secret).toString("base64")), 4],
  ["in Basic credentials", basic, 4 / 3],
  ["in hexadecimal", (secret) => Buffer.from(secret).toString("hex"), 2],
  ["in hexadecimal with capitals", (secret) => Buffer.from(secret).toString("hex").toUpperCase(), 2],
];

// The API's secrets end in two tildes, which forms escape and addresses do not.
const SECRET = 'Qm9_x-7Zk+/ü"\\ end~~';
keepSecret(SECRET);

describe("a secret that this process knows is hidden in every spelling", () => {
  test.each(SPELLINGS)("%s", (name, spell) => {
    const spelled = spell(SECRET);
    const hidden = redact(`before ${spelled} after`);
    if (/base64|Basic/.test(name)) expect(hidden).toMatch(/^before .*\[redacted\](?:%3D|=)* after$/);
    else expect(hidden).toBe("before [redacted] after");
    expect(redact(spelled + spelled)).not.toContain(spelled);
  });

  test("and nothing else of Basic credentials is", () => {
    const begin = Buffer.from(`${ID}:`).toString("base64");
    expect(redact(`x ${basic(SECRET)} y`)).toBe(`x ${begin}[redacted] y`);
  });

  test("two in a row are one", () => {
    expect(redact(SECRET + SECRET)).toBe("[redacted]");
  });

  // From what the API makes (see the facts: 54 characters of base64url and two tildes) to what a person may type.
  const key = fc
    .uint8Array({ minLength: 40, maxLength: 40 })
    .map((bytes) => `${Buffer.from(bytes).toString("base64url").slice(0, 54)}~~`);
  const typed = fc
    .array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: 20, maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes));
  const wild = anyText(40).map((text) => `canary-of-any-letters-${text}`);
  /** What might run into the secret: halves of escapes, and letters that any encoding may have. */
  const fragment = fc.constantFrom("%", "%2", "%25", "\\", "\\u", "\\u00", "a", "Zz9", "==", '"', ".", "\n");
  const around = fc.array(fc.oneof(anyText(12), fragment), { maxLength: 4 }).map((parts) => parts.join(""));
  const spelling = fc.constantFrom(...SPELLINGS);

  test("wherever it stands, whatever it is made of", () => {
    const secret = fc.oneof(key, typed, wild);
    fc.assert(
      fc.property(around, secret, spelling, around, (before, text, [name, spell], after) => {
        keepSecret(text);
        // Half a character has no UTF-8: encoders refuse it, or write another.
        fc.pre(text.isWellFormed() || name === "as it is");
        const spelled = spell(text);
        expect(redact(before + spelled + after)).not.toContain(spelled);
      }),
      { numRuns: 3_000 },
    );
  });

  test("cut off anywhere, as long as twelve bytes in a row are left", () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        key,
        spelling,
        place,
        place,
        fc.constantFrom("", "…", "...", '"'),
        (text, row, from, to, end) => {
          keepSecret(text);
          const [name, spell, width] = row;
          const spelled = name === "in Basic credentials" ? spell(text).slice(60) : spell(text);
          // An end may be a part of an escape, or of what stands for three bytes, or may fill these up ("==").
          const least = Math.min(spelled.length, Math.ceil(width * 14) + 2);
          const start = Math.floor(from * (spelled.length - least));
          const piece = spelled.slice(
            start,
            start + least + Math.floor(to * (spelled.length - start - least)),
          );
          const shown = redact(`It was ${piece}${end}`);
          expect(shown).toContain("[redacted]");
          expect(shown.length).toBeLessThan(`It was [redacted]${end}`.length + 3 * Math.ceil(width) + 4);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("a beginning or an end of twelve characters is hidden, and one of eleven is not", () => {
    keepSecret("Ab3-Ef6_Hi9-Kl2_No5-Qr8_");
    expect(redact("It was Ab3-Ef6_Hi9-…")).toBe("It was [redacted]…");
    expect(redact("It was …Kl2_No5-Qr8_")).toBe("It was …[redacted]");
    expect(redact("It was Ab3-Ef6_Hi9…")).toBe("It was Ab3-Ef6_Hi9…");
    expect(redact("It was …l2_No5-Qr8_")).toBe("It was …l2_No5-Qr8_");
  });

  test("a short one as a whole", () => {
    const secret = fc
      .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 6, maxLength: 11 })
      .map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(secret, spelling, (text, [, spell]) => {
        keepSecret(text);
        const spelled = spell(text);
        expect(redact(`It was "${spelled}" and no more.`)).not.toContain(spelled);
      }),
      { numRuns: 1_000 },
    );
  });

  test("also where it begins with another secret", () => {
    keepSecret("canary-short");
    keepSecret("canary-short-and-long");
    expect(redact("x canary-short-and-long y")).toBe("x [redacted] y");
  });

  test("also where it holds half of a character", () => {
    const odd = "canary-\ud800-odd";
    keepSecret(odd);
    expect(redact(`x ${odd} y`)).toBe("x [redacted] y");
    expect(redact(`x ${new URLSearchParams([["", odd]]).toString()} y`)).toBe("x =[redacted] y");
    // The other half may follow it.
    keepSecret("end\ud83d".repeat(3));
    expect(redact(`${"end\ud83d".repeat(3)}\ude00`)).toBe("[redacted]\ude00");
  });

  test("but short texts and no text are not taken for secrets", () => {
    keepSecret("a");
    keepSecret("five5");
    keepSecret(undefined);
    keepSecret("");
    expect(redact("a five5 b")).toBe("a five5 b");
    keepSecret("is6six");
    expect(redact("a is6six b")).toBe("a [redacted] b");
  });
});

test("what is clean stays as it is", () => {
  const text = anyText(80);
  fc.assert(
    fc.property(text, text, (before, after) => {
      const clean = redact(`${before} ${SECRET} {"apiSecret":"x"} ${after}`);
      expect(redact(clean)).toBe(clean);
      expect(presentable(presentable(clean))).toBe(presentable(clean));
    }),
  );
});

describe("what is presentable", () => {
  test("holds neither secrets nor what could change the screen", () => {
    expect(presentable(`\u001b[31m${SECRET}\r\n\u202e\u009b\ud800\u200b\ufeff end`)).toBe(
      "\\u001b[31m[redacted]\\u000d\\u000a\\u202e\\u009b\\ud800\\u200b\\ufeff end",
    );
  });

  test("is escaped once", () => {
    expect(presentable(JSON.stringify("\u001b\n\u009b"))).toBe('"\\u001b\\n\\u009b"');
  });

  test("keeps its lines where it has some", () => {
    expect(presentableLines(`a\u001b\n    at ${SECRET}\r\n`)).toBe("a\\u001b\n    at [redacted]\\u000d\n");
  });

  test("is not longer than anybody reads", () => {
    expect(presentable("x".repeat(100_000))).toHaveLength(100_000);
    expect(presentable("x".repeat(50_000_000))).toBe(`${"x".repeat(100_000)}…`);
  });
});

describe("ten thousand secrets and a megabyte of text cost no time", () => {
  const secretOf = (number: number): string =>
    `${createHash("sha512").update(String(number)).digest("base64url").slice(0, 54)}~~`;
  const secrets = Array.from({ length: 10_000 }, (_, number) => secretOf(number));
  const alike = Array.from({ length: 10_000 }, (_, number) => `all-of-these-begin-in-the-same-way-${number}`);
  const filled = (text: string): string => text.repeat(Math.ceil(1_000_000 / text.length));
  beforeAll(() => {
    for (const secret of [...secrets, ...alike]) keepSecret(secret);
    // What is known is sorted when it is first asked for.
    redact("");
  });

  test.each([
    ["prose", filled("The client's apiSecret is not shown again. ")],
    ["what may be base64", filled(createHash("sha512").update("other").digest("base64url"))],
    ["what may be hexadecimal", filled(createHash("sha512").update("other").digest("hex"))],
    ["escapes", filled("%2525")],
    ["backslashes", filled("\\")],
    ["escapes in escapes, of both kinds", filled(`%255C%5c\\\\\\u0025`)],
    ["secrets", secrets.join(",") + secrets.join(" ")],
    ["how many secrets begin", filled(alike[0]?.slice(0, -2) ?? "")],
    ["names of secrets", filled('apiSecret="')],
    ["names of secrets without values", filled("client_secret=")],
    ["names of secrets in quotes that do not end", filled(`password:\\"password:'`)],
  ])("%s", (_, text) => {
    const started = performance.now();
    const clean = redact(text);
    // 0.1 to 1 s on two slow cores that have nothing else to do; what looks for each secret by itself takes minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(secrets.filter((secret) => clean.includes(secret))).toEqual([]);
  });
});
