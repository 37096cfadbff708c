/* As prettier counts: pictures and East Asian letters are two columns wide, marks above letters none. */
const PICTURE = /[\u{1f1e6}-\u{1f1ff}]{2}|\p{Extended_Pictographic}\ufe0f|\p{Emoji_Presentation}/gu;
const INVISIBLE = /[\u0300-\u036f\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/gu;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/gu;

/** How many columns a text takes on a screen. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  const plain = text.replace(PICTURE, "  ").replace(INVISIBLE, "");
  return Array.from(plain.replace(WIDE, "  ")).length;
}
