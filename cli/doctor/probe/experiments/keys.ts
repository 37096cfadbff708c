import type { WebPage } from "../../../../provider/cloud/api";
import type { Used } from "../bench";
import { QUESTIONS, type AnswerTo, type QuestionName } from "../questions";
import { texts } from "../reading";
import type { Experiment, Laboratory } from "../subject";
import { NO_SITE } from "./making";
import { grantAll, nameOf } from "./roles";

const SITE = `https://${NO_SITE}`;
/** Allowed when the whitelist has been changed to `*.` and the site. */
const BELOW = `https://www.${NO_SITE}`;
const ELSEWHERE = "https://elsewhere.example";

const ABOUT_CHANGES = ["keyDelay", "keyBareDomain"] as const;
const ABOUT_PAGES = ["keyNoHeader", "keyHeader", "keyPort", "keyScheme", ...ABOUT_CHANGES] as const;
const ALL = ["keyElsewhere", ...ABOUT_PAGES] as const;

/** A key that was just made is perhaps not known everywhere. */
const NEW_KEY_MS = [1000, 2000];
/** When it is looked whether a change is in force. */
const SECONDS = [1, 2, 3, 5, 10] as const;

/** What a browser says of a page on this site. */
const page = (origin: string): WebPage => ({ origin, referer: `${origin}/` });

/** Which pages may use a key: what of their address is compared, and when a change of the whitelist is in force. */
export const keys: Experiment = async (laboratory) => {
  const { script } = laboratory;
  await useKey(laboratory);
  // From here on it is switched off, but for its deletion.
  script.body = { ...script.body, isActive: false };
};

const useKey: Experiment = async (laboratory) => {
  const { bench, script, answers } = laboratory;
  const { apiKey } = script.now;
  if (typeof apiKey !== "string" || apiKey === "") {
    answers.leaveOpen([...ALL, "keyOnManagement"], "no answer shows the key");
    return;
  }
  await grantAll(script, laboratory);
  await script.restore("isActive");
  await management(laboratory, apiKey);
  const use = (from: WebPage): Promise<Used> => bench.useKey(apiKey, "elevation", from);
  const here = await bench.until(
    () => use(page(SITE)),
    ({ kind }) => kind !== "refused",
    NEW_KEY_MS,
  );
  if (here.kind !== "accepted") {
    const refused =
      here.kind === "refused" ? `a page that is allowed is refused: HTTP ${here.status}` : here.why;
    answers.leaveOpen(ALL, refused);
    bench.tell(`The elevation service did not take the throw-away key: ${here.words}.`);
    return;
  }
  await pages(laboratory, use);
};

type Use = (from: WebPage) => Promise<Used>;

/** What one use of the key says; where it says nothing of the key, why. */
function conclude<Name extends QuestionName>(
  { answers }: Laboratory,
  name: Name,
  used: Used,
  words: Readonly<Record<"accepted" | "refused", AnswerTo<Name>>>,
): void {
  if (used.kind === "unclear") answers.leaveOpen([name], used.why);
  else answers.settle(name, words[used.kind]);
}

const AS_IT_IS = { accepted: "accepted", refused: "refused" } as const;
const MATTERS = { accepted: "does not matter", refused: "matters" } as const;

/** Whether the key alone opens the API of this package, for a client that has all it may need for that. */
async function management(laboratory: Laboratory, apiKey: string): Promise<void> {
  const { bench, script, answers } = laboratory;
  const roles = texts(script.now["grantedRoles"]).map((role) => nameOf(role, laboratory));
  if (!roles.includes("User")) {
    answers.leaveOpen(["keyOnManagement"], "the client could not be given the role User");
    return;
  }
  const used = await bench.useKey(apiKey, { clientId: script.id }, page(SITE));
  conclude(laboratory, "keyOnManagement", used, AS_IT_IS);
}

