const HIDDEN = "[redacted]";
const SHORTEST_SECRET = 6;

/** Secrets this process has seen, in every spelling in which a server or a library may send them back. */
const known = new Set<string>();
/** The same in the order in which they are hidden: a part of a longer one that went first would leave the rest to be read. */
let longestFirst: readonly string[] = [];

// By the name that stands before them: JSON members, form and query parameters, headers; and JSON web tokens by their look.
const BY_NAME =
  /(["']?(?:api[-_]?secret|client[-_]?secret|access[-_]?token|refresh[-_]?token|password|authorization)["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:(?:bearer|basic)\s+)?[^\s"',;&}]+)/gi;
const BEARER = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g;

/** Remembers a secret so that {@link redact} hides it wherever it turns up. */
export function keepSecret(secret: string | undefined): void {
  if (secret === undefined || secret.length < SHORTEST_SECRET || known.has(secret)) return;
  for (const spelling of spellings(secret)) known.add(spelling);
}

/** As it is, in JSON, in an address, in a form, and with the hexadecimal digits of both in small letters. */
function spellings(secret: string): string[] {
  const whole = secret.replace(/\p{Cs}/gu, "\ufffd");
  const encoded = [encodeURIComponent(whole), new URLSearchParams([["", whole]]).toString().slice(1)];
  const small = encoded.map((text) => text.replace(/%../g, (escape) => escape.toLowerCase()));
  return [secret, JSON.stringify(secret).slice(1, -1), ...encoded, ...small];
}

/** The same text without secrets: known values first, then whatever stands behind a telling name. */
export function redact(text: string): string {
  // Sorted when somebody needs it: an account may have ten thousand secrets, and they come one by one.
  if (longestFirst.length !== known.size) longestFirst = [...known].sort((a, b) => b.length - a.length);
  let clean = text;
  for (const secret of longestFirst) clean = clean.replaceAll(secret, HIDDEN);
  return clean
    .replace(JSON_WEB_TOKEN, HIDDEN)
    .replace(BEARER, `$1 ${HIDDEN}`)
    .replace(BY_NAME, `$1${HIDDEN}`);
}
