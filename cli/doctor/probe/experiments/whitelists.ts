import type { AnswerTo } from "../questions";
import { sameText, texts } from "../reading";
import type { Changed, Experiment } from "../subject";
import { sendEntry, sendOrder, sendRewritable, sendTwice } from "./entries";
import { NOWHERE, NO_SITE } from "./making";

const ADDRESSES = "allowedIpAddresses";
const ORIGINS = "allowedOrigins";

/** A list of addresses left out, null and empty. The client is switched off meanwhile. */
export const withoutAddresses: Experiment = async ({ native, answers }) => {
  if (native.now["isActive"] !== false) return;
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
  const form = sameText(stored, ["*.*.*.*"]) ? "*.*.*.*" : "[]";
  const judged = judge(emptied);
  answers.settle("addressesEmpty", judged === "emptied" ? form : judged);
  await native.restore(ADDRESSES);
};

const isEmptied = (list: unknown): boolean => texts(list).every((entry) => entry === "*.*.*.*");

/** How addresses are stored: all of them are set aside for documentation. */
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

/** How origins are stored: all but localhost are set aside for documentation, and the client is switched off. */
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

/** Both kinds at once, although one of them is in force. */
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
