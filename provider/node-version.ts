/** The oldest Node.js that this package runs on, of each line that has one; a test holds them equal to package.json's. */
export const OLDEST_NODE = "22.21.0";
export const OLDEST_NODE_24 = "24.5.0";

/** What to do where Node.js is too old, or nothing. Older ones know no proxies, and would go past HTTPS_PROXY in silence. */
export function nodeProblem(version: string): string | undefined {
  const isOld = version.startsWith("22.")
    ? isBefore(version, OLDEST_NODE)
    : isBefore(version, OLDEST_NODE_24);
  if (!isOld) return undefined;
  return `pulumi-thinkgeo needs Node.js ${OLDEST_NODE} or newer, of 24 ${OLDEST_NODE_24}, and this is ${version}. Install a newer one, and put it first on PATH.`;
}

function isBefore(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split(".").map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
