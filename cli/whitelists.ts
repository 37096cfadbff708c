import type { RemoteClient } from "../provider/model/wire";

/** Which list the account says is in effect; null if it does not say. */
export function listInForce({
  sharedMode,
}: Pick<RemoteClient, "sharedMode">): "origins" | "addresses" | null {
  if (sharedMode === "Origin") return "origins";
  return sharedMode === "IpAddress" ? "addresses" : null;
}
