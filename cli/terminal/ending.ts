/** The exit codes of every command, documented in docs/reference/cli.md. An interrupted one ends with 128 plus the signal's number. */
export const EXIT = { ok: 0, findings: 1, error: 2 } as const;

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Why a command ends early. */
interface End {
  readonly why: string;
  /** Exit code. */
  readonly code: number;
  /** Whether standard output cannot be written any more. */
  readonly isOutputClosed?: boolean;
}

/**
 * How a command ends early: it is interrupted, or its output cannot be written. Most commands change nothing and stop at once.
 * Work that must not be cut off, such as deletes, is shielded: it sees the signal, begins nothing new and reports what it did,
 * and the process waits for that.
 */
export class Ending {
  readonly #abort = new AbortController();
  #shielded = 0;
  #end: End | undefined;
  #leave: (end: End) => void = () => undefined;
  /** Called if a second signal ends the process before shielded work is finished. */
  beforeForcedExit: () => void = () => undefined;

  /** Resolves when the command is to end and no shielded work is under way. */
  readonly mayExit = new Promise<End>((resolve) => {
    this.#leave = resolve;
  });

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get end(): End | undefined {
    return this.#end;
  }

  /** Ends the command; the first reason counts. */
  endBecause(end: End): void {
    this.#end ??= end;
    this.#abort.abort();
    this.#leaveIfFree();
  }

  /** Ends the command because standard output cannot be written. */
  outputFailed(error: Error): void {
    const code = "code" in error ? String(error.code) : error.message;
    const why =
      code === "EPIPE"
        ? "whoever read its output has gone (EPIPE), so the rest of it was not shown"
        : `its output could not be written (${code}), so it is not complete`;
    this.endBecause({ why, code: EXIT.error, isOutputClosed: true });
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

  /** Listens to the signals of this process while `work` lasts; `say` prints for a person. */
  async listening<T>(say: (text: string) => void, work: () => Promise<T>): Promise<T> {
    const listeners = Object.entries(SIGNALS).map(([signal, number]) => {
      const listener = (): void => {
        const code = 128 + number;
        if (this.#end !== undefined) {
          this.beforeForcedExit();
          process.exit(code);
        }
        if (this.#shielded > 0)
          say("Interrupted: finishing what is under way. Interrupt again to leave at once.");
        this.endBecause({ why: `interrupted (${signal})`, code });
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
