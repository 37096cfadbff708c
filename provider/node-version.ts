/** The oldest Node.js that this package runs on; a test holds it equal to package.json's. */
export const OLDEST_NODE = "22.19.0";

/** What to do where Node.js is too old, or nothing. Older ones fail inside undici, in words that help nobody. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `pulumi-thinkgeo needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a newer one, and put it first on PATH.`;
}
