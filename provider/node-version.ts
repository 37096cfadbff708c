/** The oldest Node.js that this package runs on, which undici sets; a test holds it equal to package.json's. */
export const OLDEST_NODE = "22.19.0";

/** What to do where Node.js is too old, or nothing. */
export function nodeProblem(version: string): string | undefined {
  if (!isBefore(version, OLDEST_NODE)) return undefined;
  return `pulumi-thinkgeo needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a newer one, and put it first on PATH.`;
}

function isBefore(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split(".").map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
