import { Roster } from "../../../provider/client/roster";
import type { Connection } from "../../../provider/client/connection";
import { sameId } from "../../../provider/model/ids";
import { mayManage } from "../../../provider/model/roles";
import type { AccountRole, ClientList, CurrentAccount, RemoteClient } from "../../../provider/model/wire";
import { AddressList } from "../../../provider/whitelist";
import { roleExpiration } from "../../account/role-expiration";
import { isSample } from "../../account/ownership";
import { count, quoted } from "../../text";
import { attempt, failed } from "../context";
import {
  defineStep,
  fail,
  failureOf,
  info,
  pass,
  warn,
  warningOf,
  type Claims,
  type StepFinding,
} from "../step";

/** Which client and account the credentials are of, by the token, the account and the list of clients: these must agree. */
export const identity = defineStep({
  name: "identity",
  title: "Client and account",
  needs: ["api", "connection", "token"],
  run: async ({ api: { cloud, configuration, budget }, token: { claims } }) => {
    const account = await attempt(cloud.currentAccount(budget()));
    const list = await attempt(cloud.listClients(budget()));
    const own = failed(list) ? undefined : new Roster(list).byKey(configuration.clientId);
    const current = failed(account) ? undefined : account;
    const accountName = current?.name ?? claims?.accountName;
    return {
      findings: [
        clientFinding(claims, own),
        accountFinding(claims, current),
        ...(failed(account) ? [warningOf(account.error)] : []),
        ...disagreements(claims, own, current),
      ],
      facts: { identity: { list, own, accountName } },
    };
  },
});

function clientFinding(claims: Claims | undefined, own: RemoteClient | undefined): StepFinding {
  if (own !== undefined)
    return pass(`The client is ${quoted(own.name)} (${own.id}), by the account's list of clients.`);
  if (claims?.clientName !== undefined || claims?.clientGuid !== undefined)
    return pass(
      `The client is ${quoted(claims.clientName ?? "")} (${claims.clientGuid ?? "no GUID"}), by its token.`,
    );
  return fail(
    "Nothing says which client this is: the list does not show it, and the token does not tell.",
    "See whether the client may manage clients, below.",
  );
}

function accountFinding(claims: Claims | undefined, current: CurrentAccount | undefined): StepFinding {
  if (current !== undefined) return pass(`The account is ${quoted(current.name)} (${current.id}).`);
  return claims?.accountName === undefined
    ? info("The account's name is not known.")
    : pass(`The account is ${quoted(claims.accountName)} (${claims.accountId ?? "no GUID"}), by the token.`);
}

function disagreements(
  claims: Claims | undefined,
  own: RemoteClient | undefined,
  current: CurrentAccount | undefined,
): StepFinding[] {
  const differ = (left: string | undefined, right: string | undefined): boolean =>
    left !== undefined && right !== undefined && !sameId(left, right);
  const todo = "Check that no proxy or cache answers for another account, and tell us, with this report.";
  return [
    ...(differ(claims?.clientGuid, own?.id)
      ? [warn("The token and the list of clients name two clients.", todo)]
      : []),
    ...(differ(claims?.accountId, current?.id) || differ(own?.ownerId, current?.id ?? claims?.accountId)
      ? [warn("The token, the account and the list of clients name two accounts.", todo)]
      : []),
  ];
}

/** The account's roles, and when they end. */
export const roles = defineStep({
  name: "roles",
  title: "Roles of the account",
  needs: ["api", "connection", "token"],
  run: async ({ api: { cloud, budget } }, { time }) => {
    const listed = await attempt(cloud.listAccountRoles(budget()));
    if (failed(listed)) return { findings: [warningOf(listed.error)] };
    if (listed.length === 0)
      return {
        findings: [fail("The account has no role.", "Ask ThinkGeo: such an account can use nothing.")],
      };
    return { findings: listed.map((role) => expirationFinding(role, listed, time.wall())) };
  },
});

