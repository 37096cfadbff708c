import type { Configuration } from "../provider/configuration";
import { connect, type Connection } from "../provider/connection";
import type { Terminal } from "./terminal";

/** The account, as the provider itself would see it. */
export type AccountAccess = Connection;

/** Signs in when the first request needs it, and closes its sockets at the end. */
export async function withAccount<T>(
  configuration: Configuration,
  terminal: Terminal,
  work: (access: AccountAccess) => Promise<T>,
): Promise<T> {
  const debugging = terminal.environment["THINKGEO_LOG"] === "debug";
  const log = (line: string): void => {
    terminal.err(`${line}\n`);
  };
  const access = connect(configuration, { log: debugging ? log : undefined });
  try {
    return await work(access);
  } finally {
    access.transport.close();
  }
}
