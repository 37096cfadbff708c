import { startEmulator } from "../../../emulator";

export type Json = Record<string, unknown>;

/** The emulator's own description of its API. */
export async function emulatorDescription(): Promise<string> {
  const emulator = await startEmulator();
  const text = await (await fetch(`${emulator.url}/swagger/v1/swagger.json`)).text();
  await emulator.close();
  return text;
}

/** A description with a change. */
export function altered(text: string, change: (document: Json) => void): Json {
  const document = JSON.parse(text) as Json;
  change(document);
  return document;
}

export const at = (place: Json, ...steps: readonly string[]): Json =>
  steps.reduce((inner, step) => inner[step] as Json, place);

export const model = (document: Json, name: string): Json => at(document, "definitions", name);
export const paths = (document: Json): Json => at(document, "paths");
