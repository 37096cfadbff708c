import { opensToEveryAddress } from "../../../provider/whitelist";
import type { RemoteClient } from "../../../provider/model/wire";
import { type Finding, fail, failureOf, info, pass, warn } from "../finding";
import type { Step } from "../step";
import { failed, outcome } from "../visit";
import { count, quoted } from "../../text";

/** Whether the client that signs in may manage clients, and how long it will be able to. */
export const rights: Step = {
  name: "rights",
  title: "May the client manage clients?",
  needs: ["token", "list"],
  run: async (visit) => {
    const { list, own, account, cloud } = visit;
    if (list === undefined || account === undefined || cloud === undefined) return [];
    if (failed(list)) return [failureOf(list.error)];
    const total = list.totalCount ?? list.clients.length;
    const answered =
      total > list.clients.length
        ? fail(
            `The list holds ${list.clients.length} clients, and says that there are ${total}.`,
            "Tell us, with this report: what is missing cannot be told from what is gone.",
          )
        : pass(`The list of clients was answered: ${count(list.clients.length, "client")}.`);
    if (own === undefined) return [answered, absent(list.clients)];
    // A list may leave out what is asked here.
    const isWhole = own.raw["grantedRoles"] !== undefined;
    const whole = isWhole ? own : await outcome(cloud.getClient(own.id, visit.budget()));
    if (failed(whole)) return [answered, failureOf(whole.error)];
    const names = await account.roleNames(whole.grantedRoles, visit.budget());
    return [answered, typeFinding(whole), roleFinding(names), activeFinding(whole), ...placeFindings(whole)];
  },
};

function absent(clients: readonly RemoteClient[]): Finding {
  return clients.length > 0 && clients.every(({ apiKey }) => apiKey === undefined)
    ? fail(
        "The list shows no client's apiKey, so the one that signs in cannot be recognised in it.",
        "Tell us, with this report: without it this version cannot tell what is gone from what is not shown.",
      )
    : fail(
        "The list lacks the client that signs in, so nothing can be concluded from it.",
        "Check thinkgeo:clientId and thinkgeo:apiUrl: they must belong to one account.",
      );
}

function typeFinding({ clientType }: RemoteClient): Finding {
  return clientType === "NativeConfidential"
    ? pass("Its type is NativeConfidential.")
    : warn(
        `Its type is ${quoted(clientType ?? "not known")}.`,
        "Sign in as a NativeConfidential client: ThinkGeo documents only that.",
      );
}

function roleFinding(names: readonly string[]): Finding {
  if (names.some((name) => name.toLowerCase() === "user")) return pass("It has the role User.");
  const held = names.length === 0 ? "none" : names.join(", ");
  return fail(
    `It does not have the role User (its roles: ${held}): it could list the clients now, perhaps only while its token lives.`,
    "Give it the role User in ThinkGeo's console.",
  );
}

function activeFinding({ isActive }: RemoteClient): Finding {
  return isActive
    ? pass("It is active.")
    : fail(
        "It is not active, and will be refused when its token ends.",
        "Activate it in ThinkGeo's console.",
      );
}

function placeFindings(own: RemoteClient): Finding[] {
  const isSample = own.name === "Sample Native Client";
  const sample = warn(
    "It is the sample client that came with the account.",
    "Make a client of its own for Pulumi, so that the sample can be switched off.",
  );
  const where = opensToEveryAddress(own.allowedIpAddresses)
    ? info("It may be used from every address.")
    : info(
        `It may be used from ${own.allowedIpAddresses.join(", ")} only, which lets this machine in; pipelines must be in there too.`,
      );
  return [where, ...(isSample ? [sample] : [])];
}
