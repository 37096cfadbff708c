import { believedSecret } from "../../provider/model/secret";
import type { RemoteClient } from "../../provider/model/wire";
import { changeText } from "./change-text";
import { clientChanges, type RoleTable } from "./client-changes";
import { draft, type Draft, type Subject } from "./draft";
import { placeOf, type Managed } from "../stacks/managed";
import { secretOf } from "../stacks/managed";

/** What is wrong with one client that resources declare; `live` is what the account has of it. */
export function managedFindings(
  managed: readonly Managed[],
  live: RemoteClient | undefined,
  roles: RoleTable,
): Draft[] {
  return [
    ...(managed.length > 1 ? [ownedTwice(managed, live)] : []),
    ...managed.flatMap((one) => (live === undefined ? [missing(one)] : compared(one, live, roles))),
  ];
}

/** The client as a person knows it; a name that the stack keeps secret is kept here too. */
export function subjectOf(managed: readonly Managed[], live: RemoteClient | undefined): Subject {
  const [first] = managed;
  const hidden = managed.some(({ inputs }) => inputs.secret.has("name"));
  const declared = first?.inputs.values["name"];
  const type = live?.clientType ?? first?.inputs.values["type"];
  const name = live?.name ?? (typeof declared === "string" ? declared : (first?.resource ?? ""));
  return {
    id: live?.id ?? first?.id ?? null,
    name: hidden ? "(its name is secret)" : name,
    type: typeof type === "string" ? type : null,
    managed,
  };
}

const ownedTwice = (managed: readonly Managed[], live: RemoteClient | undefined): Draft =>
  draft("owned-twice", subjectOf(managed, live), {
    message: `${managed.length} resources manage this client, and each undoes what the others do: leave it in one.`,
    details: managed.map(placeOf),
  });

const missing = (one: Managed): Draft =>
  draft("missing", subjectOf([one], undefined), {
    message: 'The account has no such client. "pulumi up --refresh" makes it again, with new keys.',
  });

function compared(one: Managed, live: RemoteClient, roles: RoleTable): Draft[] {
  const subject = subjectOf([one], live);
  const all = clientChanges(one, live, roles);
  const deactivated = all.some(({ property, actual }) => property === "active" && actual === false);
  const changes = all.filter(({ property }) => property !== "active" || !deactivated);
  const secret = secretOf(one);
  const { secret: believed } = believedSecret(live.apiSecret, secret);
  const rotated =
    secret !== undefined && believed !== undefined && secret !== believed
      ? [
          draft("secret-changed", subject, {
            message:
              'Programs that take the secret from this stack cannot sign in. "pulumi up --refresh" takes up the new one.',
            basis: believed,
          }),
        ]
      : [];
  return [
    ...(changes.length === 0 ? [] : [changed(subject, changes)]),
    ...(deactivated ? [draft("deactivated", subject, { message: DEACTIVATED })] : []),
    ...rotated,
  ];
}

const DEACTIVATED =
  'It is declared active, and somebody switched it off: its key does not work. "pulumi up --refresh" switches it on (the previous client of a RotatingClient stays off).';

const changed = (subject: Subject, changes: Draft["changes"]): Draft =>
  draft("changed", subject, {
    message:
      changes.length === 1
        ? "One property is not what the stack declared."
        : `${changes.length} properties are not what the stack declared.`,
    details: changes.map(changeText),
    changes,
    basis: changes.map(({ property, declared, actual }) => [property, declared, actual]),
  });
