import * as z from "zod";
import type { RemoteClient } from "../../provider/model/wire";

/** When sweep first saw a client, by its id in lower case. */
export type Seen = ReadonlyMap<string, number>;

const instant = z.iso.datetime().transform((text) => Date.parse(text));
const seenFile = z.looseObject({
  version: z.literal(1),
  clients: z.array(z.looseObject({ id: z.string(), seen: instant })),
});

/** Reads a record; no text is the record of a first run. */
export function readSeen(file: string, text: string | undefined): Seen {
  if (text === undefined) return new Map();
  const parsed = seenFile.safeParse(parsedJson(text));
  if (!parsed.success)
    throw new Error(
      `${file} is not what "thinkgeo sweep --seen" writes: restore it, or delete it and begin anew.`,
    );
  return new Map(parsed.data.clients.map(({ id, seen }) => [id.toLowerCase(), seen]));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The record as it is now: with what is seen for the first time, without what the account lacks. */
export function seenAgain(
  seen: Seen,
  seenNow: readonly RemoteClient[],
  inAccount: readonly RemoteClient[],
  now: number,
): Seen {
  const there = new Set(inAccount.map(({ id }) => id.toLowerCase()));
  const first = seenNow.map(({ id }) => [id.toLowerCase(), now] as const);
  return new Map([...first, ...seen].filter(([id]) => there.has(id)));
}

/** The record's text: a line for each client in a fixed order, so that a review can read what changed. */
export function seenText(seen: Seen, inAccount: readonly RemoteClient[]): string {
  const names = new Map(inAccount.map(({ id, name }) => [id.toLowerCase(), name]));
  const lines = [...seen]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, at]) => JSON.stringify({ id, name: names.get(id) ?? "", seen: new Date(at).toISOString() }));
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  return `{\n  "version": 1,\n  "clients": ${list}\n}\n`;
}
