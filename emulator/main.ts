import { emulatorCommand } from "./command";

void emulatorCommand(process.argv.slice(2));
