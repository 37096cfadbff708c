/** What drift can find, in the order in which it is told. `fails`: whether it makes the exit code 1 unless --fail-on says otherwise. */
export const KINDS = {
  changed: { fails: true, about: "what the account has is not what the stack declared" },
  missing: { fails: true, about: "the stack declares it, and the account has no such client" },
  deactivated: { fails: true, about: "declared active, and switched off in the account" },
  "owned-twice": { fails: true, about: "more than one resource manages the same client" },
  "secret-changed": { fails: true, about: "the client's secret is not the one that the stack knows" },
  "evaluation-ending": { fails: false, about: "a role of the account ends, and with it its keys" },
  unmanaged: { fails: false, about: "in the account, and in none of the stacks" },
  unrestricted: { fails: false, about: "active, and usable from everywhere" },
  "too-wide": { fails: false, about: "one range of its whitelist is wider than /16" },
  "duplicate-name": { fails: false, about: "active clients that cannot be told apart by their name" },
  "sample-client": { fails: false, about: "a client that the account was born with is still active" },
} as const;

export type Kind = keyof typeof KINDS;

export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[];

export const DEFAULT_FAIL_ON: readonly Kind[] = ALL_KINDS.filter((kind) => KINDS[kind].fails);

export const isKindOfFinding = (text: string): text is Kind => Object.hasOwn(KINDS, text);
