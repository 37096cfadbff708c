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

// What JSON leaves as it is and a screen obeys, or does not show: C1 controls, line ends, marks that turn text round; and
// what makes a command for a pipeline's runner.
const UNSAFE =
  /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|#(?=#\w{0,20}\[)/g;

/** One JSON object a line. What callers send, such as line breaks, stays inside its line and harms nobody who reads it. */
export function logTo(write: (line: string) => void, wall: () => number): Log {
  return (entry) => {
    const line = JSON.stringify({ time: new Date(wall()).toISOString(), ...entry });
    write(`${line.replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`);
  };
}
