import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** How a process ended, and what it wrote. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Resolves when a process has ended and its output is closed; `onOut` is called whenever it writes to standard output. */
export async function endOf(child: ChildProcess, onOut: () => void = () => undefined): Promise<Ended> {
  const said = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
    onOut();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}
