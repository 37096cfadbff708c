import { startEmulator, type Client, type Emulator, type EmulatorOptions } from "../../emulator";
import { ownClients } from "../own-clients";
import { EngineStack, type HostName } from "./engine-stack";

/** An emulator and an empty stack for one test. */
export interface Scene {
  readonly emulator: Emulator;
  readonly stack: EngineStack;
  readonly account: Emulator["accounts"][0];
  /** The clients that the account was not born with. */
  readonly own: () => Client[];
  /** The requests since the record was last cleared, as "METHOD path". */
  readonly calls: () => string[];
}

/** {@link withStack} on one of the hosts. */
export const stacksOn =
  (host: HostName) =>
  (work: (scene: Scene) => Promise<void>, options: EmulatorOptions = {}): Promise<void> =>
    withStack(work, { ...options, host });

/** Runs a test on an account and a stack of its own. */
export async function withStack(
  work: (scene: Scene) => Promise<void>,
  { host = "dynamic", ...options }: EmulatorOptions & { readonly host?: HostName } = {},
): Promise<void> {
  const emulator = await startEmulator(options);
  const [account] = emulator.accounts;
  const stack = await new EngineStack(account, undefined, host).init();
  try {
    await work({
      emulator,
      stack,
      account,
      own: () => ownClients(account),
      calls: () => emulator.requests().map(({ method, path }) => `${method} ${path}`),
    });
  } finally {
    stack.remove();
    await emulator.close();
  }
}
