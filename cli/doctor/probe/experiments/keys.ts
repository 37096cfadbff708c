import type { WebPage } from "../../../../provider/cloud/api";
import type { KeyResult } from "../requests";
import { QUESTIONS, type AnswerTo, type QuestionName } from "../questions";
import { textsIn } from "../../../text";
import type { Experiment, Setup } from "../throwaway-client";
import { NO_SITE } from "./lifecycle";
import { grantAll, nameOf } from "./roles";

const SITE = `https://${NO_SITE}`;
/** Allowed once the whitelist is `*.` and the site. */
const BELOW = `https://www.${NO_SITE}`;
const ELSEWHERE = "https://elsewhere.example";

const ABOUT_CHANGES = ["keyDelay", "keyBareDomain"] as const;
const ABOUT_PAGES = ["keyNoHeader", "keyHeader", "keyPort", "keyScheme", ...ABOUT_CHANGES] as const;
const ALL = ["keyElsewhere", ...ABOUT_PAGES] as const;

/** A new key is perhaps not known to every server yet. */
const NEW_KEY_MS = [1000, 2000];
/** After how many seconds a changed whitelist is tested. */
const SECONDS = [1, 2, 3, 5, 10] as const;

/** The headers that a browser sends for a page of this site. */
const page = (origin: string): WebPage => ({ origin, referer: `${origin}/` });

/** Which pages may use a key, what part of their URL is compared, and how soon a changed whitelist is in effect. */
export const keys: Experiment = async (setup) => {
  const { script } = setup;
  await useKey(setup);
  // From here on the client is deactivated, except while it is deleted.
  script.body = { ...script.body, isActive: false };
};

const useKey: Experiment = async (setup) => {
  const { requests, script, answers } = setup;
  const { apiKey } = script.stored;
  if (typeof apiKey !== "string" || apiKey === "") {
    answers.leaveOpen([...ALL, "keyOnManagement"], "no response shows the key");
    return;
  }
  await grantAll(script, setup);
  await script.restore("isActive");
  await management(setup, apiKey);
  const use = (from: WebPage): Promise<KeyResult> => requests.useKey(apiKey, "elevation", from);
  const here = await requests.until(
    () => use(page(SITE)),
    ({ kind }) => kind !== "refused",
    NEW_KEY_MS,
  );
  if (here.kind !== "accepted") {
    const refused =
      here.kind === "refused" ? `a page that is allowed is refused: HTTP ${here.status}` : here.why;
    answers.leaveOpen(ALL, refused);
    requests.log(`The elevation service did not take the throw-away key: ${here.words}.`);
    return;
  }
  await pages(setup, use);
};

type Use = (from: WebPage) => Promise<KeyResult>;

/** The answer that one use of the key gives, or the reason why it gives none. */
function conclude<Name extends QuestionName>(
  { answers }: Setup,
  name: Name,
  used: KeyResult,
  words: Readonly<Record<"accepted" | "refused", AnswerTo<Name>>>,
): void {
  if (used.kind === "unclear") answers.leaveOpen([name], used.why);
  else answers.settle(name, words[used.kind]);
}

const AS_IT_IS = { accepted: "accepted", refused: "refused" } as const;
const MATTERS = { accepted: "does not matter", refused: "matters" } as const;

/** Whether the client management API accepts the key instead of a token, for a client with the role User. */
async function management(setup: Setup, apiKey: string): Promise<void> {
  const { requests, script, answers } = setup;
  const roles = textsIn(script.stored["grantedRoles"]).map((role) => nameOf(role, setup));
  if (!roles.includes("User")) {
    answers.leaveOpen(["keyOnManagement"], "the client could not be given the role User");
    return;
  }
  const used = await requests.useKey(apiKey, { clientId: script.id }, page(SITE));
  conclude(setup, "keyOnManagement", used, AS_IT_IS);
}

