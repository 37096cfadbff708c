import { appendFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { OtherProviders, Tie } from "../client/claims";
import type { EngineAddress } from "../engine";
import { IdSet } from "../model/ids";

/**
 * What the provider processes of one run tell each other of clients, by a file each. Every explicit provider, every
 * version that a program asks for, and the dynamic provider is a process of its own; none sees what another is asked,
 * and the engine tells no provider what else state has. All that the engine starts in one phase of a run get the same
 * address of it, so files are in a folder of that name. A file whose process has ended says nothing: the engine stops its
 * providers when a phase is over, and ports are used again.
 */
export class OtherProcesses implements OtherProviders {
  readonly #folder: string | undefined;
  readonly #own: string;
  readonly #told = new Set<string>();
  /** What has been read of each file. */
  readonly #heard = new Map<string, Heard>();

  constructor(
    engine: EngineAddress | undefined,
    {
      base = unlessItFails(baseFolder),
      pid = process.pid,
    }: { readonly base?: string; readonly pid?: number } = {},
  ) {
    this.#own = String(pid);
    if (engine === undefined || base === undefined || !isOurs(base)) return;
    removeOld(base);
    const folder = join(base, String(engine.port));
    // Of a process that had the same number.
    unlessItFails(() => {
      unlinkSync(join(folder, this.#own));
    });
    this.#folder = folder;
  }

  tell(tie: Tie, id: string, isSo: boolean): void {
    const folder = this.#folder;
    const line = `${tie} ${id.toLowerCase()}`;
    if (folder === undefined || this.#told.has(line) === isSo) return;
    const append = (): true => {
      appendFileSync(join(folder, this.#own), `${isSo ? "+" : "-"}${line}\n`, { mode: 0o600 });
      return true;
    };
    const makeAndAppend = (): true => {
      mkdirSync(folder, { recursive: true, mode: PRIVATE });
      return append();
    };
    // What is not written is not taken for told.
    if ((unlessItFails(append) ?? unlessItFails(makeAndAppend)) === undefined) return;
    if (isSo) this.#told.add(line);
    else this.#told.delete(line);
  }

  hears(tie: Tie, id: string): boolean {
    const folder = this.#folder;
    if (folder === undefined) return false;
    const others = unlessItFails(() => readdirSync(folder)) ?? [];
    return others
      .filter((pid) => pid !== this.#own && isAlive(pid))
      .some((pid) => this.#read(join(folder, pid))[tie].has(id));
  }

  /** The clients that a process has each tie to, by the last that it told of each. */
  #read(file: string): Heard {
    const heard = this.#heard.get(file) ?? { length: 0, has: new IdSet(), adopts: new IdSet() };
    const text = unlessItFails(() => readFileSync(file, "utf8")) ?? "";
    // A line without its end is being written.
    const length = text.lastIndexOf("\n") + 1;
    for (const [, sign, tie, id] of text.slice(heard.length, length).matchAll(LINE)) {
      const ids = tie === "has" ? heard.has : heard.adopts;
      if (sign === "+") ids.add(id);
      else ids.delete(id ?? "");
    }
    const now = { ...heard, length };
    this.#heard.set(file, now);
    return now;
  }
}

type Heard = Readonly<Record<Tie, IdSet>> & { readonly length: number };

const LINE = /^([+-])(has|adopts) (.+)$/gm;

const PRIVATE = 0o700;

/** A folder of Pulumi's own: every user has another one, and all processes of a run have the same. */
const baseFolder = (): string =>
  join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "thinkgeo-runs");

/** Whether nobody else can write there: what stands there keeps clients from being deleted. */
function isOurs(base: string): boolean {
  return (
    unlessItFails(() => {
      mkdirSync(base, { recursive: true, mode: PRIVATE });
      const folder = lstatSync(base);
      const uid = process.getuid?.() ?? folder.uid;
      const isPrivate = process.platform === "win32" || (folder.mode & 0o022) === 0;
      return folder.isDirectory() && folder.uid === uid && isPrivate;
    }) ?? false
  );
}

const DAY_MS = 86_400_000;

/** Removes what runs of the days before have left: that a process is not seen does not say that it has ended, in a container. */
function removeOld(base: string): void {
  for (const port of unlessItFails(() => readdirSync(base)) ?? []) {
    const folder = join(base, port);
    unlessItFails(() => {
      if (Date.now() - lstatSync(folder).mtimeMs > DAY_MS) rmSync(folder, { recursive: true });
    });
  }
}

function isAlive(pid: string): boolean {
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Without such a folder the processes of a run know nothing of each other, and the run goes on. */
function unlessItFails<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
