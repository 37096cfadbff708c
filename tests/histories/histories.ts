import fc from "fast-check";
import type { Switches } from "../../emulator/index";
import { program } from "./random-program";
import { personality } from "./random-weather";
import { HOSTS, type HostName } from "../engine/engine-stack";
import { Census } from "./census";
import { commands, type Command } from "./commands";
import { checkConvergence } from "./convergence";
import type { Declaration } from "./declaration";
import { Broken, describeRun } from "./invariants";
import { startService, type Service } from "./service";
import { World } from "./world";

const LONGEST_HISTORY = 60;

interface Plan {
  readonly seed: number;
  readonly histories: number;
  /** Whether the first history that breaks an invariant is made as short as possible. */
  readonly shrink: boolean;
}

interface History {
  readonly steps: Iterable<Command>;
  readonly declared: ReadonlyMap<string, Declaration>;
  readonly personality: Partial<Switches>;
  readonly onLostClient: "stop" | "adopt";
  readonly host: HostName;
  readonly seed: number;
}

const history: fc.Arbitrary<History> = fc.record({
  // Without a bias towards short ones: most of what can go wrong takes several runs.
  steps: fc.noBias(fc.commands(commands, { maxCommands: LONGEST_HISTORY, size: "max" })),
  declared: program,
  personality,
  onLostClient: fc.constantFrom("stop" as const, "adopt" as const),
  host: fc.constantFrom(...HOSTS),
  seed: fc.nat(),
});

/** Lives through random histories; fails with the shortest one found that breaks an invariant, and with the seed. */
export async function liveThrough({ seed, histories, shrink }: Plan): Promise<Census> {
  const service = await startService();
  const census = new Census();
  const property = fc.asyncProperty(history, async (one) => {
    census.count(await live(service, one));
  });
  try {
    await fc.assert(property, { seed, numRuns: histories, endOnFailure: !shrink });
    return census;
  } finally {
    await service.close();
  }
}

async function live(service: Service, one: History): Promise<World> {
  const world = new World(service, one.personality, one.seed, one.host);
  for (const [name, declaration] of one.declared) world.program.set(name, declaration);
  const model = { declared: new Set(one.declared.keys()) };
  try {
    await fc.asyncModelRun(() => ({ model, real: world }), one.steps);
    await checkConvergence(world, one.onLostClient);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    throw new Broken([error.message, ...world.runs.map(describeRun)].join("\n"));
  }
  return world;
}
