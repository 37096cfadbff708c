import { realTime } from "../../provider/cloud/time";
import { Transport } from "../../provider/cloud/transport";
import type { Configuration } from "../../provider/configuration";
import { connect, type Connection } from "../../provider/client/connection";
import type { Terminal } from "../terminal/terminal";
import { Witness } from "./witness";

/** The account, as the provider itself would see it, and the headers of what went over the wire. */
export interface AccountAccess extends Connection {
  readonly witness: Witness;
}

/** Signs in when the first request needs it, and closes its sockets at the end. */
export async function withAccount<T>(
  configuration: Configuration,
  terminal: Terminal,
  work: (access: AccountAccess) => Promise<T>,
): Promise<T> {
  const debugging = terminal.environment["THINKGEO_LOG"] === "debug";
  const log = (line: string): void => {
    terminal.tell(line);
  };
  const transport = new Transport(terminal.environment);
  const witness = new Witness(transport, realTime.wall, "headers");
  const connection = connect(configuration, { log: debugging ? log : undefined, transport, sender: witness });
  try {
    return await work({ ...connection, witness });
  } finally {
    transport.close();
  }
}
