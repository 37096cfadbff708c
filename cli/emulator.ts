import { emulatorCommand } from "../emulator/command";
import * as z from "zod";
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
  data: z.string().min(1, "must not be empty").optional(),
  positionals: z.array(z.string()).max(0, "emulator takes options only"),
});

/** `thinkgeo emulator`: ThinkGeo Cloud on loopback. */
export const emulator: Verb = {
  summary: "run ThinkGeo Cloud on this machine, for trying out and for tests",
  help: {
    usage: "emulator [--port N] [--data FILE] [--accounts N] [--switch NAME=VALUE]",
    about:
      "Runs ThinkGeo Cloud on loopback and prints what to export. docs/emulator.md explains its switches and faults.",
    options: OPTIONS,
    examples: ["thinkgeo emulator --data /tmp/cloud.json"],
    exitCodes: "0 when it was stopped, 2 if it could not start",
  },
  serves: true,
  run: (args) => {
    // The emulator reads them itself, and knows nothing of this command: here a wrong one is told as everywhere.
    readOptions(args, OPTIONS, schema);
    return emulatorCommand(args);
  },
};
