import { isDeepStrictEqual } from "node:util";
import { ThinkGeoError } from "../cloud/failure";
import { PartialFailure } from "../errors";
import { findProblems, TWO_KINDS } from "../model/args";
import {
  existingIn,
  readArgs,
  readPlan,
  readState,
  type ClientPlan,
  type ClientState,
} from "../model/client";
import { diffClient } from "../model/diff";
import { dangerOfWhitelist, titleOf } from "../model/opening";
import { importedInputs, inputsOf, toProperties } from "../model/outputs";
import { failureOf, type Failure, type Problem } from "../model/problems";
import { usableName } from "../model/rules";
import { displacedList, withIgnored } from "../model/ignored";
import {
  hasEntries,
  hasUnknown,
  UNKNOWN,
  withoutProvider,
  withoutUndefined,
  type Properties,
} from "../model/values";
import { sharedClient } from "./claims";
import { generateName, type Known } from "./known";
import type { ClientLife } from "./life";
import { displacedByIgnored, heldAlready } from "./warnings";

/* The resource Client as an engine's host calls it: what is given is read here, once a call. */

/** What `check` says: the complete inputs, and everything that is wrong with them. */
export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
  /** What is dangerous, or could not be declared anew. */
  readonly warnings: readonly string[];
}

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
  /** The declared properties that differ. */
  readonly differing: readonly string[];
  /** What is right, and dangerous or without effect. */
  readonly warnings: readonly string[];
}

/** What is wrong where neither a name is given nor what the SDK makes one of: something has taken that away. */
const AUTO_NAME_GONE =
  "autoName is missing: this package adds it for the name that it makes, and a transform must leave autoName and __provider as they are, or give a Client a name";

/** Validates what a program declared, at preview already, and completes it. Makes no request. */
export function check(olds: Properties, news: Properties, known: Known): Checked {
  known.seeName(olds["name"]);
  const declared = withoutProvider(news);
  const { autoName } = declared;
  const named =
    declared["name"] ??
    usableName(olds["name"]) ??
    (typeof autoName === "string" ? nameFor(autoName, declared, known) : undefined);
  const inputs = withoutUndefined({
    ...declared,
    name: named,
    active: declared["active"] ?? true,
    deletionPolicy: declared["deletionPolicy"] ?? "delete",
  });
  return checked(olds, inputs, findProblems(inputs, undefined, olds), named !== undefined, known);
}

/** What `check` says of complete inputs, of either resource. */
export function checked(
  olds: Properties,
  inputs: Properties,
  problems: readonly Problem[],
  isNamed: boolean,
  known: Known,
): Checked {
  known.claims.plan(olds, inputs);
  known.seeAdoptLine(known.claims.keyOf(inputs), olds, inputs["adopt"]);
  const failures = problems.filter(({ isHeld }) => isHeld !== true).map(failureOf);
  if (!isNamed) failures.push({ property: "", reason: AUTO_NAME_GONE });
  if (failures.length > 0) return { inputs, failures, warnings: [] };
  const plan = readPlan(inputs);
  // Of a client that is there, diff knows more.
  const danger = Object.keys(olds).length === 0 ? dangerOfWhitelist({}, plan) : undefined;
  const held = problems.map(({ path, reason }) => heldAlready(titleOf(plan), path, reason));
  return { inputs, failures, warnings: [...held, ...(danger === undefined ? [] : [danger])] };
}

/**
 * What a program should know of the whitelist of a client that is there.
 *
 * @param declared the inputs of the program, without what the option ignoreChanges keeps
 * @param plan the inputs, read
 */
export function warningsOfDiff(
  state: ClientState,
  declared: Properties,
  inputs: Properties,
  plan: ClientPlan,
): string[] {
  const displaced = displacedList(declared, inputs);
  const danger = dangerOfWhitelist(existingIn(state), plan);
  return [
    ...(displaced === undefined ? [] : [displacedByIgnored(state.name, displaced)]),
    ...(danger === undefined ? [] : [danger]),
  ];
}

