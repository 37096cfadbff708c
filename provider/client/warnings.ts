import {
  isPropertyOmitted,
  type ClientArgs,
  type Existing,
  type LiveClient,
  type PropertyName,
} from "../model/client";
import { mayManage } from "../model/roles";
import type { RemoteClient } from "../model/wire";
import { AddressList } from "../whitelist";

/* What a person should know of a run and no error says. */

export const NO_SECRET =
  "No response of ThinkGeo has the client's secret, so the output clientSecret is empty.";
export const COPY_SECRET =
  "If ThinkGeo's console shows it (Show Keys), give it to whoever needs it from there; otherwise replace the client (replaceWhenChanged; of a RotatingClient rotateWhenChanged), as nobody can use it.";

export const lacksSecret = ({ type, clientSecret }: Existing): boolean =>
  type === "NativeConfidential" && clientSecret === undefined;

/** What nobody asked for in so many words, and whoever owns the account should know; `made`: by this run. */
export function dangersOf(
  args: ClientArgs,
  live: LiveClient,
  { made, rolesPresent }: { readonly made: boolean; readonly rolesPresent: boolean },
): string[] {
  const { allowedIpAddresses = new AddressList(), grantedRoles } = live;
  return [
    ...(made && rolesPresent && args.grantedRoles === undefined && grantedRoles.length === 0
      ? [
          "was given no roles, although the program leaves grantedRoles out, which is to grant all: declare grantedRoles, or it can do nothing.",
        ]
      : []),
    ...(args.type === "NativeConfidential" &&
    args.active &&
    allowedIpAddresses.restrictsNobody &&
    mayManage(grantedRoles)
      ? [
          "has the role User and no address whitelist: whoever gets its secret can manage the account from anywhere. Declare allowedIpAddresses, or grantedRoles without User.",
        ]
      : []),
  ];
}

export const leftAsItIs = (name: string, id: string, properties: readonly string[]): string =>
  `client ${JSON.stringify(name)} (${id}): ${properties.join(", ")} changed outside this program. This update did not overwrite that; "pulumi up --refresh" shows it and corrects it, unless the option ignoreChanges names it.`;

/** Of the client before the current one of a rotation. */
export const staysOff = (name: string, id: string): string =>
  `client ${JSON.stringify(name)} (${id}): it was deactivated outside this program. It is the previous client of a RotatingClient, so it stays deactivated for the rest of its overlap, and no refresh activates it. If that was not intended, activate it in ThinkGeo's console.`;

/** The same where somebody has changed more, too. */
export function leftOfPrevious(name: string, id: string, left: readonly string[]): string {
  const rest = left.filter((key) => key !== "active");
  return [staysOff(name, id), ...(rest.length === 0 ? [] : [leftAsItIs(name, id, rest)])].join(" ");
}

/** A value that no program may declare anew, and that the client has. */
export const heldAlready = (title: string, path: string, reason: string): string =>
  `client ${JSON.stringify(title)}: ${path} ${reason}. The client has it already, so it stays as it is; it could not be declared for a new client, nor when this one is replaced.`;

/** A program declares one kind of whitelist, and ignoreChanges keeps the other. */
export const displacedByIgnored = (title: string, list: string): string =>
  `client ${JSON.stringify(title)}: the program's ${list} has no effect, because the option ignoreChanges keeps the other kind of whitelist, which the client has, and a client has one kind at a time. Take the option out to make the client what the program says.`;

export const overwritten = (name: string, id: string, before: readonly string[]): string =>
  `client ${JSON.stringify(name)} (${id}): properties that this update sets had changed outside this program, and were overwritten: ${before.join(", ")}.`;

export const goneAndNamesake = (name: string, id: string, others: readonly string[]): string =>
  `client ${JSON.stringify(name)} (${id}) is not in the account, and the account has ${others.length === 1 ? "one" : `${others.length}`} of the same name that this stack does not know: ${others.join(", ")}. If that is the same client, made again by hand or created under another GUID than ThinkGeo returned, its key works on: adopt it (adopt: "${others[0] ?? ""}"), or delete it in ThinkGeo's console.`;

export const neverSeen = (name: string, id: string): string =>
  `client ${JSON.stringify(name)} (${id}): ThinkGeo returned that it has created or changed it, and a GET has not found it for ten seconds. It is kept in state; look for it in ThinkGeo's console, and run "pulumi refresh" in a minute.`;

export const lacksKey = (name: string, id: string): string =>
  `no response of ThinkGeo has the key of client ${JSON.stringify(name)} (${id}), so its outputs clientId and apiKey are empty. See in ThinkGeo's console what it is (Show Keys).`;

export const lacksProperty = (property: PropertyName, name: string, id: string, isNew: boolean): string =>
  `no response of ThinkGeo has ${property} of client ${JSON.stringify(name)} (${id}), and perhaps of others. ${
    isNew
      ? "It is imported as if it had none: see in ThinkGeo's console what it is, and declare it."
      : "What was declared is taken to hold: what somebody changes there outside the program is not seen."
  }`;

/** What properties were before a run changed them, but for the values of those that the program made secret. */
export const wasBefore = (
  properties: readonly PropertyName[],
  before: Existing,
  { secretInputs = [] }: Pick<ClientArgs, "secretInputs">,
  client: Pick<RemoteClient, "omitted"> = {},
): string[] =>
  properties.map((key) => {
    if (isPropertyOmitted(client, key)) return `${key}, of which no response says what it was`;
    return secretInputs.includes(key)
      ? `${key}, which is secret, was another`
      : `${key} was ${JSON.stringify(before[key])}`;
  });

/**
 * A run that takes a client over for one resource and deletes it for another (a bare --target-replace, or a resource
 * that was renamed) would delete what it has just handed out. An error would leave a pending delete in state, and the
 * next run would carry that out.
 */
export const keptForItsSuccessor = (name: string, id: string): string =>
  `Client ${JSON.stringify(name)} (${id}) was not deleted: this run has adopted the same client, so it stays, with the same key. ` +
  'To replace it, change "replaceWhenChanged", or run --target-replace together with --refresh.';

/** The same before the run has come to the adopt line. */
export const keptForAdoption = (name: string, id: string): string =>
  `Client ${JSON.stringify(name)} (${id}) was not deleted: another resource of this program adopts it, so it stays, with the same key.`;

/** The same after a run that took the client over and came to no deletes: now state has it twice. */
export const keptForItsResource = (name: string, id: string): string =>
  `Client ${JSON.stringify(name)} (${id}) was not deleted: another resource of this stack has the same client, so it stays, with the same key.`;
