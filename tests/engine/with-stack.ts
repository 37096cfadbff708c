import { startEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { EngineStack, type HostName } from "./engine-stack";

const BORN_WITH = ["Sample Browser Client", "Sample Native Client", "Emulator operator"];

/** An emulator and an empty stack for one test; `own` are the clients that the account was not born with. */
export interface Scene {
  readonly emulator: Emulator;
  readonly stack: EngineStack;
  readonly account: Emulator["accounts"][0];
  readonly own: () => ReturnType<Emulator["accounts"][0]["clients"]>;
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
      own: () => account.clients().filter(({ name }) => !BORN_WITH.includes(name)),
      calls: () => emulator.requests().map(({ method, path }) => `${method} ${path}`),
    });
  } finally {
    stack.remove();
    await emulator.close();
  }
}
