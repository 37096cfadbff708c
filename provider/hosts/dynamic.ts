import "../require-node";
import { check, ClientResource, diff } from "../client/resource";
import { presentable } from "../cloud/secrets";
import { realTime } from "../cloud/time";
import { endWithEngine, ENGINE_GONE, engineOfDynamicHost, engineWatch } from "../engine";
import { checkRotation } from "../rotation/check";
import { diffRotation } from "../rotation/diff";
import { RotationLife } from "../rotation/life";
import { isDebugging } from "../troubleshooting";
import { OtherProcesses } from "./other-processes";
import { withSecrets } from "./secret-values";
import { Session } from "./session";

// The package publishes the types of this file, and none of model/.
type Properties = Readonly<Record<string, unknown>>;

/** What Pulumi's host for dynamic providers calls: `pulumi.dynamic.ResourceProvider`, in words of our own. */
export interface DynamicProvider {
  configure(request: {
    readonly config: {
      readonly get: (key: string) => string | undefined;
      /** The host has these two and does not declare them: an SDK to come may lack them. */
      readonly rawConfig?: Properties;
      readonly projectName?: string;
    };
  }): Promise<void>;
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Record<string, unknown>; failures: { property: string; reason: string }[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Record<string, unknown> }>;
  read(
    id: string,
    outputs?: Properties,
  ): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Record<string, unknown> }>;
  delete(id: string, outputs: Properties): Promise<void>;
}

const engine = engineOfDynamicHost(process.argv);
const isEngineAlive = engineWatch(engine);

/** The engine shows what its hosts write to stderr. */
function say(line: string): void {
  process.stderr.write(`${presentable(line)}\n`);
}

const session = new Session({
  debug: isDebugging(process.env) ? say : undefined,
  warn: (message) => {
    say(`warning: ${message}`);
  },
  others: new OtherProcesses(engine),
  abandoned: async () => ((await isEngineAlive()) ? undefined : ENGINE_GONE),
});
const { known } = session;

endWithEngine(engine, () => process.exit());
// Once the engine has been killed, writing to stderr fails. Unhandled, the host would write that error to stderr, and so on.
process.stderr.on("error", () => undefined);

/**
 * Assigns before anything is awaited: the host does not wait for it before it calls the others. It is called for each of
 * the two below, with the same settings.
 */
function configure({ config }: Parameters<DynamicProvider["configure"]>[0]): Promise<void> {
  const given = { keys: Object.keys(config.rawConfig ?? {}), project: config.projectName };
  session.configure((key) => config.get(key), given);
  return Promise.resolve();
}

/** What create and update answer, for the engine. */
async function marked<T extends { readonly outs: Properties }>(answer: Promise<T>): Promise<T> {
  const done = await answer;
  return { ...done, outs: withSecrets(done.outs) };
}

/** What read answers; without properties, the resource is gone. */
async function markedReading<T extends { readonly props?: Properties }>(answer: Promise<T>): Promise<T> {
  const found = await answer;
  return found.props === undefined ? found : { ...found, props: withSecrets(found.props) };
}

const clients = (): ClientResource => new ClientResource(session.clients, known);

/** For the resource `Client`. */
export const provider: DynamicProvider = {
  configure,
  check: (olds, news) => session.call([olds, news], () => session.checked(check(olds, news, known))),
  diff: (id, olds, news) => session.call([olds, news], () => session.warned(diff(id, olds, news, known))),
  create: (inputs) => session.call([inputs], () => marked(clients().create(inputs))),
  read: (id, outputs = {}) => session.call([outputs], () => markedReading(clients().read(id, outputs))),
  update: (id, olds, news) => session.call([olds, news], () => marked(clients().update(id, olds, news))),
  delete: (id, outputs) => session.call([outputs], () => clients().delete(id, outputs)),
};

const currentRotations = (): RotationLife => new RotationLife(session.clients, known, realTime.wall);

/** The same for a RotatingClient. */
export const rotation: DynamicProvider = {
  configure,
  check: (olds, news) => session.call([olds, news], () => session.checked(checkRotation(olds, news, known))),
  diff: (_id, olds, news) =>
    session.call([olds, news], () => {
      const { step, ...difference } = session.warned(diffRotation(olds, news, realTime.wall(), known));
      if (step !== undefined) say(step);
      return difference;
    }),
  create: (inputs) => session.call([inputs], () => marked(currentRotations().create(inputs))),
  read: (id, outputs = {}) =>
    session.call([outputs], () => markedReading(currentRotations().read(id, outputs))),
  update: (id, olds, news) =>
    session.call([olds, news], () => marked(currentRotations().update(id, olds, news))),
  delete: (_id, outputs) => session.call([outputs], () => currentRotations().delete(outputs)),
};
