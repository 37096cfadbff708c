import { readSources } from "../drift/sources";
import { stackConfiguration, type Stack } from "../stacks";
import type { StackConfiguration } from "../settings";
import type { Terminal } from "../terminal";

/** Which stacks are asked about what is managed already. */
export interface StackChoice {
  readonly stack: readonly string[];
  readonly file: readonly string[];
  readonly cwd: string;
  readonly unmanaged: boolean;
}

export interface Managed {
  /** GUIDs in lower case. */
  readonly ids: ReadonlySet<string>;
  /** What to sign in with: the first stack's configuration. */
  readonly configuration: StackConfiguration;
}

/** What stacks manage, or are about to delete; without --unmanaged, a stack only says what to sign in with. */
export async function readManaged(choice: StackChoice, terminal: Terminal): Promise<Managed> {
  const { stack, file, cwd, unmanaged } = choice;
  const [first] = stack;
  if (!unmanaged) {
    const configuration = first === undefined ? {} : await stackConfiguration(first, cwd, terminal);
    return { ids: new Set(), configuration };
  }
  const sources = { stack, file, cwd, positionals: [], secrets: "encrypted" } as const;
  const { stacks, configuration } = await readSources(sources, terminal);
  return { ids: new Set(stacks.flatMap(idsOf)), configuration };
}

const idsOf = ({ clients, leaving }: Stack): string[] =>
  [...clients.map(({ id }) => id), ...leaving].map((id) => id.toLowerCase());
