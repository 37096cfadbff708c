/** Where a verb reads from and writes to: the process's own, or a test's. */
export interface Terminal {
  readonly out: (text: string) => void;
  /** Progress, warnings and errors. */
  readonly err: (text: string) => void;
  /** Whether a person reads along: colour and rewritten lines only then. */
  readonly interactive: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Asks a person, and is undefined where there is none to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** How to wait, in milliseconds; in real time if left out. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Bold, red and so on, and nothing at all where no person reads along (or NO_COLOR is set). */
export function style(terminal: Terminal, kind: keyof typeof CODES, text: string): string {
  const plain = !terminal.interactive || terminal.environment["NO_COLOR"] !== undefined;
  return plain ? text : `\u001b[${CODES[kind]}m${text}\u001b[0m`;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
