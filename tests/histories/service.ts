import { startEmulator, type Emulator } from "../../emulator/index";
import { Transport } from "../../provider/cloud/transport";
import { Clock } from "./clock";

/** What many histories share: a service, the time that it lives in, and a way to it. */
export interface Service {
  readonly emulator: Emulator;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly close: () => Promise<void>;
}

export async function startService(): Promise<Service> {
  const clock = new Clock();
  const emulator = await startEmulator({ now: clock.now });
  const transport = new Transport();
  const close = async (): Promise<void> => {
    transport.close();
    await emulator.close();
  };
  return { emulator, clock, transport, close };
}