function expirationFinding(role: AccountRole, all: readonly AccountRole[], now: number): StepFinding {
  const end = roleExpiration(role, now);
  const name = quoted(role.name);
  if (role.expiration === undefined) return pass(`${name} does not end.`);
  if (end === undefined) return info(`${name} ends at a time that cannot be read.`);
  const { day, isSoon, isOver } = end;
  if (!isOver) {
    const words = `${name} ends on ${day}, in ${count(end.days, "day")}.`;
    return isSoon ? warn(words, `Subscribe, or ask ThinkGeo, before ${day}.`) : pass(words);
  }
  const isActive = (other: AccountRole): boolean =>
    other.name !== "User" && roleExpiration(other, now)?.isOver !== true;
  const todo = "Subscribe, or ask ThinkGeo: requests are refused once an evaluation is over.";
  return all.some(isActive)
    ? warn(
        `${name} ended on ${day}; another role is in effect.`,
        "Nothing, if that is the role you have now.",
      )
    : fail(`${name} ended on ${day}.`, todo);
}

/** Whether the client that signs in may manage clients, now and after its token expires. */
export const rights = defineStep({
  name: "rights",
  title: "May the client manage clients?",
  needs: ["api", "connection", "token", "identity"],
  run: async ({ api, identity: { list, own } }) => {
    if (failed(list)) return { findings: [failureOf(list.error)] };
    if (own === undefined) return { findings: [listFinding(list), absenceFinding(list.clients)] };
    return { findings: [listFinding(list), ...(await ownFindings(api, own))] };
  },
});

async function ownFindings(
  { cloud, account, budget }: Connection,
  own: RemoteClient,
): Promise<StepFinding[]> {
  // A list may leave out roles.
  const isWhole = own.raw["grantedRoles"] !== undefined;
  const whole = isWhole ? own : await attempt(cloud.getClient(own.id, budget()));
  if (failed(whole)) return [failureOf(whole.error)];
  const names = await account.roleNames(whole.grantedRoles, budget());
  return [typeFinding(whole), roleFinding(names), activeFinding(whole), ...usageFindings(whole)];
}

function listFinding({ clients, totalCount }: ClientList): StepFinding {
  const total = totalCount ?? clients.length;
  return total > clients.length
    ? fail(
        `The list holds ${count(clients.length, "client")}, and says that there are ${total}.`,
        "Tell us, with this report: what is missing cannot be told from what is gone.",
      )
    : pass(`The list of clients was returned: ${count(clients.length, "client")}.`);
}

function absenceFinding(clients: readonly RemoteClient[]): StepFinding {
  return clients.length > 0 && clients.every(({ apiKey }) => apiKey === undefined)
    ? fail(
        "The list shows no client's apiKey, so the one that authenticates cannot be recognised in it.",
        "Tell us, with this report: without it this version cannot tell what is gone from what is not shown.",
      )
    : fail(
        "The list lacks the client that authenticates, so nothing can be concluded from it.",
        "Check thinkgeo:clientId and thinkgeo:apiUrl: they must belong to one account.",
      );
}

function typeFinding({ clientType }: RemoteClient): StepFinding {
  return clientType === "NativeConfidential"
    ? pass("Its type is NativeConfidential.")
    : warn(
        `Its type is ${quoted(clientType ?? "not known")}.`,
        "Sign in as a NativeConfidential client: ThinkGeo documents only that.",
      );
}

function roleFinding(names: readonly string[]): StepFinding {
  if (mayManage(names)) return pass("It has the role User.");
  const held = names.length === 0 ? "none" : names.join(", ");
  return fail(
    `It does not have the role User (its roles: ${held}): it could list the clients now, perhaps only while its token lives.`,
    "Give it the role User in ThinkGeo's console.",
  );
}

function activeFinding({ isActive }: RemoteClient): StepFinding {
  return isActive
    ? pass("It is active.")
    : fail(
        "It is not active, and will be refused when its token ends.",
        "Activate it in ThinkGeo's console.",
      );
}

function usageFindings(own: RemoteClient): StepFinding[] {
  const sample = warn(
    "It is the sample client that came with the account.",
    "Make a client of its own for Pulumi, so that the sample can be deactivated.",
  );
  const where = new AddressList(own.allowedIpAddresses).restrictsNobody
    ? info("It may be used from every address.")
    : info(
        `It may be used from ${own.allowedIpAddresses.join(", ")} only, which lets this machine in; pipelines must be in there too.`,
      );
  return [where, ...(isSample(own) ? [sample] : [])];
}
