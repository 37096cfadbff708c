import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../provider/client/connection";
import { declaredSettings, type Account, type Settings } from "./account";
import { warnAboutPlainSecret } from "./register";

/** One account as this run of the program sees it: one token, and one list, however many look-ups there are. */
export type Session = Connection;

/** One process may run the programs of several stacks, one after the other or at once (the Automation API). */
const sessionsOf = new WeakMap<object, Map<Account | undefined, Promise<Session>>>();
const NO_STACK = {};

/** The session of an account; without one, that of the stack's configuration and the environment. */
export function sessionOf(account: Account | undefined): Promise<Session> {
  const run = pulumi.runtime.getStackResource() ?? NO_STACK;
  const sessions = sessionsOf.get(run) ?? new Map<Account | undefined, Promise<Session>>();
  sessionsOf.set(run, sessions);
  const known = sessions.get(account);
  if (known !== undefined) return known;
  const opening = open(account);
  sessions.set(account, opening);
  return opening;
}

/** Whose message says all there is to say; of anything else, a defect perhaps, the frames tell more. */
const IN_WORDS = ["ThinkGeoError", "ConfigurationError", "Error"];

/** Lets a look-up fail in a sentence: Pulumi prints of an error that a program does not catch its stack and all its members. */
export async function lookingUp<T>(find: () => Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof Error) || !IN_WORDS.includes(error.name)) throw error;
    const plain = new Error(error.message);
    plain.stack = `Error: ${error.message}\n(THINKGEO_LOG=debug shows more)`;
    if (process.env["THINKGEO_LOG"] === "debug") plain.stack = error.stack ?? plain.stack;
    throw plain;
  }
}

/* What talks to ThinkGeo is loaded when the first look-up needs it: most programs make none. */
/* eslint-disable @typescript-eslint/no-require-imports */
async function open(account: Account | undefined): Promise<Session> {
  require("../provider/require-node");
  const settings = account && (await knownSettings(account));
  if (account === undefined) warnAboutPlainSecret();
  const { connect } =
    require("../provider/client/connection") as typeof import("../provider/client/connection");
  const { readConfiguration } =
    require("../provider/configuration") as typeof import("../provider/configuration");
  const lookup = (key: string): string | undefined =>
    settings === undefined ? pulumi.runtime.getConfig(key) : settings[key.replace("thinkgeo:", "")];
  const keys = Object.keys(settings ?? pulumi.runtime.allConfig());
  const given = {
    keys: settings === undefined ? keys : keys.map((key) => `thinkgeo:${key}`),
    project: pulumi.getProject(),
  };
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const debugging = process.env["THINKGEO_LOG"] === "debug";
  return connect(readConfiguration(lookup, process.env, given), { log: debugging ? log : undefined });
}
/* eslint-enable @typescript-eslint/no-require-imports */

async function knownSettings(account: Account): Promise<Settings> {
  const settings = declaredSettings(account);
  // An output that is not known at preview never calls back, and the program would end without a word.
  const { isKnown } = settings as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown))
    throw new Error(
      "The account's credentials are not known before up, so nothing can be looked up in it at preview. Use the Output form, such as getClientOutput.",
    );
  return new Promise((resolve) => settings.apply(resolve));
}
