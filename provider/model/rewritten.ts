const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What is left of a name whichever casing, blanks, Unicode form or HTML escapes a server stores it with. */
const core = (name: string): string =>
  name
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|lt|gt|quot|apos));/gi, (entity, decimal, hex, word) => {
      if (typeof word === "string") return ENTITIES[word.toLowerCase()] ?? entity;
      const code = typeof hex === "string" ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    })
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

/** Whether a server may have stored the one name as the other, in another spelling. */
export const isRespelled = (sent: string, kept: string): boolean => core(sent) === core(kept);

const SHORTEST_REST = 8;

/** The same, or cut off after some characters. */
export const isRewritten = (sent: string, kept: string): boolean =>
  isRespelled(sent, kept) || (kept.length >= SHORTEST_REST && core(sent).startsWith(core(kept)));
