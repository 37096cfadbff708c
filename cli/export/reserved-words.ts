/** Words that cannot be the name of a constant at the top of a strict module, or that the program uses itself. */
const RESERVED = new Set(
  [
    "arguments as async await break case catch class const continue debugger declare default delete do else enum eval",
    "export extends false finally for from function get if implements import in infinity instanceof interface let nan",
    "new null of package private protected public return set static super switch this throw true try type typeof",
    "undefined using var void while with yield",
    "console exports global globalthis module process promise pulumi require thinkgeo",
  ].flatMap((line) => line.split(" ")),
);

export const isReserved = (word: string): boolean => RESERVED.has(word.toLowerCase());
