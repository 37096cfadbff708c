const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Calls `stop` at the first ^C, and `giveUp` at the second, while the work lasts. */
export async function interruptible<T>(
  work: () => Promise<T>,
  stop: () => void,
  giveUp: () => void,
): Promise<T> {
  let times = 0;
  const onSignal = (): void => {
    times += 1;
    if (times === 1) stop();
    else giveUp();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
