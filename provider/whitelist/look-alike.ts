import { domainToUnicode } from "node:url";

/** Whether two different hosts are easily taken for each other: a letter off, another alphabet, another ending, or stuck together. */
export function looksAlike(listed: string, host: string): boolean {
  if (listed === host) return false;
  // evilacme.com, and acme.com.evil.example
  if (host.endsWith(listed) || host.startsWith(`${listed}.`)) return true;
  const [left, right] = [skeleton(listed), skeleton(host)];
  if (left === right || withoutEnding(left) === withoutEnding(right)) return true;
  return right.length > 4 && differsLittle(left, right);
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
  let end = 0;
  const most = Math.min(left.length, right.length) - start;
  while (end < most && left.at(-1 - end) === right.at(-1 - end)) end++;
  const [a, b] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const swapped = a.length === 2 && b === `${a[1] ?? ""}${a[0] ?? ""}`;
  return (a.length <= 1 && b.length <= 1) || swapped;
}
