/** How every verb ends; docs/cli.md documents them. An interrupted one ends as shells say it: 128 and the signal's number. */
export const EXIT = { fine: 0, found: 1, failed: 2 } as const;
