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
