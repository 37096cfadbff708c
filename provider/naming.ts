import { createHash } from "node:crypto";

const LONGEST_STEM = 200;

/** What a generated name is made of: the same in every run, and another one for every resource of every stack. */
export function autoNameOf(resource: string, urn: string): string {
  const stem = resource.replace(/\p{Cc}/gu, "").slice(0, LONGEST_STEM);
  return `${stem}-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;
}
