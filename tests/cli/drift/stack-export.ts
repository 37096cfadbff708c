import type { Client } from "../../../emulator";

const TYPE = "pulumi-nodejs:dynamic/thinkgeo:Client";
const ROTATING_TYPE = "pulumi-nodejs:dynamic/thinkgeo:RotatingClient";
const MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A value that state holds encrypted. */
export const sealed = { ...MARK, ciphertext: "v1:bm9uY2U=:c2VhbGVk" };
/** A secret as --show-secrets prints it. */
export const plain = (value: unknown): object => ({ ...MARK, plaintext: JSON.stringify(value) });

interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What state holds of a client that was declared just as it is. */
export function resourceOf(
  client: Client,
  changes: Readonly<Record<string, unknown>> = {},
  options: { readonly stack?: string; readonly resource?: string; readonly secret?: object } = {},
): ExportedResource {
  const { stack = "dev", resource = client.name, secret = sealed } = options;
  const { name, clientType: type, isActive: active, allowedOrigins, allowedIpAddresses } = client;
  const inputs = {
    name,
    type,
    active,
    deletionPolicy: "delete",
    ...(allowedOrigins.length === 0 ? {} : { allowedOrigins }),
    ...(allowedIpAddresses.length === 0 ? {} : { allowedIpAddresses }),
    ...changes,
  };
  return {
    urn: `urn:pulumi:${stack}::acme::${TYPE}::${resource}`,
    type: TYPE,
    id: client.id,
    inputs: { ...inputs, __provider: "text" },
    outputs: { ...inputs, clientSecret: secret, ownerId: client.ownerId, __provider: "text" },
  };
}

/** What state holds of a RotatingClient. */
export function rotationOf(current: Client, previous: Client, secret: object = sealed): object {
  const inputs = {
    type: "NativeConfidential",
    autoName: "tiles-1234abcd",
    active: true,
    deletionPolicy: "delete",
    allowedIpAddresses: ["203.0.113.0/24"],
    overlapDays: 7,
    retire: "deactivate",
    rotation: {
      generation: 2,
      rotatedAt: "2026-01-01T00:00:00Z",
      previous: previous.isActive ? "valid" : "inactive",
    },
    __provider: "text",
  };
  const member = ({ id, name, apiKey }: Client, generation: number): object => ({
    id,
    name,
    clientId: apiKey,
    generation,
  });
  return {
    urn: `urn:pulumi:dev::acme::${ROTATING_TYPE}::tiles`,
    type: ROTATING_TYPE,
    id: "tiles-1234abcd",
    inputs,
    outputs: {
      ...inputs,
      name: current.name,
      clientId: current.apiKey,
      clientSecret: secret,
      previousClientSecret: secret,
      ownerId: current.ownerId,
      current: member(current, 2),
      previous: { ...member(previous, 1), active: previous.isActive },
    },
  };
}

/** The text that `pulumi stack export` prints. */
export const exportOf = (...resources: readonly object[]): string =>
  JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [ROOT, ...resources] } });

/** What every stack has that was run once. */
const ROOT = { urn: "urn:pulumi:dev::acme::pulumi:pulumi:Stack::acme-dev", type: "pulumi:pulumi:Stack" };
