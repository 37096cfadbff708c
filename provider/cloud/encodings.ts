/** One way to read a text: the bytes that it then stands for, and for each of them where in the text it is written. */
export interface Reading {
  readonly bytes: Buffer;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** An escape within an escape, and once more: a form in an address in JSON. */
const MOST_UNDONE = 3;

/**
 * Every way to read a text under which a secret of at least `least` bytes may be found: as it stands, with the escapes of
 * addresses and of JSON undone, in any order, and in each of these whatever may be base64, base64url or hexadecimal.
 */
export function* readingsOf(text: string, least: number): Generator<Reading> {
  const seen = new Set<string>();
  let readings = [plain(text)];
  for (let undone = 0; undone <= MOST_UNDONE; undone++) {
    const next: Reading[] = [];
    for (const reading of readings) {
      const read = reading.bytes.toString("latin1");
      // Most escapes may be undone in either order, with one outcome.
      if (seen.has(read)) continue;
      seen.add(read);
      yield reading;
      yield* encoded(reading, BASE64, least);
      yield* encoded(reading, HEXADECIMAL, least);
      if (reading.bytes.includes(PERCENT)) next.push(unescaped(reading, percentAt));
      if (reading.bytes.includes(BACKSLASH)) next.push(unescaped(reading, backslashAt));
    }
    readings = next;
  }
}

/** UTF-8, in which halves of characters have three bytes each, so that a text may be cut anywhere. */
export function bytesOf(text: string): Buffer {
  const { bytes } = plain(text);
  return bytes;
}

function plain(text: string): Reading {
  const writing = new Writing(3 * text.length);
  for (let at = 0; at < text.length; at++) writing.unit(text.charCodeAt(at), at, at + 1);
  return writing.done();
}

class Writing {
  readonly #bytes: Buffer;
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  #length = 0;

  constructor(most: number) {
    this.#bytes = Buffer.allocUnsafe(most);
    this.#from = new Uint32Array(most);
    this.#to = new Uint32Array(most);
  }

  byte(byte: number, from: number, to: number): void {
    this.#bytes[this.#length] = byte;
    this.#from[this.#length] = from;
    this.#to[this.#length++] = to;
  }

  /** A UTF-16 code unit. */
  unit(unit: number, from: number, to: number): void {
    if (unit < 0x80) {
      this.byte(unit, from, to);
      return;
    }
    if (unit < 0x800) this.byte(0xc0 | (unit >> 6), from, to);
    else {
      this.byte(0xe0 | (unit >> 12), from, to);
      this.byte(0x80 | ((unit >> 6) & 0x3f), from, to);
    }
    this.byte(0x80 | (unit & 0x3f), from, to);
  }

  done(): Reading {
    const bytes = this.#bytes.subarray(0, this.#length);
    return { bytes, from: this.#from, to: this.#to };
  }
}

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
/** What follows a backslash in JSON, and what the two stand for; anything else stands for itself. */
const CONTROLS: Readonly<Record<number, number>> = { 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9 };

/** What an escape stands for, a byte or a UTF-16 code unit, and how many bytes it has; undefined where there is none. */
type Escape = { readonly value: number; readonly isUnit: boolean; readonly length: number } | undefined;

/** `%7E` */
function percentAt(bytes: Buffer, at: number): Escape {
  const value = bytes[at] === PERCENT ? numberAt(bytes, at + 1, 2) : undefined;
  return value === undefined ? undefined : { value, isUnit: false, length: 3 };
}

/** `\u007e`, `\n` or `\"` */
function backslashAt(bytes: Buffer, at: number): Escape {
  const next = bytes[at + 1];
  if (bytes[at] !== BACKSLASH || next === undefined) return undefined;
  const value = next === SMALL_U ? numberAt(bytes, at + 2, 4) : undefined;
  return value === undefined
    ? { value: CONTROLS[next] ?? next, isUnit: false, length: 2 }
    : { value, isUnit: true, length: 6 };
}

function unescaped({ bytes, from, to }: Reading, escapeAt: (bytes: Buffer, at: number) => Escape): Reading {
  const writing = new Writing(bytes.length);
  for (let at = 0; at < bytes.length;) {
    const escape = escapeAt(bytes, at);
    const length = escape?.length ?? 1;
    const [start, end] = [from[at] ?? 0, to[at + length - 1] ?? 0];
    if (escape?.isUnit === true) writing.unit(escape.value, start, end);
    else writing.byte(escape?.value ?? bytes[at] ?? 0, start, end);
    at += length;
  }
  return writing.done();
}

/** So many hexadecimal digits as a number. */
function numberAt(bytes: Buffer, at: number, digits: number): number | undefined {
  let number = 0;
  for (let place = at; place < at + digits; place++) {
    const value = HEXADECIMAL.values[bytes[place] ?? 0] ?? -1;
    if (value < 0) return undefined;
    number = number * 16 + value;
  }
  return number;
}

/** Digits of so many bits, by their bytes; -1 for what is no digit. */
interface Digits {
  readonly bits: number;
  readonly values: Int8Array;
}

function digits(bits: number, ...alphabets: readonly string[]): Digits {
  const values = new Int8Array(256).fill(-1);
  for (const alphabet of alphabets) Buffer.from(alphabet).forEach((byte, value) => (values[byte] = value));
  return { bits, values };
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64 = digits(6, `${LETTERS}+/`, `${LETTERS}-_`);
const HEXADECIMAL = digits(4, "0123456789abcdef", "0123456789ABCDEF");

/** What each run of digits stands for. Its first may belong to the words before it, so every beginning is tried. */
function* encoded(reading: Reading, kind: Digits, least: number): Generator<Reading> {
  const { bytes } = reading;
  const fewest = Math.ceil((least * 8) / kind.bits);
  const beginnings = kind.bits === 4 ? 2 : 4;
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && (kind.values[bytes[at] ?? 0] ?? -1) >= 0) continue;
    for (let shift = 0; shift < beginnings && at - start - shift >= fewest; shift++)
      yield decoded(reading, kind, start + shift, at);
    start = at + 1;
  }
}

function decoded({ bytes, from, to }: Reading, kind: Digits, start: number, end: number): Reading {
  const writing = new Writing(((end - start) * kind.bits) >> 3);
  let value = 0;
  let bits = 0;
  let first = start;
  for (let at = start; at < end; at++) {
    value = ((value << kind.bits) | (kind.values[bytes[at] ?? 0] ?? 0)) & 0xffff;
    bits += kind.bits;
    if (bits < 8) continue;
    bits -= 8;
    writing.byte((value >> bits) & 0xff, from[first] ?? 0, to[at] ?? 0);
    first = bits === 0 ? at + 1 : at;
  }
  return writing.done();
}