/** What of a page's address counts, if anything does. */
async function pages(laboratory: Laboratory, use: Use): Promise<void> {
  const { answers } = laboratory;
  const elsewhere = await use(page(ELSEWHERE));
  if (elsewhere.kind !== "refused") {
    conclude(laboratory, "keyElsewhere", elsewhere, { accepted: "accepted", refused: "403" });
    const found = elsewhere.kind === "accepted" ? "a page that is not allowed is let in" : elsewhere.why;
    answers.leaveOpen(ABOUT_PAGES, found);
    return;
  }
  const status = String(elsewhere.status);
  answers.settle(
    "keyElsewhere",
    QUESTIONS.keyElsewhere.answers.find((known) => known === status),
  );
  await header(laboratory, use);
  conclude(laboratory, "keyPort", await use(page(`${SITE}:8443`)), MATTERS);
  conclude(laboratory, "keyScheme", await use(page(`http://${NO_SITE}`)), MATTERS);
  await changes(laboratory, use);
}

/** Which header decides. Where none is needed, it is the one that keeps a page out. */
async function header(laboratory: Laboratory, use: Use): Promise<void> {
  const none = await use({});
  conclude(laboratory, "keyNoHeader", none, AS_IT_IS);
  const [origin, decides] = none.kind === "accepted" ? [ELSEWHERE, "refused"] : [SITE, "accepted"];
  const byOrigin = await use({ origin });
  const byReferer = await use({ referer: `${origin}/` });
  const unclear = [none, byOrigin, byReferer].find(({ kind }) => kind === "unclear");
  if (unclear?.kind === "unclear") {
    laboratory.answers.leaveOpen(["keyHeader"], unclear.why);
    return;
  }
  const [first, second] = [byOrigin, byReferer].map(({ kind }) => kind === decides);
  const one = first === true ? "Origin" : second === true ? "Referer" : "both together";
  laboratory.answers.settle("keyHeader", first === true && second === true ? "either" : one);
}

/** How long a change of the whitelist takes, and whether a wildcard covers the domain itself. */
async function changes(laboratory: Laboratory, use: Use): Promise<void> {
  const { bench, script, answers } = laboratory;
  const before = await use(page(BELOW));
  if (before.kind !== "refused") {
    const found = before.kind === "accepted" ? "a domain lets its subdomains in" : before.why;
    answers.leaveOpen(ABOUT_CHANGES, found);
    return;
  }
  const wildcard = `*.${NO_SITE}`;
  const start = bench.waitedMs;
  const changed = await script.change({ allowedOrigins: [wildcard] });
  if (changed.refused || !texts(changed.after["allowedOrigins"]).includes(wildcard)) {
    answers.leaveOpen(ABOUT_CHANGES, `the server did not take ${wildcard}`);
    return;
  }
  const last = await bench.until(
    () => use(page(BELOW)),
    ({ kind }) => kind !== "refused",
    waitsFrom(bench.waitedMs - start),
  );
  if (last.kind === "accepted") {
    answers.settle("keyDelay", delayIn(bench.waitedMs - start));
    const covers = { accepted: "allowed", refused: "refused" } as const;
    conclude(laboratory, "keyBareDomain", await use(page(SITE)), covers);
    return;
  }
  if (last.kind === "refused") answers.settle("keyDelay", "after more than 10 s");
  answers.leaveOpen(ABOUT_CHANGES, last.kind === "refused" ? "the change was not in force" : last.why);
}

/** From one look to the next; the change itself may have been waited for. */
function waitsFrom(passedMs: number): number[] {
  const ends = SECONDS.map((seconds) => seconds * 1000).filter((end) => end > passedMs);
  return ends.map((end, place) => end - (ends[place - 1] ?? passedMs));
}

function delayIn(ms: number): AnswerTo<"keyDelay"> {
  if (ms === 0) return "at once";
  const seconds = SECONDS.find((most) => ms <= most * 1000);
  return seconds === undefined ? "after more than 10 s" : `after ${seconds} s`;
}
