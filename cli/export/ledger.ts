import * as z from "zod";

/** Beside the program: what export has written into it, so that it is not written again after an `adopt` line was taken out. */
export const LEDGER = "thinkgeo-export.json";

/** Resources' names by their client's GUID, in lower case. */
export type Ledger = ReadonlyMap<string, string>;

const file = z.looseObject({ version: z.literal(1), clients: z.record(z.string(), z.string()) });

export function parseLedger(text: string): Ledger {
  const parsed = file.safeParse(readJson(text));
  if (!parsed.success)
    throw new Error(
      `${LEDGER} is not what export wrote: put it back from version control, or delete it if every resource in the program still has its adopt line.`,
    );
  return new Map(Object.entries(parsed.data.clients).map(([id, resource]) => [id.toLowerCase(), resource]));
}

export function printLedger(ledger: Ledger): string {
  const clients = Object.fromEntries([...ledger].sort(([left], [right]) => (left < right ? -1 : 1)));
  return `${JSON.stringify({ version: 1, clients }, undefined, 2)}\n`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
