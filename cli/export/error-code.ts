/** What the system calls an error (`ENOENT`), if it is one of the system's. */
export const errorCode = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
