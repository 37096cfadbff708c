import { IdSet, sameId } from "../model/ids";
import type { Properties } from "../model/values";
import { digest } from "../text";
import { Claims, type OtherProviders } from "./claims";

/**
 * What the engine has shown this process of state. A client with a known id is not a lost one, and a generated name that
 * falls on a known one means that a replacement is under way.
 */
export class Known {
  readonly claims: Claims;
  readonly #names = new Set<string>();
  readonly #ids = new IdSet();
  readonly #owners = new IdSet();
  /** Clients that this run has proven gone or deletes. */
  readonly #leaving = new IdSet();
  /** Resources whose client is replaced for another reason than their adopt line. */
  readonly #withLeftOver = new Set<string>();
  /** Adopt lines of the program, by resource; undefined for one that has been carried out. */
  readonly #adoptLines = new Map<string, string | undefined>();

  constructor(keyOf?: (inputs: Properties) => string, others?: OtherProviders) {
    this.claims = new Claims(keyOf, others);
  }

  seeName(name: unknown): void {
    if (typeof name === "string") this.#names.add(name);
  }

  /** Frees the name of a client that has gone. The next one gets the same name, by which the old one is recognised if it is there after all. */
  freeName(name: string): void {
    this.#names.delete(name);
  }

  seeId(id: string): void {
    this.#ids.add(id);
  }

  /** @param adopted the adopt line that the client has had, which may still be in the program */
  seeLeaving(id: string, adopted?: string): void {
    this.#leaving.add(id);
    this.#leaving.add(adopted);
  }

  /**
   * Whether a resource's adopt line with this id is left over from a client that goes: what takes its place is a new one.
   * That another resource gives the client up in the same run is no reason: this one may be what is to have it.
   */
  isLeftOver(id: string, resource: string): boolean {
    return this.#leaving.has(id) || this.#withLeftOver.has(resource);
  }

  /** Called by `check`. `olds` is empty where the engine makes a resource anew: then what was said of it before holds. */
  seeAdoptLine(resource: string, olds: Properties, adopt: unknown): void {
    if (typeof adopt !== "string") return;
    const before = typeof olds["adopt"] === "string" ? olds["adopt"] : undefined;
    if (Object.keys(olds).length > 0 || !this.#adoptLines.has(resource))
      this.#setAdoptLine(resource, sameId(before, adopt) ? undefined : adopt);
  }

  /** Whether a resource of the program is yet to adopt this client: who gives it up must not end its key. */
  isToBeAdopted(id: string): boolean {
    return this.#isToBeAdoptedHere(id) || this.claims.others.hears("adopts", id);
  }

  #isToBeAdoptedHere(id: string): boolean {
    return [...this.#adoptLines.values()].some((adopt) => sameId(adopt, id));
  }

  #setAdoptLine(resource: string, adopt: string | undefined): void {
    const before = this.#adoptLines.get(resource);
    this.#adoptLines.set(resource, adopt);
    for (const id of [before, adopt])
      if (id !== undefined) this.claims.others.tell("adopts", id, this.#isToBeAdoptedHere(id));
  }

  /**
   * Called by `diff` where a resource's adopt line names what it has, or has had: it has been carried out. If the client is
   * replaced, the line is left over.
   */
  seeAdopted(resource: string, isReplaced: boolean): void {
    if (this.#adoptLines.has(resource)) this.#setAdoptLine(resource, undefined);
    if (isReplaced) this.#withLeftOver.add(resource);
  }

  seeOwner(ownerId: string | undefined): void {
    this.#owners.add(ownerId);
  }

  /** The accounts that state's clients belong to: one, unless somebody mixed credentials. */
  get owners(): readonly string[] {
    return [...this.#owners];
  }

  hasId(id: string): boolean {
    return this.#ids.has(id);
  }

  hasName(name: string): boolean {
    return this.#names.has(name);
  }

  hasNameBeginning(prefix: string): boolean {
    for (const name of this.#names) if (name.startsWith(prefix)) return true;
    return false;
  }
}

/** The inputs that make one generated name differ from another. */
interface NameSeed {
  /** `<resource>-<hash of its URN>`, as the SDK passes it. */
  readonly autoName: string;
  readonly type: unknown;
  readonly replaceWhenChanged: unknown;
}

const MOST_REPLACEMENTS = 1000;

/**
 * A name that is the same in every run, so that what an interrupted run left behind is recognised. Where state holds
 * one of the names already, the one after the last it holds is taken: old and new then live side by side.
 */
export function generateName(seed: NameSeed, known: Known): string {
  const prefix = seed.autoName.replace(/-[^-]*$/, "-");
  const candidate = (turn: number): string =>
    prefix + digest([seed.autoName, seed.type, seed.replaceWhenChanged ?? null, turn], 8);
  let turn = 0;
  if (known.hasNameBeginning(prefix)) {
    for (let used = 0; used < MOST_REPLACEMENTS; used++) if (known.hasName(candidate(used))) turn = used + 1;
  }
  return candidate(turn);
}
