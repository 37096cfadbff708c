const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescaped = (name: string): string =>
  name.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|lt|gt|quot|apos));/gi, (entity, decimal, hex, word) => {
    if (typeof word === "string") return ENTITIES[word.toLowerCase()] ?? entity;
    const code = typeof hex === "string" ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });

/**
 * What is left of a name whichever casing, blanks, Unicode form or HTML escapes a server stores it with. One that
 * escapes does so again with each write.
 */
export const bareName = (name: string): string =>
  unescaped(unescaped(unescaped(name)))
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

/** Whether a server may have stored the one name as the other, in another spelling. */
export const isRespelled = (sent: string, kept: string): boolean => bareName(sent) === bareName(kept);

const SHORTEST_REST = 8;

/** The same, or cut off after some characters; fewer than usual are enough where other signs say so too. */
export const isRewritten = (sent: string, kept: string, shortest = SHORTEST_REST): boolean =>
  isRespelled(sent, kept) || (kept.length >= shortest && bareName(sent).startsWith(bareName(kept)));
