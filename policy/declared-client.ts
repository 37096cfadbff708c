import type { ResourceValidationArgs } from "@pulumi/policy";
import { CLIENT_TYPE_TOKEN, ROTATING_CLIENT_TYPE_TOKEN } from "../provider/shell";

/** What a program declares of one list: `undefined` stands for what is not known before `up`, one element or the list. */
export type DeclaredList = readonly (string | undefined)[];

/** What a program declares of one client, as far as the rules look at it. */
export interface DeclaredClient {
  /** The resource's name in the program. */
  readonly resource: string;
  readonly stack: string;
  /** Whether it is a RotatingClient. */
  readonly rotating: boolean;
  /** The declared name, else the resource's: generated names follow no convention. `undefined`: not known before `up`. */
  readonly name: string | undefined;
  /** `undefined`: not known before `up`. */
  readonly type: string | undefined;
  /** `undefined`: not known before `up`. */
  readonly deletionPolicy: string | undefined;
  readonly grantedRoles: DeclaredList | undefined;
  readonly allowedOrigins: DeclaredList | undefined;
  readonly allowedIpAddresses: DeclaredList | undefined;
  readonly rotateAfterDays: number | "unknown" | undefined;
}

/** Whether a resource is a client, rotating or not. */
export const isClient = (type: string): boolean =>
  type === CLIENT_TYPE_TOKEN || type === ROTATING_CLIENT_TYPE_TOKEN;

/** Reads what a policy is given of a client. */
export function readDeclaredClient({
  type: token,
  name: resource,
  urn,
  props,
}: Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">): DeclaredClient {
  const rotating = token === ROTATING_CLIENT_TYPE_TOKEN;
  const days = valueAt(props, "rotateAfterDays");
  // `check` of a Client puts the name that it generates beside what it is generated from.
  const generated = !rotating && valueAt(props, "autoName") !== undefined;
  const name = generated ? undefined : valueAt(props, "name");
  return {
    resource,
    stack: stackOf(urn),
    rotating,
    name: name === undefined ? resource : textIn(name),
    type: textIn(valueAt(props, "type")),
    deletionPolicy: textIn(valueAt(props, "deletionPolicy")),
    grantedRoles: listIn(valueAt(props, "grantedRoles")),
    allowedOrigins: listIn(valueAt(props, "allowedOrigins")),
    allowedIpAddresses: listIn(valueAt(props, "allowedIpAddresses")),
    rotateAfterDays: days === UNKNOWN ? "unknown" : typeof days === "number" ? days : undefined,
  };
}

const UNKNOWN = Symbol("not known before up");

/** What policies are given throws where a value is not known, and nowhere else. */
function valueAt(
  holder: Readonly<Record<string | number, unknown>> | readonly unknown[],
  key: string | number,
): unknown {
  try {
    return Reflect.get(holder, key) ?? undefined;
  } catch {
    return UNKNOWN;
  }
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function listIn(value: unknown): DeclaredList | undefined {
  if (value === UNKNOWN) return [undefined];
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  return Array.from({ length: list.length }, (_, index) => textIn(valueAt(list, index)));
}

/** A URN begins with `urn:pulumi:<stack>::`. */
const stackOf = (urn: string): string => (urn.split("::", 1)[0] ?? "").slice("urn:pulumi:".length);
