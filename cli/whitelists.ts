import type { RemoteClient } from "../provider/model/wire";

/** How the API was seen to write that addresses are not restricted. */
export const ANY_ADDRESS = "*.*.*.*";

/** Which list the account says is in effect; null if it does not say. */
export function listInForce({
  sharedMode,
}: Pick<RemoteClient, "sharedMode">): "origins" | "addresses" | null {
  if (sharedMode === "Origin") return "origins";
  return sharedMode === "IpAddress" ? "addresses" : null;
}
