/** How every verb ends; docs/cli.md documents them. An interrupted one ends as shells say it: 128 and the signal's number. */
export const EXIT = { fine: 0, found: 1, failed: 2 } as const;

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Why a command ends before its time. */
export interface End {
  readonly why: string;
  /** Exit code. */
  readonly code: number;
  /** Whether nobody reads what is printed any more. */
  readonly isUnread?: boolean;
}

/**
 * How a command ends before its time: somebody interrupts it, or nobody reads what it prints. Most verbs change nothing and
 * stop at once. Work that must come to an end of its own, such as deletes under way, is shielded: it sees the signal, begins
 * nothing new and says what it did, and the process waits for that.
 */
export class Ending {
  readonly #abort = new AbortController();
  #shielded = 0;
  #end: End | undefined;
  #leave: (end: End) => void = () => undefined;
  /** What is still to be said if a second signal does not let shielded work finish. */
  lastWords: () => void = () => undefined;

  /** Resolves once the command is to end and nothing is under way that must be waited for. */
  readonly left = new Promise<End>((resolve) => {
    this.#leave = resolve;
  });

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get end(): End | undefined {
    return this.#end;
  }

  /** Ends the command; the first reason counts. */
  because(end: End): void {
    this.#end ??= end;
    this.#abort.abort();
    this.#leaveIfFree();
  }

  /** Nobody gets to read what is printed. */
  outputFailed(error: Error): void {
    const code = "code" in error ? String(error.code) : error.message;
    const why =
      code === "EPIPE"
        ? "whoever read its output has gone (EPIPE), so the rest of it was not shown"
        : `its output could not be written (${code}), so it is not complete`;
    this.because({ why, code: EXIT.failed, isUnread: true });
  }

  async shielded<T>(work: () => Promise<T>): Promise<T> {
    this.#shielded += 1;
    try {
      return await work();
    } finally {
      this.#shielded -= 1;
      this.#leaveIfFree();
    }
  }

  /** Listens to the signals of this process while some work lasts; `say` tells a person what is going on. */
  async listening<T>(say: (text: string) => void, work: () => Promise<T>): Promise<T> {
    const listeners = Object.entries(SIGNALS).map(([signal, number]) => {
      const listener = (): void => {
        const code = 128 + number;
        if (this.#end !== undefined) {
          this.lastWords();
          process.exit(code);
        }
        if (this.#shielded > 0)
          say("Interrupted: finishing what is under way. Interrupt again to leave at once.");
        this.because({ why: `interrupted (${signal})`, code });
      };
      process.on(signal, listener);
      return { signal, listener };
    });
    try {
      return await work();
    } finally {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    }
  }

  #leaveIfFree(): void {
    if (this.#end !== undefined && this.#shielded === 0) this.#leave(this.#end);
  }
}
