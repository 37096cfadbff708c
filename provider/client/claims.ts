import { sortedJson } from "../sorted-json";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Which clients this run leaves in force for a resource of the program. State may hold one of them a second time, for a
 * resource that is to be deleted: where a run that took a client over was cut off before its deletes. Then that delete
 * would end the key that is still declared.
 */
export class InForce {
  /** Inputs of resources that state has, as check completed them: what diff is asked about before that is a refresh. */
  readonly #planned = new Map<string, unknown>();
  readonly #inputs = new Map<string, string>();
  /** Inputs of planned resources whose client the engine has shown since. */
  readonly #shown = new Set<string>();
  /** Inputs of resources that state has under the same name, and that begin anew without their client being shown. */
  readonly #replaced = new Set<string>();

  /** The engine is at a resource of the program; `olds` is empty if it begins anew, be it that diff saw no reason to. */
  plan(olds: Inputs, inputs: Inputs): void {
    const key = keyOf(inputs);
    if (Object.keys(olds).length > 0) {
      this.#planned.set(key, olds["name"]);
      this.#shown.delete(key);
      return;
    }
    // What has the new name, where that is another one, is not the client that is replaced.
    const isNameOfOld = this.#planned.has(key) && this.#planned.get(key) === inputs["name"];
    if (isNameOfOld && !this.#shown.has(key)) this.#replaced.add(key);
    for (const [id, other] of this.#inputs) if (other === key) this.#inputs.delete(id);
  }

  /** Whether a create with these inputs replaces a client of state that the engine has not shown (`replacementTrigger`). */
  isReplacement(inputs: Inputs): boolean {
    return this.#replaced.has(keyOf(inputs));
  }

  /** Whether the program of this run declares these inputs for a resource that state has. */
  isPlanned(inputs: Inputs): boolean {
    return this.#planned.has(keyOf(inputs));
  }

  /**
   * The engine has asked whether this client can go on under these inputs. Answers false if it does so already, for
   * another resource of the program.
   */
  judge(id: string, inputs: Inputs, goesOn: boolean): boolean {
    const key = keyOf(inputs);
    this.#shown.add(key);
    const holder = this.#inputs.get(id.toLowerCase());
    if (holder !== undefined && holder !== key) return !(goesOn && this.#planned.has(key));
    if (goesOn && this.#planned.has(key)) this.#inputs.set(id.toLowerCase(), key);
    else this.#inputs.delete(id.toLowerCase());
    return true;
  }

  /** A create takes this client over. */
  take(id: string, inputs: Inputs): void {
    this.#inputs.set(id.toLowerCase(), keyOf(inputs));
  }

  /** A resource gives up a client of its own. */
  release(id: string): void {
    this.#inputs.delete(id.toLowerCase());
  }

  has(id: string): boolean {
    return this.#inputs.has(id.toLowerCase());
  }
}

/** One resource's inputs, whichever generated name they have got. */
function keyOf(inputs: Inputs): string {
  const ignored = inputs["autoName"] === undefined ? ["__provider"] : ["__provider", "name"];
  return sortedJson(Object.fromEntries(Object.entries(inputs).filter(([key]) => !ignored.includes(key))));
}
