import { isRecord, isTextList } from "./json";
import type { RoleInput } from "./roles";
import type { Client, ClientInput } from "./store";

const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === "string",
  clientType: (value) => value === "JavaScript" || value === "NativeConfidential",
  sharedMode: (value) => value === "Origin" || value === "IpAddress",
  allowedOrigins: isTextList,
  allowedIpAddresses: isTextList,
  grantedRoles: isTextList,
  isActive: (value) => typeof value === "boolean",
  apiSecret: (value) => typeof value === "string",
  extra: isRecord,
};

/** Changes to a client's true content; the service's own rules are not applied. */
export function checkClientChanges(body: unknown): Partial<Omit<Client, "id" | "ownerId" | "apiKey">> {
  if (!isRecord(body)) throw new Error("The body must be an object of fields.");
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(fields, name)) throw new Error(`A client has no field "${name}" that can be set.`);
    if (fields[name]?.(value) !== true)
      throw new Error(`The field ${name} cannot be ${JSON.stringify(value)}.`);
  }
  return body;
}

export function checkClientInput(body: unknown): ClientInput {
  const { name, ...others } = checkClientChanges(body);
  if (name === undefined) throw new Error("A client needs a name.");
  return { name, ...others };
}

/** `{"roles": ["User", {"name": "Evaluator", "expiration": "2026-01-01T00:00:00Z"}]}` */
export function checkRoles(body: unknown): RoleInput[] {
  const roles: unknown = isRecord(body) ? body["roles"] : undefined;
  if (!Array.isArray(roles) || !roles.every(isRole)) {
    throw new Error('The body must be {"roles": [...]}: names, or objects with name and expiration.');
  }
  return roles;
}

function isRole(value: unknown): value is RoleInput {
  if (typeof value === "string") return true;
  if (!isRecord(value) || typeof value["name"] !== "string") return false;
  const expiration = value["expiration"] ?? null;
  return expiration === null || (typeof expiration === "string" && !Number.isNaN(Date.parse(expiration)));
}

export function optionalText(body: unknown, field: string): string | undefined {
  const value = isRecord(body) ? body[field] : undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new Error(`The field ${field} must be text.`);
}
