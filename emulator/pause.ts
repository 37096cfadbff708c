import { setTimeout as sleep } from "node:timers/promises";

/** Waits, without keeping a process alive that has nothing else to do. */
export const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });
