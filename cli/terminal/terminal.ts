import { isDebugging } from "../../provider/troubleshooting";
import { Ending } from "./ending";
import { type Line, linesText, lineText } from "./lines";

/** Where a command reads from and writes to: those of the process, or of a test. */
export interface Streams {
  readonly out: (text: string) => void;
  /** Progress, warnings and errors. */
  readonly err: (text: string) => void;
  /** Whether standard output is a screen: only then there are colours, and lines that fit. */
  readonly interactive: boolean;
  /** How wide the screen is. @default 80 */
  readonly columns?: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Asks a person; undefined if there is none to be asked. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** How to wait, in milliseconds. @default in real time */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly ending?: Ending;
  /** Resolves when everything printed has been taken by its reader, or writing has failed and the command ends. */
  readonly flush?: () => Promise<void>;
}

const USUAL_COLUMNS = 80;
/** How long work may take before the terminal says what it is. */
const PROGRESS_AFTER_MS = 1_000;
const WIPE = "\r\u001b[K";

/** Everything that a command prints passes here. */
export class Terminal {
  readonly environment: Streams["environment"];
  readonly folder: string;
  readonly sleep: Streams["sleep"];
  readonly ending: Ending;
  /** Whether each request is logged, and the stack of an error is shown (THINKGEO_LOG=debug). */
  readonly isDebugging: boolean;
  /** The columns for help, on a screen or not. */
  readonly helpColumns: number;
  readonly #inColour: boolean;
  readonly #isDumb: boolean;

  constructor(private readonly streams: Streams) {
    const { environment, interactive } = streams;
    this.environment = environment;
    this.folder = streams.folder;
    this.isDebugging = isDebugging(environment);
    this.sleep = streams.sleep;
    this.ending = streams.ending ?? new Ending();
    this.helpColumns = interactive ? Math.max(40, streams.columns ?? USUAL_COLUMNS) : USUAL_COLUMNS;
    this.#isDumb = environment["TERM"] === "dumb";
    // As no-color.org says: if it is set and not empty.
    this.#inColour = interactive && !this.#isDumb && (environment["NO_COLOR"] ?? "") === "";
  }

  /** How wide tables and sentences may be. Without a screen there is no limit, so that a search in a log finds whole rows. */
  get columns(): number {
    return this.streams.interactive ? this.helpColumns : Infinity;
  }

  /** Prints lines for a person; to standard error if standard output cannot be written any more. */
  print(...lines: readonly Line[]): void {
    if (this.#isOutputClosed) this.log(...lines);
    else this.streams.out(linesText(lines, this.#inColour));
  }

  /** Whether everything printed so far could be written. */
  async flush(): Promise<boolean> {
    await this.streams.flush?.();
    return !this.#isOutputClosed;
  }

  get #isOutputClosed(): boolean {
    return this.ending.end?.isOutputClosed === true;
  }

  /** Prints lines for a person to standard error: progress, warnings, errors. */
  log(...lines: readonly Line[]): void {
    this.streams.err(linesText(lines, this.#inColour));
  }

  /** Prints a document that is escaped already. */
  write(document: string): void {
    this.streams.out(document);
  }

  /** Asks a person, and returns what was typed, without spaces around it; undefined if nobody can be asked. */
  get ask(): ((question: Line) => Promise<string>) | undefined {
    const { ask } = this.streams;
    if (ask === undefined) return undefined;
    return async (question) => (await ask(`${lineText(question, false)} `, this.ending.signal)).trim();
  }

  /** Does some work; on a screen, says what it is if that takes longer than a second. */
  async withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (!this.streams.interactive || this.#isDumb) return work();
    let wipe = "";
    const timer = setTimeout(() => {
      this.streams.err(`${WIPE}${lineText(what, false)}`);
      wipe = WIPE;
    }, PROGRESS_AFTER_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.streams.err(wipe);
    }
  }
}
