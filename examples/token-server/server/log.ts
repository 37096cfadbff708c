/** What a line may hold. There is no way to hand it a token or the configuration by mistake. */
export interface LogEntry {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly message?: string;
  readonly status?: number;
  readonly outcome?: string;
  readonly caller?: string;
  readonly origin?: string;
  readonly reason?: string;
  readonly seconds?: number;
  readonly milliseconds?: number;
  readonly url?: string;
}

export type Log = (entry: LogEntry) => void;

/** One JSON object a line; JSON also keeps what callers send, such as line breaks, inside its line. */
export function logTo(write: (line: string) => void, wall: () => number): Log {
  return (entry) => {
    write(`${JSON.stringify({ time: new Date(wall()).toISOString(), ...entry })}\n`);
  };
}
