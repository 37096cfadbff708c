/** What an answer's body turned out to be. Its text goes no further: it may hold secrets. */
export type Body =
  { readonly kind: "json"; readonly value: unknown } | { readonly kind: "empty" | "html" | "deep" | "other" };

/** .NET, which the API seems to be made with, writes and reads no more levels by default; the API itself needs about six. */
const DEEPEST = 64;

/** Reads a body without trusting its content type: the API itself labels JSON as text/plain. */
export function readAnswer(text: string): Body {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return { kind: "empty" };
  // Whatever walks through it later, such as JSON.stringify, would find no end of the stack.
  if (isDeep(trimmed)) return { kind: "deep" };
  try {
    return { kind: "json", value: JSON.parse(trimmed) as unknown };
  } catch {
    // The parser's own message quotes the body.
    return { kind: trimmed.startsWith("<") ? "html" : "other" };
  }
}

/** Counts brackets, so that what is too deep is not even parsed: that would take memory without end. */
function isDeep(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The closing quote of the string that begins there. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - backslashes - 1] === "\\") backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

/** The body in words that quote nothing. */
export function describeBody(body: Body): string {
  const words = {
    json: "JSON, but not the API's",
    deep: `JSON, but not the API's: it is nested more than ${DEEPEST} levels deep`,
    empty: "empty",
    html: "an HTML page",
    other: "not JSON",
  };
  return words[body.kind];
}
