import fc from "fast-check";

const unit = fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff));

/** Any text, halves of characters included; fast-check's own takes a second to begin. */
export const anyText = (maxLength = 60): fc.Arbitrary<string> =>
  fc.array(unit, { maxLength }).map((points) => String.fromCodePoint(...points));
