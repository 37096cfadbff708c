/** Whether a text matches a pattern in which `*` stands for anything and `?` for one character. Never takes long. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let sign = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[sign] === "*") {
      star = sign++;
      retry = at;
    } else if (sign < pattern.length && (pattern[sign] === "?" || pattern[sign] === text[at])) {
      sign++;
      at++;
    } else if (star !== -1) {
      // The last star takes one character more.
      sign = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[sign] === "*") sign++;
  return sign === pattern.length;
}
