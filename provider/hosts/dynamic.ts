import "../require-node";
import { isDeepStrictEqual } from "node:util";
import { ClientLife } from "../client/life";
import { check, ClientResource, diff, type Checked } from "../client/resource";
import { presentable, presentableLines } from "../cloud/secrets";
import { realTime } from "../cloud/time";
import {
  ConfigurationError,
  readConfiguration,
  type Configuration,
  type GivenKeys,
  type Lookup,
} from "../configuration";
import { endWithEngine, engineWatch } from "../engine";
import { Known } from "../client/known";
import { PartialFailure, ProviderError } from "../errors";
import { checkRotation } from "../rotation/check";
import { diffRotation } from "../rotation/diff";
import { RotationLife } from "../rotation/life";
import { keepSecretInputs, withSecrets } from "./secret-values";

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

const known = new Known();
const debugging = process.env["THINKGEO_LOG"] === "debug";

let lookup: Lookup = () => undefined;
let given: GivenKeys = { keys: [] };
let life: { readonly configuration: Configuration; readonly clients: ClientLife } | undefined;
let reconfigured = false;
let configurationReported = false;

/** The engine shows what its hosts write to stderr. */
function say(line: string): void {
  process.stderr.write(`${presentable(line)}\n`);
}

/**
 * Built when the first request is needed, so that a preview without changes needs neither token nor sockets; and kept
 * for as long as the settings are the same, because it holds what the run has learned.
 */
function currentLife(): ClientLife {
  if (life !== undefined && !reconfigured) return life.clients;
  reconfigured = false;
  const configuration = readConfiguration(lookup, process.env, given);
  if (life === undefined || !isDeepStrictEqual(life.configuration, configuration))
    life = { configuration, clients: makeLife(configuration) };
  return life.clients;
}

function makeLife(configuration: Configuration): ClientLife {
  // Not before the first request, which most previews do not make.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { connect } = require("../client/connection") as typeof import("../client/connection");
  const stillWanted = engineWatch(process.argv);
  const { cloud } = connect(configuration, { log: debugging ? say : undefined, stillWanted });
  const warn = (message: string): void => {
    say(`warning: ${message}`);
  };
  return new ClientLife(cloud, configuration, known, realTime, warn);
}

/** Settings that cannot be used fail the preview already, once a run and not once a client. */
function configurationFailures(): Checked["failures"] {
  if (configurationReported) return [];
  configurationReported = true;
  try {
    readConfiguration(lookup, process.env, given);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [{ property: "", reason: error.message }];
    throw error;
  }
}

/**
 * The door of every call. The host prints an error's stack: it must hold no secret, and where our own words say
 * everything, no frames.
 * @param given the inputs and outputs that the engine passes
 */
async function presented<T>(given: readonly Properties[], work: () => T | Promise<T>): Promise<T> {
  try {
    given.forEach(keepSecretInputs);
    return await work();
  } catch (error) {
    if (error instanceof Error) {
      if (error instanceof PartialFailure) error.properties = withSecrets(error.properties);
      error.message = presentableLines(error.message);
      error.stack =
        error instanceof ProviderError && !debugging
          ? "(THINKGEO_LOG=debug shows more)"
          : presentableLines(error.stack ?? "");
    }
    throw error;
  }
}

endWithEngine(process.argv, () => process.exit());
// An engine that was killed reads nothing any more: unhandled, that is an error which the host writes there, and so on.
process.stderr.on("error", () => undefined);

/**
 * Assigns before anything is awaited: the host does not wait for it before it calls the others. It is called for each of
 * the two below, with the same settings.
 */
function configure({ config }: Parameters<DynamicProvider["configure"]>[0]): Promise<void> {
  lookup = (key) => config.get(key);
  given = { keys: Object.keys(config.rawConfig ?? {}), project: config.projectName };
  reconfigured = true;
  return Promise.resolve();
}

const warnings = new Set<string>();

/** The engine may check one resource several times in a run. */
function warnOnce(warning: string): void {
  if (warnings.has(warning)) return;
  warnings.add(warning);
  say(`warning: ${warning}`);
}

function withConfiguration({ inputs, failures, warning }: Checked): Checked {
  if (warning !== undefined) warnOnce(warning);
  return { inputs, failures: [...configurationFailures(), ...failures] };
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

const clients = (): ClientResource => new ClientResource(currentLife(), known);

/** For the resource `Client`. */
export const provider: DynamicProvider = {
  configure,
  check: (olds, news) => presented([olds, news], () => withConfiguration(check(olds, news, known))),
  diff: (id, olds, news) => presented([olds, news], () => diff(id, olds, news, known)),
  create: (inputs) => presented([inputs], () => marked(clients().create(inputs))),
  read: (id, outputs = {}) => presented([outputs], () => markedReading(clients().read(id, outputs))),
  update: (id, olds, news) => presented([olds, news], () => marked(clients().update(id, olds, news))),
  delete: (id, outputs) => presented([outputs], () => clients().delete(id, outputs)),
};

const currentRotations = (): RotationLife => new RotationLife(currentLife(), known, realTime.wall);

/** The same for a RotatingClient. */
export const rotation: DynamicProvider = {
  configure,
  check: (olds, news) => presented([olds, news], () => withConfiguration(checkRotation(olds, news, known))),
  diff: (_id, olds, news) =>
    presented([olds, news], () => {
      const { step, ...difference } = diffRotation(olds, news, realTime.wall(), known);
      if (step !== undefined) say(step);
      return difference;
    }),
  create: (inputs) => presented([inputs], () => marked(currentRotations().create(inputs))),
  read: (id, outputs = {}) => presented([outputs], () => markedReading(currentRotations().read(id, outputs))),
  update: (id, olds, news) =>
    presented([olds, news], () => marked(currentRotations().update(id, olds, news))),
  delete: (_id, outputs) => presented([outputs], () => currentRotations().delete(outputs)),
};
