import type { RemoteClient } from "../../provider/model/wire";
import type { Managed } from "../stacks/managed";

/** What every new account has, by name. */
export const SAMPLES: readonly string[] = ["Sample Browser Client", "Sample Native Client"];

export type Place = "managed" | "unmanaged" | "sample" | "own" | "leaving";

/** Whose a client is. */
export function placeIn(
  client: RemoteClient,
  managed: readonly Managed[],
  ownId: string,
  leaving: ReadonlySet<string>,
): Place {
  if (managed.length > 0) return "managed";
  if (client.id === ownId) return "own";
  if (SAMPLES.includes(client.name)) return "sample";
  return leaving.has(client.id.toLowerCase()) ? "leaving" : "unmanaged";
}
