import { createHash } from "node:crypto";

const LONGEST_STEM = 200;

const stemOf = (resource: string): string => resource.replace(/\p{Cc}/gu, "").slice(0, LONGEST_STEM);

/** What a generated name is made of: the same in every run, and another one for every resource of every stack. */
export const autoNameOf = (resource: string, urn: string): string =>
  `${stemOf(resource)}-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;

/** Whether a name has the form of those that are generated for a resource. */
export const hasGeneratedForm = (name: string, resource: string): boolean =>
  name.startsWith(`${stemOf(resource)}-`) && /^[0-9a-f]{8}$/.test(name.slice(stemOf(resource).length + 1));
