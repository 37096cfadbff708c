import { connect } from "node:net";

const PATIENCE_MS = 2_000;

/** Where an engine listens that started this process. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:41234`, as an engine gives it to what it starts. */
export function parseEngineAddress(text = ""): EngineAddress | undefined {
  const found = /^(?<host>[\d.]+|localhost):(?<port>\d{1,5})$/.exec(text);
  if (found?.groups === undefined) return undefined;
  return { host: found.groups["host"] ?? "", port: Number(found.groups["port"]) };
}

/** Where Pulumi's engine listens, if this process is the host that it started for dynamic providers. */
export const engineOfDynamicHost = ([, script = "", address]: readonly string[]):
  EngineAddress | undefined =>
  script.includes("dynamic-provider") ? parseEngineAddress(address) : undefined;

/** Why a provider process sends nothing more once its engine has ended. */
export const ENGINE_GONE = "Pulumi's engine has gone";

const REMEMBERED_MS = 250;

/** A function that says whether the engine still runs. It asks at most four times a second, and repeats the last answer in between. */
export function engineWatch(engine: EngineAddress | undefined): () => Promise<boolean> {
  let answer: Promise<boolean> = Promise.resolve(true);
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - askedAt > REMEMBERED_MS) {
      askedAt = performance.now();
      answer = engineAlive(engine);
    }
    return answer;
  };
}

/**
 * Whether the engine that started this process still runs. After a kill the process lives on, and would repeat a
 * request when nobody waits for it any more, perhaps after the operator's next run.
 */
export async function engineAlive(engine: EngineAddress | undefined): Promise<boolean> {
  if (engine === undefined) return true;
  return new Promise((resolve) => {
    const socket = connect({ ...engine, timeout: PATIENCE_MS });
    const answer = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.once("connect", () => {
      answer(true);
    });
    // Only a refusal says that it has gone: a slow engine is an engine, and so is one that we have no socket left for.
    socket.once("timeout", () => {
      answer(true);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      answer(error.code !== "ECONNREFUSED");
    });
  });
}

const LOOK_MS = 5_000;

/**
 * Ends this process once its engine has gone, so that no run that was killed leaves one behind. Two refusals in a row
 * are asked for, because some systems refuse a connection while the queue of those that wait is full.
 */
export function endWithEngine(engine: EngineAddress | undefined, end: () => void, everyMs = LOOK_MS): void {
  if (engine === undefined) return;
  let refusals = 0;
  const looks = setInterval(() => {
    void engineAlive(engine).then((alive) => {
      refusals = alive ? 0 : refusals + 1;
      if (refusals < 2) return;
      clearInterval(looks);
      end();
    });
  }, everyMs);
  looks.unref();
}
