import { sameSet, sameText, texts } from "../reading";
import type { Changed, Subject } from "../subject";

type Field = "allowedOrigins" | "allowedIpAddresses";

/** What became of a list that was sent; undefined where it was not applied at all. */
export async function sendList(
  subject: Subject,
  field: Field,
  sent: readonly string[],
): Promise<readonly string[] | "refused" | undefined> {
  const before = subject.now[field];
  const changed: Changed = await subject.change({ [field]: sent });
  if (changed.refused) return "refused";
  const stored = changed.after[field];
  return sameText(stored, before) && !sameText(stored, sent) ? undefined : texts(stored);
}

type Fate = "kept" | "changed" | "refused" | undefined;

/** What became of one entry. */
export const sendEntry = (subject: Subject, field: Field, entry: string): Promise<Fate> =>
  sendRewritable(subject, field, entry, "", "changed");

/** The same for one that is likely to be rewritten, into a form that has a word of its own. */
export async function sendRewritable<Word extends string>(
  subject: Subject,
  field: Field,
  entry: string,
  form: string,
  word: Word,
): Promise<Fate | Word> {
  const stored = await sendList(subject, field, [entry]);
  if (stored === undefined || stored === "refused") return stored;
  const [only, ...more] = stored;
  if (only === undefined || more.length > 0) return "changed";
  if (only === entry) return "kept";
  return only === form ? word : "changed";
}

export async function sendOrder(
  subject: Subject,
  field: Field,
  sent: readonly string[],
): Promise<"kept" | "sorted" | "changed" | "refused" | undefined> {
  const stored = await sendList(subject, field, sent);
  if (stored === undefined || stored === "refused") return stored;
  if (sameText(stored, sent)) return "kept";
  return sameText(stored, sent.toSorted()) ? "sorted" : "changed";
}

export async function sendTwice(
  subject: Subject,
  field: Field,
  entry: string,
): Promise<"kept" | "removed" | "refused" | undefined> {
  const stored = await sendList(subject, field, [entry, entry]);
  if (stored === undefined || stored === "refused") return stored;
  if (!sameSet([...new Set(stored)], [entry])) return undefined;
  return stored.length === 2 ? "kept" : "removed";
}
