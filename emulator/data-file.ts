import { createPrivateKey } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { Account, Client } from "./entities";
import { FileLock } from "./file-lock";
import { isListOf, isRecord, isText, isTextList, parsedJson, type Check } from "./json";

/** What a data file keeps. */
interface Saved {
  /** PEM of the key that signs tokens. */
  readonly signingKey?: string | undefined;
  readonly accounts: readonly SavedAccount[];
}

interface SavedAccount extends Omit<Account, "clients" | "usage"> {
  readonly clients: readonly Client[];
  readonly usage: readonly (readonly [string, readonly (readonly [string, number])[]])[];
}

/**
 * The file of `--data`. It holds secrets, so nobody but its owner may read it, and it is what its name says: no link. One
 * emulator has it at a time: each writes the whole file, so a second one would undo what the first one wrote.
 */
export class DataFile {
  readonly #path: string;
  readonly #lock: FileLock;
  #isOpen = false;

  constructor(path: string) {
    this.#path = path;
    this.#lock = new FileLock(`${path}.lock`);
  }

  /** What was kept; undefined where there is no file yet. A file that is anything else is refused, and left as it is. */
  open(): Saved | undefined {
    // What is no file is refused before a lock is put beside it.
    this.#text();
    this.#takeLock();
    try {
      return this.#read();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Lets another emulator have the file; this one writes nothing any more. */
  close(): void {
    this.#isOpen = false;
    this.#lock.release();
  }

  /** The rename makes a kill at any moment leave the old file or the new one; a link in its place is replaced, not followed. */
  write(content: Saved): void {
    if (!this.#isOpen)
      throw new Error(
        `The emulator that had the data file ${this.#path} is closed: nothing is kept any more.`,
      );
    const part = `${this.#path}.new`;
    try {
      // What a kill has left, or somebody else put there: it may be a link, or open to everybody.
      rmSync(part, { force: true });
      writeFileSync(part, JSON.stringify({ format: 1, ...content }, undefined, 1), {
        mode: 0o600,
        flag: "wx",
      });
      renameSync(part, this.#path);
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  #takeLock(): void {
    let holder: string | undefined;
    try {
      holder = this.#lock.take();
    } catch (error) {
      throw this.#unwritable(error);
    }
    if (holder !== undefined)
      throw new Error(
        `The data file ${this.#path} is in use by another emulator (process ${holder}). ` +
          `Stop that one, or give another name with --data. If process ${holder} is no emulator, delete ${this.#path}.lock.`,
      );
    this.#isOpen = true;
  }

  #read(): Saved | undefined {
    const text = this.#text();
    if (text === undefined) return undefined;
    const content = parsedJson(text);
    if (!isSaved(content))
      throw new Error(
        `${this.#path} is not a data file of this emulator. Give another name, or delete it to start anew.`,
      );
    return content;
  }

  #text(): string | undefined {
    const file = this.#open();
    if (file === undefined) return undefined;
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) throw new Error(`${this.#path} is no plain file. Give another name with --data.`);
      if ((stats.mode & 0o077) !== 0) fchmodSync(file, 0o600);
      return readFileSync(file, "utf8");
    } catch (error) {
      throw codeOf(error) === UNKNOWN ? error : this.#unreadable(error);
    } finally {
      closeSync(file);
    }
  }

  #open(): number | undefined {
    try {
      // Not blocking, because opening a pipe would wait for who writes into it.
      return openSync(this.#path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      const code = codeOf(error);
      if (code === "ENOENT") return undefined;
      if (code === "ELOOP" || code === "EMLINK")
        throw new Error(`${this.#path} is a link. Give the data file itself with --data.`, { cause: error });
      throw this.#unreadable(error);
    }
  }

  #unwritable(error: unknown): Error {
    const code = codeOf(error);
    const message =
      code === "ENOENT"
        ? `The folder of the data file ${this.#path} does not exist.`
        : `The data file ${this.#path} cannot be written (${code}).`;
    return new Error(message, { cause: error });
  }

  #unreadable(error: unknown): Error {
    return new Error(`The data file ${this.#path} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

const UNKNOWN = "unknown reason";
const codeOf = (error: unknown): string =>
  isRecord(error) && typeof error["code"] === "string" ? error["code"] : UNKNOWN;

const isSaved = (content: unknown): content is Saved =>
  isRecord(content) &&
  content["format"] === 1 &&
  isSigningKey(content["signingKey"]) &&
  isListOf(content["accounts"], isAccount);

function isSigningKey(value: unknown): boolean {
  if (value === undefined) return true;
  try {
    return isText(value) && createPrivateKey(value).type === "private";
  } catch {
    return false;
  }
}

const isAccount = (value: unknown): boolean =>
  isRecord(value) &&
  hasTexts(value, "id", "name", "email") &&
  hasTexts(value["operator"], "id", "clientId", "clientSecret") &&
  isListOf(value["roles"], isRole) &&
  isListOf(value["clients"], isClient) &&
  isListOf(value["usage"], (entry) =>
    isPair(entry, (days) => isListOf(days, (day) => isPair(day, (amount) => typeof amount === "number"))),
  );

const isRole = (value: unknown): boolean =>
  hasTexts(value, "id", "name") && (value["expiration"] === null || isText(value["expiration"]));

const isClient = (value: unknown): boolean =>
  hasTexts(value, "id", "ownerId", "apiKey", "apiSecret", "name") &&
  ["JavaScript", "NativeConfidential"].includes(String(value["clientType"])) &&
  ["Origin", "IpAddress"].includes(String(value["sharedMode"])) &&
  ["allowedOrigins", "allowedIpAddresses", "grantedRoles"].every((field) => isTextList(value[field])) &&
  typeof value["isActive"] === "boolean" &&
  isRecord(value["extra"]);

const hasTexts = (value: unknown, ...fields: readonly string[]): value is Record<string, unknown> =>
  isRecord(value) && fields.every((field) => isText(value[field]));

const isPair = (value: unknown, isSecond: Check): boolean =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isSecond(value[1]);
