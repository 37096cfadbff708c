/** The form of every id of the API. Its keys have another. */
export const isGuid = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);

/*
 * A GUID means the same in either case, and answers, states and adopt lines may differ in it. Ids are compared without
 * regard to case here and nowhere else; they are sent as the API spelled them, in case a service compares them as text.
 */
const keyOf = (id: string): string => id.toLowerCase();

export const sameId = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined && right !== undefined && keyOf(left) === keyOf(right);

export class IdMap<T> {
  readonly #entries = new Map<string, readonly [id: string, value: T]>();

  constructor(entries: Iterable<readonly [id: string, value: T]> = []) {
    for (const [id, value] of entries) this.set(id, value);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): T | undefined {
    return this.#entries.get(keyOf(id))?.[1];
  }

  has(id: string | undefined): boolean {
    return id !== undefined && this.#entries.has(keyOf(id));
  }

  set(id: string, value: T): void {
    this.#entries.set(keyOf(id), [id, value]);
  }

  delete(id: string): void {
    this.#entries.delete(keyOf(id));
  }

  values(): T[] {
    return [...this.#entries.values()].map(([, value]) => value);
  }

  /** Ids as they were spelled last, with their values. */
  [Symbol.iterator](): Iterator<readonly [id: string, value: T]> {
    return this.#entries.values();
  }
}

export class IdSet {
  readonly #ids = new IdMap<undefined>();

  constructor(ids: Iterable<string | undefined> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#ids.size;
  }

  add(id: string | undefined): void {
    if (id !== undefined) this.#ids.set(id, undefined);
  }

  has(id: string | undefined): boolean {
    return this.#ids.has(id);
  }

  delete(id: string): void {
    this.#ids.delete(id);
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const [id] of this.#ids) yield id;
  }
}
