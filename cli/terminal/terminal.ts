import { Ending } from "./ending";
import { lineText, linesText, type Line } from "./lines";

/** Where a command reads from and writes to: the process's own, or a test's. */
export interface Streams {
  readonly out: (text: string) => void;
  /** Progress, warnings and errors. */
  readonly err: (text: string) => void;
  /** Whether a person reads along: colour, and lines that fit the screen, only then. */
  readonly interactive: boolean;
  /** How wide the screen is; 80 columns if nobody says. */
  readonly columns?: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Asks a person, and is undefined where there is none to ask. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** How to wait, in milliseconds; in real time if left out. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly ending?: Ending;
  /** Resolves when what was printed has arrived, or has failed to and the command is told to end. */
  readonly written?: () => Promise<void>;
}

const USUAL_COLUMNS = 80;
/** Wait so long before saying what is being waited for. */
const PROGRESS_AFTER_MS = 1_000;
const WIPE = "\r\u001b[K";

/** Everything that a verb says passes here. */
export class Terminal {
  readonly environment: Streams["environment"];
  readonly folder: string;
  readonly sleep: Streams["sleep"];
  readonly ending: Ending;
  /** Columns for help, and for whatever else a person reads on any screen. */
  readonly helpColumns: number;
  readonly #inColour: boolean;
  readonly #isDumb: boolean;

  constructor(private readonly streams: Streams) {
    const { environment, interactive } = streams;
    this.environment = environment;
    this.folder = streams.folder;
    this.sleep = streams.sleep;
    this.ending = streams.ending ?? new Ending();
    this.helpColumns = interactive ? Math.max(40, streams.columns ?? USUAL_COLUMNS) : USUAL_COLUMNS;
    this.#isDumb = environment["TERM"] === "dumb";
    // As no-color.org says: set, and not empty.
    this.#inColour = interactive && !this.#isDumb && (environment["NO_COLOR"] ?? "") === "";
  }

  /** How wide a table may be: a file or a log has lines of any length, so that a search finds whole rows. */
  get columns(): number {
    return this.streams.interactive ? this.helpColumns : Infinity;
  }

  /** Lines for a person. Where nobody reads them any more, what must be said goes to the other stream. */
  print(...lines: readonly Line[]): void {
    if (this.#isUnread) this.tell(...lines);
    else this.streams.out(linesText(lines, this.#inColour));
  }

  /** Whether what was printed has arrived. */
  async isRead(): Promise<boolean> {
    await this.streams.written?.();
    return !this.#isUnread;
  }

  get #isUnread(): boolean {
    return this.ending.end?.isUnread === true;
  }

  /** Lines for a person beside the result: progress, warnings, errors. */
  tell(...lines: readonly Line[]): void {
    this.streams.err(linesText(lines, this.#inColour));
  }

  /** A document for a program, which has escaped what it holds. */
  write(document: string): void {
    this.streams.out(document);
  }

  /** The answer of a person, if there is one to be asked. */
  get ask(): ((question: Line) => Promise<string>) | undefined {
    const { ask } = this.streams;
    if (ask === undefined) return undefined;
    return (question) => ask(`${lineText(question, false)} `, this.ending.signal);
  }

  /** Does some work, and says on one line what is being waited for if it takes longer than a second. */
  async waitingFor<T>(what: string, work: () => Promise<T>): Promise<T> {
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