/** Which parts of a page's URL are compared. */
async function pages(setup: Setup, use: Use): Promise<void> {
  const { answers } = setup;
  const elsewhere = await use(page(ELSEWHERE));
  if (elsewhere.kind !== "refused") {
    conclude(setup, "keyElsewhere", elsewhere, { accepted: "accepted", refused: "403" });
    const found = elsewhere.kind === "accepted" ? "a page that is not listed is allowed" : elsewhere.why;
    answers.leaveOpen(ABOUT_PAGES, found);
    return;
  }
  const status = String(elsewhere.status);
  answers.settle(
    "keyElsewhere",
    QUESTIONS.keyElsewhere.answers.find((known) => known === status),
  );
  await header(setup, use);
  conclude(setup, "keyPort", await use(page(`${SITE}:8443`)), MATTERS);
  conclude(setup, "keyScheme", await use(page(`http://${NO_SITE}`)), MATTERS);
  await changes(setup, use);
}

/** Which header is compared. If requests without headers are accepted, it is the one that makes a page refused. */
async function header(setup: Setup, use: Use): Promise<void> {
  const none = await use({});
  conclude(setup, "keyNoHeader", none, AS_IT_IS);
  const [origin, decides] = none.kind === "accepted" ? [ELSEWHERE, "refused"] : [SITE, "accepted"];
  const byOrigin = await use({ origin });
  const byReferer = await use({ referer: `${origin}/` });
  const unclear = [none, byOrigin, byReferer].find(({ kind }) => kind === "unclear");
  if (unclear?.kind === "unclear") {
    setup.answers.leaveOpen(["keyHeader"], unclear.why);
    return;
  }
  const [first, second] = [byOrigin, byReferer].map(({ kind }) => kind === decides);
  const one = first === true ? "Origin" : second === true ? "Referer" : "both together";
  setup.answers.settle("keyHeader", first === true && second === true ? "either" : one);
}

/** How soon a changed whitelist is in effect, and whether a wildcard covers the domain itself. */
async function changes(setup: Setup, use: Use): Promise<void> {
  const { requests, script, answers } = setup;
  const before = await use(page(BELOW));
  if (before.kind !== "refused") {
    const found = before.kind === "accepted" ? "a domain lets its subdomains in" : before.why;
    answers.leaveOpen(ABOUT_CHANGES, found);
    return;
  }
  const wildcard = `*.${NO_SITE}`;
  const start = requests.waitedMs;
  const changed = await script.change({ allowedOrigins: [wildcard] });
  if (changed.refused || !textsIn(changed.after["allowedOrigins"]).includes(wildcard)) {
    answers.leaveOpen(ABOUT_CHANGES, `the server did not take ${wildcard}`);
    return;
  }
  const last = await requests.until(
    () => use(page(BELOW)),
    ({ kind }) => kind !== "refused",
    waitsFrom(requests.waitedMs - start),
  );
  if (last.kind === "accepted") {
    answers.settle("keyDelay", delayIn(requests.waitedMs - start));
    const covers = { accepted: "allowed", refused: "refused" } as const;
    conclude(setup, "keyBareDomain", await use(page(SITE)), covers);
    return;
  }
  if (last.kind === "refused") answers.settle("keyDelay", "after more than 10 s");
  answers.leaveOpen(ABOUT_CHANGES, last.kind === "refused" ? "the change was not in effect" : last.why);
}

/** The waits between tests, less the time that the change itself has taken. */
function waitsFrom(passedMs: number): number[] {
  const ends = SECONDS.map((seconds) => seconds * 1000).filter((end) => end > passedMs);
  return ends.map((end, place) => end - (ends[place - 1] ?? passedMs));
}

function delayIn(ms: number): AnswerTo<"keyDelay"> {
  if (ms === 0) return "at once";
  const seconds = SECONDS.find((most) => ms <= most * 1000);
  return seconds === undefined ? "after more than 10 s" : `after ${seconds} s`;
}
