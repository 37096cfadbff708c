import { ThinkGeoError } from "../cloud/failure";
import { IdMap, IdSet, sameId } from "../model/ids";
import { without, type Properties } from "../model/values";
import { sortedJson } from "../text";

/** What a resource of a program may have to do with a client. */
export type Tie = "has" | "adopts";

/** The other provider processes of the same run: a resource of theirs may have a client that one of this process gives up. */
export interface OtherProviders {
  /** Tells them what a resource of this process has to do with a client, or has not any more. */
  tell(tie: Tie, id: string, isSo: boolean): void;
  /** Whether a resource of theirs has this to do with a client. */
  hears(tie: Tie, id: string): boolean;
}

const ALONE: OtherProviders = { tell: () => undefined, hears: () => false };

/**
 * Which resource of the program each client belongs to when this run is over. State may hold a client a second time, for
 * a resource that is to be deleted: where a run that took the client over was cut off before its deletes. Then that
 * delete would end the key that is still declared. To a dynamic provider the engine tells no URN, so there a resource is
 * known by its inputs.
 */
export class Claims {
  /** Resources that state has, by the inputs that check completed, with the name that they had. */
  readonly #planned = new Map<string, unknown>();
  /** The resource that each client belongs to. */
  readonly #resources = new IdMap<string>();
  /** Clients that creates of this run have got: no resource of state comes to have them later. */
  readonly #taken = new IdSet();
  /** Planned resources whose client the engine has shown since. */
  readonly #shown = new Set<string>();
  /** Resources that state has under the same name, and that begin anew without their client being shown. */
  readonly #replaced = new Set<string>();

  /** @param keyOf tells resources apart, by the inputs that check completed */
  constructor(
    readonly keyOf: (inputs: Properties) => string = resourceKey,
    readonly others: OtherProviders = ALONE,
  ) {}

  /** Called by `check`. `olds` is empty where the engine makes a resource anew, even if `diff` gave it no reason to. */
  plan(olds: Properties, inputs: Properties): void {
    const resource = this.keyOf(inputs);
    if (Object.keys(olds).length > 0) {
      this.#planned.set(resource, olds["name"]);
      this.#shown.delete(resource);
      return;
    }
    // What has the new name, where that is another one, is not the client that is replaced.
    const isNameOfOld = this.#planned.has(resource) && this.#planned.get(resource) === inputs["name"];
    if (isNameOfOld && !this.#shown.has(resource)) this.#replaced.add(resource);
    const adopted = typeof inputs["adopt"] === "string" ? inputs["adopt"] : undefined;
    for (const [id, other] of this.#resources) {
      // An adopt line of the same client does not begin anew: two resources may be declared in the same words.
      if (other === resource && !sameId(adopted, id)) this.#withdraw(id);
    }
  }

  /** Whether a create with these inputs replaces a client of state that the engine has not shown (`replacementTrigger`). */
  isReplacement(inputs: Properties): boolean {
    return this.#replaced.has(this.keyOf(inputs));
  }

  /** Whether the program of this run declares these inputs for a resource that state has. */
  isPlanned(inputs: Properties): boolean {
    return this.#planned.has(this.keyOf(inputs));
  }

  /** Called by `diff`: whether this client can go on under these inputs; false if another resource of the program has it. */
  mayGoOn(id: string, inputs: Properties, goesOn: boolean): boolean {
    const resource = this.keyOf(inputs);
    this.#shown.add(resource);
    const holder = this.#resources.get(id);
    const claims = goesOn && this.#planned.has(resource);
    if (holder !== undefined && (holder !== resource || this.#taken.has(id))) return !claims;
    if (!claims) {
      this.#withdraw(id);
      return true;
    }
    // Told before it is asked: of two that ask at once, one at least is refused.
    this.#give(id, resource);
    return !this.others.hears("has", id);
  }

  /** An import gives this client to a resource; false if another has it. */
  import(id: string, resource: string): boolean {
    if ((this.#resources.get(id) ?? resource) !== resource) return false;
    this.#give(id, resource);
    return !this.others.hears("has", id);
  }

  /** A create takes this client over for a resource. */
  take(id: string, resource: string): void {
    this.#taken.add(id);
    this.#give(id, resource);
  }

  /** A resource gives up a client of its own. */
  release(id: string): void {
    this.#taken.delete(id);
    this.#withdraw(id);
  }

  /** Whether a resource of the program has the client, be it another provider's. */
  has(id: string): boolean {
    return this.#resources.has(id) || this.others.hears("has", id);
  }

  #give(id: string, resource: string): void {
    this.#resources.set(id, resource);
    this.others.tell("has", id, true);
  }

  #withdraw(id: string): void {
    this.#resources.delete(id);
    this.others.tell("has", id, false);
  }
}

/** One resource by its inputs, whichever generated name they have got. */
function resourceKey(inputs: Properties): string {
  const ignored = inputs["autoName"] === undefined ? ["__provider"] : ["__provider", "name"];
  return sortedJson(without(inputs, ignored));
}

/** Two resources with one client would undo each other's changes for ever. */
export const sharedClient = (name: string, id: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: `manage client ${JSON.stringify(name)} (${id})`,
    happened: "another resource of this program has the same client, or adopts it",
    next: "Nothing was changed. Give this resource another name in the program, without an adopt line or the option import: that makes a client of its own. If state has the client twice, take one of the two out with pulumi state delete.",
    heading: "already-managed",
  });
