import { connect, type Connection } from "../../provider/client/connection";
import { realTime } from "../../provider/cloud/time";
import { Transport } from "../../provider/cloud/transport";
import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
  variableOf,
} from "../../provider/configuration";
import { sentence } from "../../provider/text";
import { isInProject, selectedStack, stackConfiguration, type StackConfiguration } from "../stacks/pulumi";
import type { Terminal } from "../terminal/terminal";
import { UserError, textOf } from "../../provider/troubleshooting";
import { Recorder } from "./recorder";

/** The stack whose configuration has the credentials. */
interface SignIn {
  /** The stack that was named on the command line. Without a name it is the selected one, if the folder is in a project. */
  readonly stack: string | undefined;
  /** The selected stack, if the caller knows it already. */
  readonly selected?: string | undefined;
  readonly cwd: string;
}

/** The configuration to sign in with: that of the stack, completed from the environment, as in the provider. */
export async function signIn(choice: SignIn, terminal: Terminal): Promise<Configuration> {
  const { stack, problem } = await stackOf(choice, terminal);
  if (problem !== undefined) {
    if (!isInEnvironment(terminal)) throw problem;
    terminal.log(`Note: ${sentence(textOf(problem))} The credentials of the environment are used instead.`);
  }
  if (choice.stack === undefined && stack !== undefined && isOther(stack, terminal))
    terminal.log(
      `Note: authenticating with the configuration of the selected stack ${stack.name}, and not with ${variableOf("clientId")} of the environment.`,
    );
  try {
    return readSettings(stack, terminal);
  } catch (error) {
    if (!(error instanceof ConfigurationError) || stack !== undefined) throw error;
    throw new UserError(
      error.heading,
      `${error.text} No stack's configuration was read: go to the folder of a Pulumi project, or name it with --cwd DIR, and the stack with --stack NAME.`,
      { cause: error },
    );
  }
}

/** The stack whose configuration is used, if any. That a selected stack cannot be read is returned, not thrown: the environment may do. */
export async function stackOf(
  { stack, selected, cwd }: SignIn,
  terminal: Terminal,
): Promise<{ readonly stack?: StackConfiguration; readonly problem?: Error }> {
  if (stack !== undefined) return { stack: await stackConfiguration(stack, cwd, terminal) };
  if (!isInProject(cwd, terminal)) return {};
  try {
    return {
      stack: await stackConfiguration(selected ?? (await selectedStack(cwd, terminal)), cwd, terminal),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problem: error };
  }
}

/** Whether the environment names another client than the stack's configuration. */
function isOther({ values }: StackConfiguration, { environment }: Terminal): boolean {
  const [own, other] = [values["thinkgeo:clientId"], environment[variableOf("clientId")]?.trim()];
  return own !== undefined && other !== undefined && other !== "" && own.trim() !== other;
}

export const isInEnvironment = ({ environment }: Pick<Terminal, "environment">): boolean =>
  ["clientId", "clientSecret"].every((key) => (environment[variableOf(key)] ?? "").trim() !== "");

export const readSettings = (
  stack: Pick<StackConfiguration, "values"> | undefined,
  { environment }: Pick<Terminal, "environment">,
): Configuration => {
  const values = stack?.values ?? {};
  return readConfiguration((key) => values[key], environment, { keys: Object.keys(values) });
};

/** The provider's own connection to an account, and a record of its requests without the bodies of their responses. */
export interface RecordedConnection extends Connection {
  readonly recorder: Recorder;
}

/** Connects for as long as `work` lasts. The token is fetched with the first request. */
export async function withConnection<T>(
  configuration: Configuration,
  terminal: Terminal,
  work: (connection: RecordedConnection) => Promise<T>,
): Promise<T> {
  const log = (line: string): void => {
    terminal.log(line);
  };
  const transport = new Transport(terminal.environment);
  const recorder = new Recorder(transport, realTime.wall, "headers");
  const connection = connect(configuration, {
    log: terminal.isDebugging ? log : undefined,
    transport,
    sender: recorder,
  });
  try {
    return await work({ ...connection, recorder });
  } finally {
    transport.close();
  }
}
