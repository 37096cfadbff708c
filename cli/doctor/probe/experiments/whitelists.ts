import { EVERY_ADDRESS } from "../../../../provider/whitelist";
import type { AnswerTo } from "../questions";
import { sameSet, sameText } from "../reading";
import { textsIn } from "../../../text";
import type { Changed, Experiment, ThrowawayClient } from "../throwaway-client";
import { NO_SITE, NOWHERE } from "./lifecycle";

const ADDRESSES = "allowedIpAddresses";
const ORIGINS = "allowedOrigins";

/** A list of addresses that is left out, null, and empty. The client is deactivated meanwhile. */
export const withoutAddresses: Experiment = async ({ native, answers }) => {
  if (native.stored["isActive"] !== false) return;
  const judge = (changed: Changed): AnswerTo<"addressesAbsent"> => {
    if (changed.refused) return "refused";
    const now = changed.after[ADDRESSES];
    if (sameText(now, [NOWHERE])) return "kept";
    return isEmptied(now) ? "emptied" : "other";
  };
  if (!(await native.restore(ADDRESSES))) return;
  answers.settle("addressesAbsent", judge(await native.change({}, [ADDRESSES])));
  if (!(await native.restore(ADDRESSES))) return;
  answers.settle("addressesNull", judge(await native.change({ [ADDRESSES]: null })));
  if (!(await native.restore(ADDRESSES))) return;
  const emptied = await native.change({ [ADDRESSES]: [] });
  const stored = emptied.refused ? undefined : emptied.after[ADDRESSES];
  const form = sameText(stored, [EVERY_ADDRESS]) ? EVERY_ADDRESS : "[]";
  const judged = judge(emptied);
  answers.settle("addressesEmpty", judged === "emptied" ? form : judged);
  await native.restore(ADDRESSES);
};

const isEmptied = (list: unknown): boolean => textsIn(list).every((entry) => entry === EVERY_ADDRESS);

/** How addresses are stored. All are reserved for documentation. */
export const addressForms: Experiment = async ({ native, answers }) => {
  const order = ["203.0.113.7", NOWHERE, "198.51.100.7"];
  answers.settle("addressOrder", await sendOrder(native, ADDRESSES, order));
  answers.settle("addressDuplicates", await sendTwice(native, ADDRESSES, "192.0.2.9"));
  const network = "192.0.2.0/24";
  answers.settle("addressWildcard", await sendRewritable(native, ADDRESSES, "192.0.2.*", network, "as CIDR"));
  answers.settle(
    "addressHostBits",
    await sendRewritable(native, ADDRESSES, "192.0.2.1/24", network, "cleared"),
  );
  answers.settle("addressIpv6", await sendEntry(native, ADDRESSES, "2001:db8::1"));
  await native.restore(ADDRESSES);
};

/** How origins are stored. All but localhost are reserved for documentation, and the client is deactivated. */
export const originForms: Experiment = async ({ script, answers }) => {
  const order = [`c.${NO_SITE}`, `a.${NO_SITE}`, `b.${NO_SITE}`];
  answers.settle("originOrder", await sendOrder(script, ORIGINS, order));
  answers.settle("originDuplicates", await sendTwice(script, ORIGINS, `d.${NO_SITE}`));
  const capitals = "Thinkgeo-Doctor.Example";
  answers.settle("originCase", await sendRewritable(script, ORIGINS, capitals, NO_SITE, "lowered"));
  const bare = `e.${NO_SITE}`;
  answers.settle("originDot", await sendRewritable(script, ORIGINS, `${bare}.`, bare, "removed"));
  answers.settle("originPort", await sendEntry(script, ORIGINS, `${NO_SITE}:8443`));
  answers.settle("originScheme", await sendEntry(script, ORIGINS, `https://${NO_SITE}`));
  answers.settle("originLocalhost", await sendEntry(script, ORIGINS, "localhost"));
};

/** Both whitelists at once. */
export const bothLists: Experiment = async ({ script, answers }) => {
  const changed = await script.change({ [ORIGINS]: [NO_SITE], [ADDRESSES]: [NOWHERE] });
  if (changed.refused) {
    answers.settle("bothLists", "refused");
    return;
  }
  const first = sameText(changed.after[ORIGINS], [NO_SITE]);
  const second = sameText(changed.after[ADDRESSES], [NOWHERE]);
  const none = isEmptied(changed.after[ADDRESSES]);
  answers.settle("bothLists", first && second ? "both" : first && none ? "first only" : "other");
};

type Field = "allowedOrigins" | "allowedIpAddresses";

/** The list that is stored after one was sent; undefined if the update was ignored. */
async function sendList(
  client: ThrowawayClient,
  field: Field,
  sent: readonly string[],
): Promise<readonly string[] | "refused" | undefined> {
  const before = client.stored[field];
  const changed: Changed = await client.change({ [field]: sent });
  if (changed.refused) return "refused";
  const stored = changed.after[field];
  return sameText(stored, before) && !sameText(stored, sent) ? undefined : textsIn(stored);
}

type Stored = "kept" | "changed" | "refused" | undefined;

/** How one entry is stored. */
const sendEntry = (client: ThrowawayClient, field: Field, entry: string): Promise<Stored> =>
  sendRewritable(client, field, entry, "", "changed");

/** The same for an entry that may be stored in another form, for which there is a word. */
async function sendRewritable<Word extends string>(
  client: ThrowawayClient,
  field: Field,
  entry: string,
  form: string,
  word: Word,
): Promise<Stored | Word> {
  const stored = await sendList(client, field, [entry]);
  if (stored === undefined || stored === "refused") return stored;
  const [only, ...more] = stored;
  if (only === undefined || more.length > 0) return "changed";
  if (only === entry) return "kept";
  return only === form ? word : "changed";
}

async function sendOrder(
  client: ThrowawayClient,
  field: Field,
  sent: readonly string[],
): Promise<"kept" | "sorted" | "changed" | "refused" | undefined> {
  const stored = await sendList(client, field, sent);
  if (stored === undefined || stored === "refused") return stored;
  if (sameText(stored, sent)) return "kept";
  return sameText(stored, sent.toSorted()) ? "sorted" : "changed";
}

async function sendTwice(
  client: ThrowawayClient,
  field: Field,
  entry: string,
): Promise<"kept" | "removed" | "refused" | undefined> {
  const stored = await sendList(client, field, [entry, entry]);
  if (stored === undefined || stored === "refused") return stored;
  if (!sameSet([...new Set(stored)], [entry])) return undefined;
  return stored.length === 2 ? "kept" : "removed";
}
