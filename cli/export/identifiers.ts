import { isReserved } from "./reserved-words";

/** How a client is called in the program. */
export interface Naming {
  /** The resource's name: part of its URN, so it must never change. */
  readonly resource: string;
  /** The constant that holds it. */
  readonly variable: string;
}

/** What is named. */
export interface Nameable {
  readonly id: string;
  readonly name: string;
}

/** Names that are in use already. */
export interface Taken {
  readonly resources: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

const LONGEST_STEM = 40;
/* Letters of scripts that run from left to right, and that every TypeScript knows. */
const WORD =
  /(?:(?=[\p{L}\d])[a-z\d\u00df-\u024f\u0370-\u03ff\u0400-\u052f\u3041-\u30ff\u3400-\u4db5\u4e00-\u9fa5\uac00-\ud7a3])+/gu;

/**
 * Readable names, one for each client, by position. Where several would get the same, each of them carries the
 * beginning of its GUID, so that no name depends on the order.
 */
export function nameAll(clients: readonly Nameable[], taken: Taken): Naming[] {
  const stems = clients.map(stemOf);
  const count = new Map<string, number>();
  for (const stem of stems) {
    const { variable } = namingOf(stem);
    count.set(variable, (count.get(variable) ?? 0) + 1);
  }
  const variables = new Set(taken.variables);
  const resources = new Set(taken.resources);
  // Names that nobody else wants are given first, whatever their place: they must not depend on the others.
  const alone = (index: number): boolean => count.get(namingOf(stems[index] ?? []).variable) === 1;
  const order = [...clients.keys()].sort((a, b) => Number(alone(b)) - Number(alone(a)) || a - b);
  const names: Naming[] = [];
  for (const index of order) {
    const stem = stems[index] ?? [];
    const id = (clients[index]?.id ?? "").toLowerCase().replace(/[^a-z0-9]/g, "");
    const isFree = ({ variable, resource }: Naming): boolean =>
      !variables.has(variable) && !resources.has(resource);
    const name = firstFree(stem, id, alone(index), isFree);
    variables.add(name.variable);
    resources.add(name.resource);
    names[index] = name;
  }
  return names;
}

function firstFree(
  stem: readonly string[],
  id: string,
  mayBeBare: boolean,
  isFree: (naming: Naming) => boolean,
): Naming {
  const better = [...(mayBeBare ? [stem] : []), [...stem, id.slice(0, 8)], [...stem, id]].map(namingOf);
  let naming = better.find(isFree);
  for (let turn = 2; naming === undefined; turn++) {
    const next = namingOf([...stem, id, String(turn)]);
    if (isFree(next)) naming = next;
  }
  return naming;
}

/** The words of a name that a program can have: accents are dropped, signs and pictures left out. */
function stemOf({ id, name }: Nameable): string[] {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=[a-z])\p{Mn}+/gu, "");
  const words: string[] = plain.normalize("NFC").match(WORD) ?? [];
  if (words.length === 0)
    return [
      "client",
      id
        .slice(0, 8)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, ""),
    ];
  const kept = [(words[0] ?? "").slice(0, LONGEST_STEM)];
  for (const word of words.slice(1)) {
    if ([...kept, word].join("-").length > LONGEST_STEM) break;
    kept.push(word);
  }
  return kept;
}

function namingOf(words: readonly string[]): Naming {
  const [first = "", ...rest] = words;
  const joined = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const variable = /^\d/.test(joined) ? `client${joined}` : isReserved(joined) ? `${joined}Client` : joined;
  return { resource: words.join("-"), variable };
}
