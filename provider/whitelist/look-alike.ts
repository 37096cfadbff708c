import { domainToUnicode } from "node:url";

/** Whether two hosts that differ are easily taken for each other: a letter off, another alphabet, another ending, or stuck together. */
export function looksAlike(listed: string, host: string): boolean {
  // evilacme.com, and acme.com.evil.example
  if (host.endsWith(listed) || host.startsWith(`${listed}.`)) return true;
  const [left, right] = [skeleton(listed), skeleton(host)];
  return withoutEnding(left) === withoutEnding(right) || (right.length > 4 && differsLittle(left, right));
}

/** Letters that are drawn alike, as one of them. Few, and the usual ones: this gives a hint, it guards nothing. */
const DRAWN_ALIKE: Readonly<Record<string, string>> = {
  а: "a",
  е: "e",
  о: "o",
  р: "p",
  с: "c",
  у: "y",
  х: "x",
  і: "i",
  ο: "o",
  α: "a",
  ı: "i",
  "0": "o",
  "1": "l",
};

const skeleton = (host: string): string =>
  Array.from(domainToUnicode(host).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase())
    .map((letter) => DRAWN_ALIKE[letter] ?? letter)
    .join("")
    .replaceAll("rn", "m");

/** acme for acme.com; nothing that is alone in front of its ending is compared, lest all be alike. */
const withoutEnding = (host: string): string => host.replace(/\.[^.]*$/, "");

/** One letter more, less or other, or two that changed places. */
function differsLittle(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const [a, b] = [left.slice(start), right.slice(start)];
  const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}
