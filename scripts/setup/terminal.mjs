import * as fs from "node:fs";

/**
 * Whether the children of this process have a signal already, so that it must not be passed on: a second one makes Pulumi drop what it is
 * doing. A terminal sends ^C to its whole foreground group. On Windows a signal never comes from elsewhere than the console, which gives it
 * to all of its processes; to pass it on would end the child at once.
 *
 * @param {NodeJS.Signals} signal
 */
export function reachedChildren(signal, windows = process.platform === "win32") {
  return windows || ((signal === "SIGINT" || signal === "SIGQUIT") && hasTerminal());
}

function hasTerminal() {
  try {
    fs.closeSync(fs.openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
