/** What stops the set-up: one sentence that says what is missing and what to do, after the output that explains it. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [details] output of the tool that failed, shown before the sentence
   */
  constructor(message, details = "") {
    super(message);
    this.name = "SetupError";
    this.details = details;
  }
}

/**
 * Says what stopped the set-up, and ends this process with 1. Anything else is a fault of the set-up itself.
 *
 * @param {unknown} error
 */
export function endWith(error) {
  if (!(error instanceof SetupError)) throw error;
  if (error.details !== "") process.stderr.write(`${error.details}\n`);
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
