import { parseArgs } from "node:util";
import { startEmulator, type Emulator } from "./index";
import { parseSwitch, switchValues } from "./switch-values";
import type { Switches } from "./switches";

const usage = `Runs ThinkGeo Cloud on loopback: client keys, tokens and one map service, for trying out and for tests.

Usage: npm run emulator -- [options]

  --port N             port on 127.0.0.1 (default 4747; 0 takes any that is free)
  --data FILE          keep the accounts in FILE, so that they and their credentials survive a restart
  --accounts N         number of accounts (default 1)
  --switch NAME=VALUE  set a switch; may be repeated
  -j, --json           print one line of JSON instead of what to export
  -h, --help           print this

Switches (docs/emulator.md says what each stands for):
${[...switchValues].map(([name, accepts]) => `  ${name.padEnd(20)} ${accepts}`).join("\n")}

Example: npm run emulator -- --data /tmp/cloud.json --switch listItems=plain
`;

interface Settings {
  readonly port: number;
  readonly data: string | undefined;
  readonly accounts: number;
  readonly switches: Partial<Switches>;
  readonly json: boolean;
}

function readArguments(args: readonly string[]): Settings | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4747" },
      data: { type: "string" },
      accounts: { type: "string", default: "1" },
      switch: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", short: "j", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    port: wholeNumber("--port", values.port, 0, 65_535),
    data: values.data,
    accounts: wholeNumber("--accounts", values.accounts, 1, 1000),
    switches: Object.assign({}, ...values.switch.map(parseSwitch)) as Partial<Switches>,
    json: values.json,
  };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function announcement({ url, accounts }: Emulator, asJson: boolean): string {
  if (asJson) {
    const list = accounts.map(({ id, clientId, clientSecret, operatorId }) => ({
      id,
      clientId,
      clientSecret,
      operatorId,
    }));
    return JSON.stringify({ version: 1, url, pid: process.pid, accounts: list });
  }
  const [first, ...others] = accounts.map(
    ({ clientId, clientSecret }) =>
      `export THINKGEO_CLIENT_ID='${clientId}'\nexport THINKGEO_CLIENT_SECRET='${clientSecret}'`,
  );
  const more = others.map((lines, index) => `\n# Account ${index + 2}\n${lines}`).join("");
  return `# ThinkGeo Cloud is emulated on ${url}. Stop it with Ctrl-C.
# Its clients, to look at and to change by hand: ${url}/clients.html
# For another terminal:
export THINKGEO_API_URL='${url}'
${first ?? ""}${more}`;
}

function sentence(error: unknown, settings: Settings | undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${settings?.port ?? ""} is in use. Take another one with --port, or --port 0 for any.`;
  if (code === "ENOENT") return `The folder of the data file ${settings?.data ?? ""} does not exist.`;
  if (code === "EACCES" || code === "EPERM") return `The system does not allow this: ${error.message}`;
  return error.message;
}

/** Starts the emulator as a command, which runs until it is stopped; the exit code says whether it has started. */
export async function emulatorCommand(args: readonly string[]): Promise<number> {
  let settings: Settings | undefined;
  try {
    settings = readArguments(args);
    if (settings === undefined) {
      process.stdout.write(usage);
      return 0;
    }
    const emulator = await startEmulator(settings);
    const stop = (): void => void emulator.close();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    process.stdout.write(`${announcement(emulator, settings.json)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${sentence(error, settings)}\n`);
    return 2;
  }
}
