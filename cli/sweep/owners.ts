import { exportStack, readStackFile, stackNames, type Stack } from "../stacks/stack";
import type { Terminal } from "../terminal/terminal";
import type { SweepOptions } from "./options";

type Named = Pick<SweepOptions, "stack" | "file" | "cwd" | "all-stacks" | "no-stacks">;

/** Stacks that are exported at once: each is a process. */
const AT_ONCE = 4;

/** The stacks whose clients are not to be touched. */
export async function readOwners(options: Named, terminal: Terminal): Promise<readonly Stack[]> {
  const { cwd } = options;
  const names = new Set(options.stack);
  if (options["all-stacks"]) for (const name of await stackNames(cwd, terminal)) names.add(name);
  const files = [...new Set(options.file)].map((file) => readStackFile(file, terminal));
  const empty = files.find(({ isEmpty }) => isEmpty);
  if (empty !== undefined)
    throw new Error(
      `${empty.name} holds no resources, so it owns no client and protects none: export the stack again, or leave it out. Nothing was changed.`,
    );
  if (names.size + files.length === 0 && !options["no-stacks"])
    throw new Error(
      `The project in ${cwd} has no stack, so every client would count as left behind; perhaps its state is in another backend. Nothing was ` +
        'changed. Keep one stack that is never removed ("pulumi stack init witness"), or say --no-stacks instead of --all-stacks if there is none.',
    );
  return [...(await exportAll([...names], cwd, terminal)), ...files];
}

async function exportAll(names: readonly string[], cwd: string, terminal: Terminal): Promise<Stack[]> {
  const stacks: Stack[] = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const some = names.slice(first, first + AT_ONCE);
    stacks.push(...(await Promise.all(some.map((name) => exportStack(name, cwd, terminal)))));
  }
  return stacks;
}
