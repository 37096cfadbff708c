import { liveThrough } from "./histories";

/*
 * HISTORIES=1000 SEED=7 npx jest tests/histories   so many of them, and which ones
 * SHRINK=no                                        the first failure as it is, without looking for a shorter one
 * npm run soak -- MINUTES                          for as long as one likes, with ever new seeds
 */
const histories = Number(process.env["HISTORIES"] ?? 300);
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
const shrink = process.env["SHRINK"] !== "no";

const ENOUGH_TO_HAVE_SEEN_ALL = 300;

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
