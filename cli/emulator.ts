import * as z from "zod";
import {
  parseSwitch,
  startEmulator,
  switchValues,
  type Emulator,
  type EmulatorOptions,
  type Switches,
} from "../emulator/index";
import { EXIT } from "./terminal/ending";
import { jsonOption, readOptions, type Option, type Verb } from "./verb";

const OPTIONS: readonly Option[] = [
  { name: "port", value: "N", text: "port on 127.0.0.1 (default 4747; 0 takes any that is free)" },
  {
    name: "data",
    value: "FILE",
    text: "keep the accounts in FILE, so that they and their credentials survive a restart",
  },
  { name: "accounts", value: "N", text: "number of accounts (default 1)" },
  { name: "switch", value: "NAME=VALUE", repeated: true, text: "set a switch" },
  jsonOption("print one line of JSON instead of what to export"),
];

const schema = z.object({
  port: z.string().default("4747"),
  data: z.string().min(1, "must not be empty").optional(),
  accounts: z.string().default("1"),
  switch: z.array(z.string()).default([]),
  json: z.boolean().default(false),
  positionals: z.array(z.string()).max(0, "emulator takes options only"),
});

type Options = z.infer<typeof schema>;

/** `thinkgeo emulator`: ThinkGeo Cloud on loopback. */
export const emulator: Verb = {
  summary: "run ThinkGeo Cloud on this machine, for trying out and for tests",
  help: {
    usage: "emulator [--port N] [--data FILE] [--accounts N] [--switch NAME=VALUE]",
    about:
      "Runs ThinkGeo Cloud on loopback and prints what to export. docs/emulator.md explains its switches and faults.",
    options: OPTIONS,
    list: { title: "Switches", entries: switchValues },
    examples: [
      "thinkgeo emulator --data /tmp/cloud.json",
      "thinkgeo emulator --switch listItems=plain --switch softDelete=true",
    ],
    exitCodes: "0 when it was stopped, 2 if it could not start",
  },
  serves: true,
  run: async (args, terminal) => {
    const options = readOptions(args, OPTIONS, schema);
    try {
      const started = await startEmulator(emulatorOptions(options));
      const stop = (): void => void started.close();
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
      if (options.json) terminal.write(`${JSON.stringify(description(started))}\n`);
      else terminal.print(...announcement(started));
      return EXIT.fine;
    } catch (error) {
      terminal.tell(sentence(error, options));
      return EXIT.failed;
    }
  },
};

const emulatorOptions = (options: Options): EmulatorOptions => ({
  port: wholeNumber("--port", options.port, 0, 65_535),
  data: options.data,
  accounts: wholeNumber("--accounts", options.accounts, 1, 1000),
  switches: Object.assign({}, ...options.switch.map(parseSwitch)) as Partial<Switches>,
});

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}

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

function sentence(error: unknown, { port }: Options): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Take another one with --port, or --port 0 for any.`;
  if (code === "EACCES" || code === "EPERM") return `The system does not allow this: ${error.message}`;
  return error.message;
}
