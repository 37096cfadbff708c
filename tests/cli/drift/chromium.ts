import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Debian's chromium, installed if it is not there; undefined where that cannot be done outside of CI. */
export function findChromium(): string | undefined {
  const found = onPath();
  if (found !== undefined) return found;
  try {
    const apt = ["-y", "-qq", "-o", "DPkg::Lock::Timeout=300"];
    execFileSync("apt-get", ["update", ...apt], { stdio: "ignore", timeout: 300_000 });
    execFileSync("apt-get", ["install", "--no-install-recommends", ...apt, "chromium"], {
      stdio: "ignore",
      timeout: 600_000,
    });
  } catch (error) {
    if (process.env["CI"] !== undefined) throw new Error("chromium cannot be installed", { cause: error });
  }
  return onPath();
}

const onPath = (): string | undefined =>
  NAMES.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** One page in a browser without a window, spoken to over a pipe. */
export class BrowserPage {
  readonly #profile = mkdtempSync(join(tmpdir(), "thinkgeo-browser-"));
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { done: (answer: Answer) => void; fail: (error: Error) => void }>();
  readonly #events = new Map<string, () => void>();
  #session: string | undefined;
  #last = 0;
  #text = "";

  private constructor(program: string) {
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    const args = [...flags, "--remote-debugging-pipe", `--user-data-dir=${this.#profile}`];
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"] as const;
    this.#process = spawn(program, args, { detached: true, stdio: [...stdio] });
    (this.#process.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      this.#receive(text);
    });
    this.#process.on("exit", () => {
      for (const { fail } of this.#waiting.values()) fail(new Error("the browser has ended"));
    });
  }

  static async open(program: string, width: number, height: number): Promise<BrowserPage> {
    const page = new BrowserPage(program);
    const { targetId } = await page.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await page.send("Target.attachToTarget", { targetId, flatten: true });
    page.#session = String(sessionId);
    await page.send("Page.enable");
    await page.resize(width, height);
    return page;
  }

  async resize(width: number, height: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: true };
    await this.send("Emulation.setDeviceMetricsOverride", metrics);
  }

  async send(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#last;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    const { result = {}, error } = await new Promise<Answer>((done, fail) => {
      this.#waiting.set(id, { done, fail });
      (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async goTo(url: string): Promise<void> {
    const loaded = new Promise<void>((done) => this.#events.set("Page.loadEventFired", done));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** The value of an expression in the page; its own policy does not hold here. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send("Runtime.evaluate", { expression, returnByValue: true });
    return (result as { value?: unknown }).value;
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#process.once("exit", done));
    // With its children, which would go on writing to the profile.
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, "SIGKILL");
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20 });
  }

  #receive(text: string): void {
    const messages = (this.#text + text).split("\0");
    this.#text = messages.pop() ?? "";
    for (const message of messages) {
      const answer = JSON.parse(message) as Answer;
      if (answer.method !== undefined) this.#events.get(answer.method)?.();
      if (answer.id === undefined) continue;
      this.#waiting.get(answer.id)?.done(answer);
      this.#waiting.delete(answer.id);
    }
  }
}
