import { emulatorCommand } from "./command";

void emulatorCommand(process.argv.slice(2)).then((code) => {
  if (code !== 0) process.exitCode = code;
});
