import { realClock } from "./clock.ts";
import { ConfigurationError, readConfiguration, type Configuration } from "./configuration.ts";
import { logTo } from "./log.ts";
import { TokenServer } from "./token-server.ts";

// Who read the log may be gone, or its disk full: the service goes on without it.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const configuration = configurationOrEnd();
const log = logTo(
  (line) => process.stdout.write(line),
  () => realClock.wall(),
);
const server = new TokenServer(configuration, realClock, log);

const stop = (signal: NodeJS.Signals): void => {
  // So that a second signal ends the process at once.
  process.off("SIGTERM", stop).off("SIGINT", stop);
  log({ level: "info", event: "stopping", reason: signal });
  void server.close();
};
process.on("SIGTERM", stop).on("SIGINT", stop);

try {
  await server.start();
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const { host, port } = configuration;
  endWith([`The server cannot listen at ${host}, port ${port} (${code}).`]);
}

function configurationOrEnd(): Configuration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    if (error instanceof ConfigurationError) endWith(error.problems);
    throw error;
  }
}

function endWith(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}
