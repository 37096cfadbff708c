import { readConfiguration, type Configuration } from "../provider/configuration";
import type { Terminal } from "./terminal";

/** One stack's configuration, as `pulumi config --json` gives it, secrets in plain. */
export type StackConfiguration = Readonly<Record<string, string>>;

/** What to sign in with: the stack's own configuration where one is given, else the environment, as in the provider. */
export function settings(terminal: Terminal, stack: StackConfiguration = {}): Configuration {
  return readConfiguration((key) => stack[key], terminal.environment, { keys: Object.keys(stack) });
}
