import { createHash } from "node:crypto";
import type { Kind } from "./kinds";
import type { Managed } from "../stacks/managed";
import type { Change, Finding } from "./report";

/** A finding before it is known whether it counts. */
export interface Draft extends Omit<Finding, "fails" | "key"> {
  /** What makes it another finding when it changes. */
  readonly basis: unknown;
}

/** Whom a finding is about. */
export interface Subject {
  readonly id: string | null;
  readonly name: string;
  readonly type: string | null;
  readonly managed: readonly Managed[];
}

export interface Facts {
  readonly message: string;
  readonly details?: string[];
  readonly changes?: Change[];
  readonly basis?: unknown;
}

export const draft = (kind: Kind, subject: Subject, facts: Facts): Draft => ({
  kind,
  id: subject.id,
  name: subject.name,
  type: subject.type,
  resources: subject.managed.map(({ stack, resource, urn, source }) => ({ stack, resource, urn, source })),
  message: facts.message,
  details: facts.details ?? [],
  changes: facts.changes ?? [],
  basis: facts.basis ?? null,
});

/** The finding's key: from it, nothing of what it is made from can be found. */
export function keyOf({ kind, id, name, resources, basis }: Draft): string {
  const about = [kind, id?.toLowerCase() ?? name, resources.map(({ urn }) => urn), basis];
  return createHash("sha256").update(JSON.stringify(about)).digest("hex").slice(0, 24);
}
