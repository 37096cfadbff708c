import { createHash } from "node:crypto";
import type { Client } from "../../emulator/index";
import { SHELL } from "../../provider/shell";
import type { HostName } from "../engine/engine-stack";
import type { Properties } from "./stack-state";

/** What the program says of one resource. */
export interface Declaration {
  readonly type: "JavaScript" | "NativeConfidential";
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly allowedIpAddresses?: readonly string[] | undefined;
  readonly grantedRoles?: readonly string[] | undefined;
  readonly deletionPolicy?: "delete" | "deactivate" | "retain" | undefined;
  readonly replaceWhenChanged?: Readonly<Record<string, unknown>> | undefined;
  readonly adopt?: string | undefined;
}

const TYPES: Readonly<Record<HostName, string>> = {
  dynamic: "pulumi-nodejs:dynamic/thinkgeo:Client",
  native: "thinkgeo:index:Client",
};

/** How the engine knows a resource. */
export const urnOf = (resource: string, host: HostName): string =>
  `urn:pulumi:dev::histories::${TYPES[host]}::${resource}`;

/** What a program sends to the engine for a declaration. */
export function goalOf(resource: string, declaration: Declaration, host: HostName): Properties {
  const hash = createHash("sha256").update(urnOf(resource, host)).digest("hex").slice(0, 8);
  const goal = {
    ...declaration,
    ...(declaration.name === undefined ? { autoName: `${resource}-${hash}` } : {}),
    __provider: SHELL,
  };
  return JSON.parse(JSON.stringify(goal)) as Properties;
}

/** A valid declaration near to this one: a client has one kind of whitelist, no empty one, and origins are for browsers. */
export function tidy(declaration: Declaration): Declaration {
  const filled = (list: readonly string[] | undefined): readonly string[] | undefined =>
    list?.length === 0 ? undefined : list;
  const allowedIpAddresses = filled(declaration.allowedIpAddresses);
  const noOrigins = declaration.type === "NativeConfidential" || allowedIpAddresses !== undefined;
  const allowedOrigins = noOrigins ? undefined : filled(declaration.allowedOrigins);
  return { ...declaration, allowedOrigins, allowedIpAddresses };
}

/** What of a client a program can declare. */
type Declarable = Pick<
  Client,
  "name" | "clientType" | "isActive" | "sharedMode" | "allowedOrigins" | "allowedIpAddresses" | "grantedRoles"
>;

/** The client that state shows. */
export const clientIn = (outputs: Properties): Declarable => {
  const texts = (key: string): string[] => (Array.isArray(outputs[key]) ? outputs[key].map(String) : []);
  const lists = { allowedOrigins: texts("allowedOrigins"), allowedIpAddresses: texts("allowedIpAddresses") };
  return {
    name: String(outputs["name"]),
    clientType: outputs["type"] === "JavaScript" ? "JavaScript" : "NativeConfidential",
    isActive: outputs["active"] !== false,
    sharedMode: lists.allowedOrigins.length > 0 ? "Origin" : "IpAddress",
    ...lists,
    grantedRoles: texts("effectiveRoles"),
  };
};

/** In which declared respects a client is not what it should be, by property; written apart from the provider's diff. */
export function unlike(client: Declarable, declared: Partial<Declaration>): ReadonlyMap<string, string> {
  const wrong = new Map<string, string>();
  const expect = (property: string, wanted: unknown, found: unknown): void => {
    if (JSON.stringify(wanted) !== JSON.stringify(found))
      wrong.set(property, `${property} should be ${JSON.stringify(wanted)} and is ${JSON.stringify(found)}`);
  };
  if (declared.name !== undefined) expect("name", declared.name, client.name);
  if (declared.type !== undefined) expect("type", declared.type, client.clientType);
  expect("active", declared.active ?? true, client.isActive);
  expect(
    "origins",
    plainSet(declared.allowedOrigins),
    plainSet(inForce(client, "Origin", client.allowedOrigins)),
  );
  expect(
    "addresses",
    plainSet(declared.allowedIpAddresses),
    plainSet(inForce(client, "IpAddress", client.allowedIpAddresses)),
  );
  if (declared.grantedRoles !== undefined)
    expect("roles", [...declared.grantedRoles].sort(), [...client.grantedRoles].sort());
  return wrong;
}

const inForce = (
  client: Declarable,
  mode: Client["sharedMode"],
  list: readonly string[],
): readonly string[] => (client.sharedMode === mode ? list : []);

/** The entries that histories use, in one spelling. */
const SPELLINGS: Readonly<Record<string, string>> = {
  "ACME.com": "acme.com",
  "203.0.113.*": "203.0.113.0/24",
  "198.51.100.7/32": "198.51.100.7",
  "*.*.*.*": "",
};

function plainSet(list: readonly string[] | undefined): string[] {
  const plain = (list ?? []).map((entry) => SPELLINGS[entry] ?? entry).filter((entry) => entry !== "");
  return [...new Set(plain)].sort();
}
