/** What an answer's body turned out to be. Its text goes no further: it may hold secrets. */
export type Body =
  { readonly kind: "json"; readonly value: unknown } | { readonly kind: "empty" | "html" | "other" };

/** Reads a body without trusting its content type: the API itself labels JSON as text/plain. */
export function readAnswer(text: string): Body {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return { kind: "empty" };
  try {
    return { kind: "json", value: JSON.parse(trimmed) as unknown };
  } catch {
    // The parser's own message quotes the body.
    return { kind: trimmed.startsWith("<") ? "html" : "other" };
  }
}

/** The body in words that quote nothing. */
export function describeBody(body: Body): string {
  const words = { json: "JSON, but not the API's", empty: "empty", html: "an HTML page", other: "not JSON" };
  return words[body.kind];
}
