import { liveThrough } from "./histories";

/*
 * HISTORIES=1000 SEED=7 npx jest tests/histories   so many of them, and which ones
 * SHRINK=no                                        the first failure as it is, without looking for a shorter one
 * npm run soak -- MINUTES                          for as long as one likes, with ever new seeds
 */
const ENOUGH_TO_HAVE_SEEN_ALL = 100;
const histories = Number(process.env["HISTORIES"] ?? 300);
// The same in every run, so that a run that fails is about its change; `npm run soak` draws ever new ones.
const seed = Number(process.env["SEED"] ?? 589_460_139);
const shrink = process.env["SHRINK"] !== "no";

test(
  `${histories} random histories keep every invariant (SEED=${seed})`,
  async () => {
    process.stdout.write(`histories: HISTORIES=${histories} SEED=${seed}\n`);
    const { counts } = await liveThrough({ seed, histories, shrink });
    process.stdout.write(`histories: ${JSON.stringify(counts)}\n`);
    const never = Object.entries(counts).filter(([, times]) => times === 0);
    if (histories >= ENOUGH_TO_HAVE_SEEN_ALL) expect(never).toEqual([]);
  },
  15 * 60_000,
);