function nameFor(autoName: string, declared: Properties, known: Known): string {
  const { type, replaceWhenChanged } = declared;
  if (hasUnknown(type) || hasUnknown(replaceWhenChanged)) return UNKNOWN;
  return generateName({ autoName, type, replaceWhenChanged }, known);
}

/** Compares state with what is declared. Makes no request. */
export function diff(id: string, olds: Properties, news: Properties, known: Known): DiffResult {
  const state = readState(olds);
  known.seeId(id);
  known.seeName(state.name);
  known.seeOwner(state.ownerId);
  const inputs = withIgnored(news, olds);
  const plan = readPlan(inputs);
  const { changed, stateOnly, replaces } = diffClient(id, existingIn(state), plan);
  if (!replaces.includes("adopt")) known.seeAdopted(known.claims.keyOf(news), replaces.length > 0);
  if (!known.claims.mayGoOn(id, news, replaces.length === 0)) throw sharedClient(state.name, id);
  const isPlanned = known.claims.isPlanned(news);
  if (isPlanned) requireOneKind(state.name, id, inputs);
  return {
    changes: changed.length + stateOnly.length + replaces.length > 0,
    replaces: [...replaces],
    deleteBeforeReplace: false,
    differing: [...new Set([...changed, ...stateOnly, ...replaces])],
    warnings: isPlanned ? warningsOfDiff(state, news, inputs, plan) : [],
  };
}

/** A program that declares both kinds of whitelist, where no option has put one of them there. */
export function requireOneKind(name: string, id: string, inputs: Properties): void {
  const lists = [inputs["allowedOrigins"], inputs["allowedIpAddresses"]];
  if (!lists.every(hasEntries)) return;
  throw new ThinkGeoError("Conflict", {
    doing: `update client ${JSON.stringify(name)} (${id})`,
    happened: `allowedIpAddresses ${TWO_KINDS}`,
    next: "Nothing was changed.",
    heading: "the-program",
  });
}

/** Completes a partial failure: without the provider's text in state, refresh and destroy would fail. */
export async function withProperties<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartialFailure)
      error.properties = toProperties({ ...error.outputs, __provider: inputs["__provider"] });
    throw error;
  }
}

/** The calls that make requests. */
export class ClientResource {
  constructor(
    private readonly life: ClientLife,
    private readonly known: Known,
  ) {}

  async create(inputs: Properties): Promise<{ id: string; outs: Record<string, unknown> }> {
    const { id, outputs } = await withProperties(inputs, () =>
      this.life.create({
        args: readArgs(inputs),
        resource: this.known.claims.keyOf(inputs),
        replaces: this.known.claims.isReplacement(inputs),
      }),
    );
    return { id, outs: toProperties(outputs) };
  }

  /** An empty answer says that the client is gone. */
  async read(
    id: string,
    outputs: Properties,
  ): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }> {
    const found = await this.life.read(id, readState(outputs));
    if (found === undefined) return {};
    const props = toProperties(found);
    const inputs = inputsOf(props);
    // Where nothing has changed, the engine keeps the inputs that it has, which say more than outputs can.
    return isDeepStrictEqual(inputs, inputsOf(outputs)) ? { id, props } : { id, props, inputs };
  }

  /** A client that is not in state yet, and the inputs that declare it as it is. */
  async import(
    id: string,
  ): Promise<{ id: string; props: Record<string, unknown>; inputs: Record<string, unknown> }> {
    const client = await this.life.import(id);
    return { id, props: toProperties(client), inputs: importedInputs(client) };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<{ outs: Record<string, unknown> }> {
    const { outputs } = await withProperties(news, () =>
      this.life.update(id, readState(olds), readArgs(withIgnored(news, olds))),
    );
    return { outs: toProperties(outputs) };
  }

  async delete(id: string, outputs: Properties): Promise<void> {
    await this.life.delete(id, readState(outputs));
  }
}
