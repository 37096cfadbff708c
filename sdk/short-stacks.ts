/**
 * Makes stacks one frame long until the answer is called. Pulumi's SDK writes down a stack for every promise of every
 * property of a resource, which is most of the time that a program with many resources takes (docs/performance.md). The
 * place in the program that it sends to the engine does not depend on this; but the SDK finds that place by counting
 * frames, so no class may stand between a resource's own and `CustomResource`.
 */
export function shortStacks(): () => void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  return () => {
    Error.stackTraceLimit = limit;
  };
}

/** Gives an error that was made meanwhile the frames that it lacks, so that it still names the line of the program. */
export function withCallers(error: unknown): unknown {
  if (error instanceof Error) {
    const callers = (new Error().stack ?? "").split("\n").slice(2);
    error.stack = [error.stack ?? String(error), ...callers].join("\n");
  }
  return error;
}
