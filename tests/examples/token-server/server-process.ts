import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { REPOSITORY } from "../../repository";
import { until } from "./until";

/** The server as users start it: a process of its own, with nothing but what it is given in its environment. */
export class ServerProcess {
  /** What it wrote, to stdout and stderr. */
  output = "";
  readonly #child: ChildProcess;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, ["server/main.ts"], {
      cwd: join(REPOSITORY, "examples/token-server"),
      env: { PORT: "0", NODE_NO_WARNINGS: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
  }

  /** Where it listens, once it does. */
  async url(): Promise<string> {
    const listening = /"event":"listening","url":"([^"]+)"/;
    await until(() => listening.test(this.output) || this.#child.exitCode !== null);
    const [, url] = listening.exec(this.output) ?? [];
    if (url === undefined) throw new Error(`The server did not start:\n${this.output}`);
    return url;
  }

  /** Reads no more of what it writes, as a collector of logs that has crashed. */
  stopReading(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** How it ended, once it has. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "close");
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  /** For the end of a test that may have failed before it ended the server. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.ended();
  }
}
