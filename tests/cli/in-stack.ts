import type { Scene } from "../engine/with-stack";
import { runCommand } from "./run-command";

/** Runs `thinkgeo` in the folder of a stack; the document that it prints. */
export async function thinkgeo({ stack }: Scene, ...args: readonly string[]): Promise<unknown> {
  const environment = { ...stack.environment, PATH: process.env["PATH"] };
  const ended = await runCommand([...args, "--json"], { folder: stack.folder, environment });
  expect(ended.err).toBe("");
  return JSON.parse(ended.out);
}
