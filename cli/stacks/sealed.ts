/** How Pulumi's state marks a secret. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Properties as a state holds them, with its secrets taken out of their wrapping. */
export interface Opened {
  readonly values: Readonly<Record<string, unknown>>;
  /** Those that are, or hold, a secret: never to be shown. */
  readonly secret: ReadonlySet<string>;
  /** Those of them that are encrypted, so that there is no value to compare. */
  readonly sealed: ReadonlySet<string>;
}

/** Reads what `pulumi stack export` wrote, with or without --show-secrets. */
export function openProperties(properties: Readonly<Record<string, unknown>>): Opened {
  const secret = new Set<string>();
  const sealed = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (key === "__provider") continue;
    values[key] = open(value, (isOpen) => {
      secret.add(key);
      if (!isOpen) sealed.add(key);
    });
  }
  return { values, secret, sealed };
}

function open(value: unknown, found: (isOpen: boolean) => void): unknown {
  if (Array.isArray(value)) return value.map((item) => open(item, found));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  if (!members.some(([key, member]) => key === MARK && member === SECRET))
    return Object.fromEntries(members.map(([key, member]) => [key, open(member, found)]));
  const plain = "plaintext" in value && typeof value.plaintext === "string" ? value.plaintext : undefined;
  const inner = plain === undefined ? undefined : parsed(plain);
  found(inner !== undefined);
  return open(inner, found);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message would quote the secret.
    return undefined;
  }
}
