import { main } from "../../cli/main";
import type { Streams } from "../../cli/terminal/terminal";

/** How one command ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with a terminal that nobody sits at unless `streams` says otherwise. */
export async function runCommand(
  args: readonly string[],
  streams: Partial<Streams> & Pick<Streams, "environment" | "folder">,
): Promise<Ended> {
  const said = { out: "", err: "" };
  const code = await main(args, {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    interactive: false,
    ask: undefined,
    ...streams,
  });
  return { code, ...said };
}
