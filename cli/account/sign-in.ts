import {
  ConfigurationError,
  readConfiguration,
  variableOf,
  type Configuration,
} from "../../provider/configuration";
import { isInProject, selectedStack, stackSettings, type StackSettings } from "../stacks/stack";
import type { Terminal } from "../terminal/terminal";
import { sentence } from "../text";

/** Whose configuration to sign in with. */
export interface SignIn {
  /** A stack that was named; otherwise the one that is selected, if there is a project. */
  readonly stack: string | undefined;
  /** The one that is selected, where that has been asked already. */
  readonly selected?: string | undefined;
  readonly cwd: string;
}

/** What to sign in with: the stack's configuration, and for what it lacks the environment, as in the provider. */
export async function signIn(choice: SignIn, terminal: Terminal): Promise<Configuration> {
  const { stack, problem } = await stackOf(choice, terminal);
  if (problem !== undefined) {
    if (!isInEnvironment(terminal)) throw problem;
    terminal.tell(`Note: ${sentence(problem.message)} The credentials of the environment are used instead.`);
  }
  if (choice.stack === undefined && stack !== undefined && isOther(stack, terminal))
    terminal.tell(
      `Note: signing in with the configuration of the selected stack ${stack.name}, and not with ${variableOf("clientId")} of the environment.`,
    );
  try {
    return readSettings(stack, terminal);
  } catch (error) {
    if (!(error instanceof ConfigurationError) || stack !== undefined) throw error;
    throw new Error(
      `${error.message} No stack's configuration was read: go to the folder of a Pulumi project, or name it with --cwd DIR, and the stack with --stack NAME.`,
      { cause: error },
    );
  }
}

/** The stack that signs in, if any; and why the one that is only selected cannot be read, which need not be the end. */
export async function stackOf(
  { stack, selected, cwd }: SignIn,
  terminal: Terminal,
): Promise<{ readonly stack?: StackSettings; readonly problem?: Error }> {
  if (stack !== undefined) return { stack: await stackSettings(stack, cwd, terminal) };
  if (!isInProject(cwd, terminal)) return {};
  try {
    return { stack: await stackSettings(selected ?? (await selectedStack(cwd, terminal)), cwd, terminal) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problem: error };
  }
}

/** Whether the environment names another client than the stack's configuration. */
function isOther({ values }: StackSettings, { environment }: Terminal): boolean {
  const [own, other] = [values["thinkgeo:clientId"], environment[variableOf("clientId")]?.trim()];
  return own !== undefined && other !== undefined && other !== "" && own.trim() !== other;
}

export const isInEnvironment = ({ environment }: Pick<Terminal, "environment">): boolean =>
  ["clientId", "clientSecret"].every((key) => (environment[variableOf(key)] ?? "").trim() !== "");

export const readSettings = (
  stack: Pick<StackSettings, "values"> | undefined,
  { environment }: Pick<Terminal, "environment">,
): Configuration => {
  const values = stack?.values ?? {};
  return readConfiguration((key) => values[key], environment, { keys: Object.keys(values) });
};
