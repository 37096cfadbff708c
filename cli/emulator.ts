import { parseSwitch, startEmulator, switchValues, type Emulator, type Switches } from "../emulator/index";
import { seeHeading } from "../provider/troubleshooting";
import { defineCommand, jsonOption, repeated, single, wholeNumber } from "./command";
import { EXIT } from "./terminal/ending";

const OPTIONS = {
  port: wholeNumber("port on 127.0.0.1 (default: 4747; 0: any free port)", 4747, 0, 65_535),
  data: single("FILE", "keep the accounts and their credentials in FILE, across restarts"),
  accounts: wholeNumber("number of accounts (default: 1)", 1, 1, 1000),
  switch: repeated("NAME=VALUE", "set a switch, which selects a behaviour"),
  json: jsonOption("print one line of JSON instead of the export lines"),
};

/** `thinkgeo emulator`: ThinkGeo Cloud on loopback. */
export const emulator = defineCommand({
  summary: "run an emulated ThinkGeo Cloud",
  usage: "emulator [--port N] [--data FILE] [--accounts N] [--switch NAME=VALUE]",
  about:
    "Runs an emulated ThinkGeo Cloud on this machine, and prints the environment variables for Pulumi and for this command.",
  options: OPTIONS,
  list: { title: "Switches", entries: switchValues },
  examples: [
    "thinkgeo emulator --data /tmp/cloud.json",
    "thinkgeo emulator --switch listItems=plain --switch softDelete=true",
  ],
  exitCodes: "0 when it was stopped, 2 if it could not start",
  serves: true,
  run: async ({ port, data, accounts, switch: given, json }, terminal) => {
    try {
      const switches = Object.assign({}, ...given.map(parseSwitch)) as Partial<Switches>;
      const started = await startEmulator({ port, data, accounts, switches });
      const stop = (): void => void started.close();
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
      if (json) terminal.write(`${JSON.stringify(description(started))}\n`);
      else terminal.print(...announcement(started));
      return EXIT.ok;
    } catch (error) {
      terminal.log(failureText(error, port), seeHeading("emulator-start"));
      return EXIT.error;
    }
  },
});

const description = ({ url, accounts }: Emulator): object => ({
  version: 1,
  url,
  pid: process.pid,
  accounts: accounts.map(({ id, clientId, clientSecret, operatorId }) => ({
    id,
    clientId,
    clientSecret,
    operatorId,
  })),
});

function announcement({ url, accounts }: Emulator): string[] {
  const [first = [], ...others] = accounts.map(({ clientId, clientSecret }) => [
    `export THINKGEO_CLIENT_ID='${clientId}'`,
    `export THINKGEO_CLIENT_SECRET='${clientSecret}'`,
  ]);
  return [
    `# ThinkGeo Cloud is emulated on ${url}. Stop it with Ctrl-C.`,
    `# Its clients, to look at and to change by hand: ${url}/clients.html`,
    "# For another terminal:",
    `export THINKGEO_API_URL='${url}'`,
    ...first,
    ...others.flatMap((lines, index) => [`# Account ${index + 2}`, ...lines]),
  ];
}

function failureText(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Take another one with --port, or --port 0 for any.`;
  if (code === "EACCES" || code === "EPERM") return `The system does not allow this: ${error.message}`;
  return error.message;
}
