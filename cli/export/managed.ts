import type { Configuration } from "../../provider/configuration";
import { namesOf, readSources } from "../stacks/sources";
import { signIn } from "../account/sign-in";
import type { Stack } from "../stacks/stack";
import type { Terminal } from "../terminal/terminal";

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
  readonly configuration: Configuration;
}

/** What stacks manage, or are about to delete; without --unmanaged, a stack only says what to sign in with. */
export async function readManaged(choice: StackChoice, terminal: Terminal): Promise<Managed> {
  const { stack, file, cwd, unmanaged } = choice;
  const [first] = stack;
  if (!unmanaged) return { ids: new Set(), configuration: await signIn({ stack: first, cwd }, terminal) };
  const sources = { stack, file, cwd, positionals: [], secrets: "encrypted" } as const;
  const names = await namesOf(sources, terminal);
  const stacks = await readSources(sources, names, terminal);
  const configuration = await signIn({ stack: names.named, selected: names.stacks[0], cwd }, terminal);
  return { ids: new Set(stacks.flatMap(idsOf)), configuration };
}

const idsOf = ({ clients, leaving }: Stack): string[] =>
  [...clients.map(({ id }) => id), ...leaving].map((id) => id.toLowerCase());
