import { adviceOf } from "./advice";
import { brokenPromises, opened, takenInSilence, unexplained } from "./explained";
import {
  droppedAlive,
  forgotten,
  madeTwice,
  shared,
  strays,
  unreported,
  untold,
  wrongKeys,
} from "./known-clients";
import type { RunRecord } from "./run-record";
import type { Entry } from "./stack-state";
import type { World } from "./world";

/** A history broke an invariant. */
export class Broken extends Error {}

/** Whatever else happened, this holds after every run: invariants (i), (ii) and (v) of failure class 44. */
export function checkRun(world: World, run: RunRecord): void {
  const { runs, ledger } = world;
  const secretsShown = runs.every((earlier) => earlier.secretsShown);
  const problems = [
    ...run.problems,
    ...unexplained(run),
    ...takenInSilence(run),
    ...brokenPromises(run),
    ...opened(run),
    ...dumbErrors(world, run),
    ...droppedAlive(run),
    ...untold(run),
    ...forgotten(run),
    ...madeTwice(run, ledger),
    ...shared(run),
    ...wrongKeys(run, secretsShown),
    ...strays(run, runs, ledger),
    ...unreported(run, ledger),
    ...run.process.lateWrites.map((request) => `${request} was sent when nobody waited for it any more.`),
    ...leaks(world, run),
  ];
  if (run.options.astray && !sameEntries(run))
    problems.push("A run with another account's credentials changed the state.");
  if (problems.length > 0) throw new Broken(problems.join("\n"));
}

/** Where nothing goes wrong, an error says what to change in the program, or to refresh; and it does not call one's own client unknown. */
function dumbErrors(world: World, run: RunRecord): string[] {
  if (!run.calm || run.options.astray) return [];
  return run.failures.flatMap((failure) => {
    const { resource, error } = failure;
    const own = run.before.entries.find(
      (entry) => entry.resource === resource && run.process.shown.has(entry.id),
    );
    if (adviceOf(world, failure) === undefined)
      return [`"${resource}" failed without advice: ${error.message}`];
    return own !== undefined &&
      error.message.includes("that this stack does not know") &&
      error.message.includes(own.id)
      ? [`"${resource}" was refused because of its own client: ${error.message}`]
      : [];
  });
}

const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}/;

/** Invariant (v): nothing that a person or a log could see holds a secret. */
function leaks({ secrets }: World, { process, failures }: RunRecord): string[] {
  const told = failures.flatMap(({ error }) => [error.message, error.stack ?? "", ...reasonsOf(error)]);
  const text = [...process.said, ...told].join("\n");
  const leaked = [...secrets].filter((secret) => text.includes(secret)).length;
  return leaked > 0 || TOKEN.test(text) ? [`${leaked} secrets were shown, or a token.`] : [];
}

const reasonsOf = (error: Error): string[] =>
  "reasons" in error && Array.isArray(error.reasons) ? error.reasons.map(String) : [];

/**
 * Whatever the credentials, a resource may leave the state without a request if its client is retained, or is another
 * resource's as well, which stays as it is.
 */
function sameEntries({ before, after }: RunRecord): boolean {
  const isSame = (entry: Entry): boolean => after.entries.some(({ outputs }) => outputs === entry.outputs);
  return before.entries.every(
    (entry) =>
      entry.outputs["deletionPolicy"] === "retain" ||
      before.entries.some((other) => other.id === entry.id && isSame(other)),
  );
}

/** A run in words, for the message of a failure. */
export function describeRun(run: RunRecord): string {
  const { number, verb, begun, failures, process, births } = run;
  return [
    `run ${number}: ${JSON.stringify(verb)} ${JSON.stringify(run.options)}`,
    `  began ${begun.join(", ")}${process.dead ? ", and was killed" : ""}`,
    ...births.map(
      ({ client, operation }) =>
        `  made ${client.id} "${client.name}" for ${operation?.resource ?? "nobody"}`,
    ),
    ...failures.map(({ resource, error }) => `  ${resource} failed: ${error.message}`),
    ...[...process.trace, ...process.said].map((line) => `  | ${line}`),
  ].join("\n");
}
