import { isDeepStrictEqual } from "node:util";
import { unlike } from "./declaration";
import { follow } from "./advice";
import { Broken, checkRun } from "./invariants";
import type { RunOptions, RunRecord, Verb } from "./run-record";
import { FAIR } from "./weather";
import type { World } from "./world";

const QUIET: RunOptions = {
  parallel: 8,
  maxConcurrency: 8,
  onLostClient: "stop",
  requestTimeoutMs: 90_000,
  atOnce: false,
  astray: false,
  incidents: [],
  weather: FAIR,
};

/**
 * One `up`, and one more where errors say what to change in the program; a third only where doing that shows a second
 * obstacle, such as a name that is taken behind an adopt line that was wrong. Where a service shows no secrets, or keeps
 * names in another form, making a client is a failure of its own, and the next up goes on.
 */
const mostUps = ({ secretsShown, service: { nameForm = "kept" } }: RunRecord): number =>
  3 + Number(!secretsShown) + Number(nameForm !== "kept");

/** Invariants (iii) and (iv): once faults have stopped, the account becomes what is declared, and stays so. */
export async function checkConvergence(
  world: World,
  onLostClient: RunOptions["onLostClient"],
): Promise<void> {
  world.weather.clearUp();
  const options = { ...QUIET, onLostClient };
  await settle(world, options);
  requireDeclared(world);
  await requireNothingToDo(world, options);
  await requireEmptied(world, options);
}

async function settle(world: World, options: RunOptions): Promise<void> {
  for (let up = 1; ; up++) {
    const run = await step(world, { kind: "up", refresh: true }, options);
    if (run.failures.length === 0) return;
    if (follow(world).length > 0) throw new Broken("No faults, and no advice that can be followed.");
    if (up === mostUps(run)) throw new Broken(`Not converged after ${up} runs and following all advice.`);
  }
}

function requireDeclared(world: World): void {
  const { own } = lastRun(world).after;
  for (const [name, declaration] of world.program) {
    const client = own.get(world.state.resources.get(name)?.id ?? "");
    const wrong = client === undefined ? ["it does not exist"] : [...unlike(client, declaration).values()];
    if (wrong.length > 0) throw new Broken(`"${name}" has not converged: ${wrong.join("; ")}.`);
  }
  const stray = [...world.state.resources.keys()].filter((name) => !world.program.has(name));
  if (stray.length > 0 || world.state.pendingDeletes.size > 0)
    throw new Broken(`Resources remain that nobody declares: ${stray.join(", ")}.`);
}

async function requireNothingToDo(world: World, options: RunOptions): Promise<void> {
  const again = await step(world, { kind: "up", refresh: false }, options);
  if (again.begun.length > 0 || again.requests > 0) throw new Broken(`A second up found something to do.`);
  const refresh = await step(world, { kind: "refresh" }, options);
  const outputs = ({ entries }: RunRecord["before"]): unknown =>
    entries.map((entry) => [entry.resource, entry.id, entry.outputs]);
  if (refresh.failures.length > 0 || !isDeepStrictEqual(outputs(refresh.before), outputs(refresh.after)))
    throw new Broken(
      `Refresh changed something: ${JSON.stringify([outputs(refresh.before), outputs(refresh.after)])}`,
    );
  const after = await step(world, { kind: "up", refresh: false }, options);
  if (after.begun.length > 0 || after.requests > 0)
    throw new Broken(`After a refresh, up found something to do.`);
}

async function requireEmptied(world: World, options: RunOptions): Promise<void> {
  const destroy = await step(world, { kind: "destroy" }, options);
  if (destroy.failures.length > 0 || world.state.entries.length > 0)
    throw new Broken(`Destroy left something in the state.`);
}

async function step(world: World, verb: Verb, options: RunOptions): Promise<RunRecord> {
  const run = await world.run(verb, options);
  checkRun(world, run);
  return run;
}

function lastRun({ runs }: World): RunRecord {
  const run = runs.at(-1);
  if (run === undefined) throw new Error("Nothing has been run.");
  return run;
}
