import type { CurrentAccount, RemoteClient } from "../../../provider/model/wire";
import { Roster } from "../../../provider/client/account";
import { type Finding, fail, info, pass, warn, warningOf } from "../finding";
import type { Step } from "../step";
import { failed, outcome, type Visit } from "../visit";
import { quoted } from "../../text";

/** Which client we are, and of which account: asked of the token, of the account and of the list, which must agree. */
export const identity: Step = {
  name: "identity",
  title: "Client and account",
  needs: ["token"],
  run: async (visit) => {
    const { cloud, configuration } = visit;
    if (cloud === undefined || configuration === undefined) return [];
    const account = await outcome(cloud.currentAccount(visit.budget()));
    visit.list = await outcome(cloud.listClients(visit.budget()));
    const own = failed(visit.list) ? undefined : new Roster(visit.list).byKey(configuration.clientId);
    visit.own = own;
    const current = failed(account) ? undefined : account;
    visit.accountName = current?.name ?? visit.claims?.accountName;
    return [
      clientFinding(visit, own),
      accountFinding(visit, current),
      ...(failed(account) ? [warningOf(account.error)] : []),
      ...disagreements(visit, own, current),
    ];
  },
};

function clientFinding({ claims }: Visit, own: RemoteClient | undefined): Finding {
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

function accountFinding({ claims }: Visit, current: CurrentAccount | undefined): Finding {
  if (current !== undefined) return pass(`The account is ${quoted(current.name)} (${current.id}).`);
  return claims?.accountName === undefined
    ? info("The account's name is not known.")
    : pass(`The account is ${quoted(claims.accountName)} (${claims.accountId ?? "no GUID"}), by the token.`);
}

function disagreements(
  { claims }: Visit,
  own: RemoteClient | undefined,
  current: CurrentAccount | undefined,
): Finding[] {
  const differ = (left: string | undefined, right: string | undefined): boolean =>
    left !== undefined && right !== undefined && left.toLowerCase() !== right.toLowerCase();
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
