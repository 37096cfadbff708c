import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { isRecord } from "./json";

/** What stands in the locks of this process. */
const own = new Set<string>();

/** A file that says which process uses the file beside it. One that a dead process has left is taken over. */
export class FileLock {
  readonly #file: string;
  readonly #text = `${process.pid} ${randomUUID()}`;

  constructor(file: string) {
    this.#file = file;
  }

  /** Takes the lock, or answers the id of the process that has it. */
  take(): string | undefined {
    own.add(this.#text);
    const holder = this.#tried();
    if (holder !== undefined) own.delete(this.#text);
    return holder;
  }

  release(): void {
    own.delete(this.#text);
    if (textOf(this.#file) === this.#text) rmSync(this.#file, { force: true });
  }

  #tried(): string | undefined {
    if (create(this.#file, this.#text)) return undefined;
    const holder = textOf(this.#file);
    if (isHeld(holder)) return pidIn(holder);
    // Of several that find a dead one's lock, only the one that makes this second file removes it, after looking again.
    const removal = `${this.#file}.removal`;
    if (!create(removal, this.#text)) {
      const remover = textOf(removal);
      if (isHeld(remover)) return pidIn(remover);
      // Done in the meantime, or killed at that very moment.
      if (remover !== undefined) rmSync(removal, { force: true });
      return this.#tried();
    }
    try {
      if (!isHeld(textOf(this.#file))) rmSync(this.#file, { force: true });
      return create(this.#file, this.#text) ? undefined : pidIn(textOf(this.#file));
    } finally {
      rmSync(removal, { force: true });
    }
  }
}

/** Makes a lock, if there is none. Where nothing can be written, nothing can be lost, and none is needed. */
function create(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") return false;
    if (["EACCES", "EPERM", "EROFS"].includes(code)) return true;
    throw error;
  }
}

/** Undefined where there is no such file; "" where it cannot be read, or is being written now. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return codeOf(error) === "ENOENT" ? undefined : "";
  }
}

/** Whether who wrote this is still there, as far as can be told. */
function isHeld(text: string | undefined): boolean {
  if (text === undefined) return false;
  const pid = Number(pidIn(text));
  // A container that is started again has the ids of the one before.
  if (pid === process.pid) return own.has(text);
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

const pidIn = (text = ""): string => /^\d+/.exec(text)?.[0] ?? "unknown";

const codeOf = (error: unknown): string => (isRecord(error) ? String(error["code"]) : "");
