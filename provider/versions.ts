/** What is supported; a test holds both equal to package.json's. undici sets Node's, and `autoName` under components Pulumi's. */
export const OLDEST = { node: "22.19.0", pulumi: "3.216.0" } as const;

/** What to do where Node.js is too old, or nothing. */
export function nodeProblem(version: string): string | undefined {
  if (isAtLeast(version, OLDEST.node)) return undefined;
  return `pulumi-thinkgeo needs Node.js ${OLDEST.node} or newer, and this is ${version}. Install a newer one, and put it first on PATH.`;
}

/** Whether a version is a given one, or newer; what follows its three numbers does not count. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [given, wanted] = [version, oldest].map((text) =>
    text
      .replace(/[-+].*/s, "")
      .split(".")
      .map(Number),
  );
  for (const [index, number] of (wanted ?? []).entries()) {
    const own = given?.[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

/** This package's version, as servers see it (a test holds it equal to package.json's). */
export const VERSION = "0.2.0";
