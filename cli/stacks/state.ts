import * as z from "zod";
import { IdMap } from "../../provider/model/ids";
import { type Member, parseMembers, parseRotation, split } from "../../provider/model/rotation";
import { isSecretMarked } from "../../provider/model/values";
import { kindOfToken } from "../../provider/shell";
import { UserError } from "../../provider/troubleshooting";
import { nameIn } from "../../provider/urn";
import { readJson } from "../text";

/** The clients that the state of one stack has. */
export interface Stack {
  readonly name: string;
  /** Whether the state has no resource of any type: the stack was never deployed, or the file is not complete. */
  readonly isEmpty: boolean;
  readonly clients: readonly ManagedClient[];
  /** Ids of clients that are pending delete: the next run of the stack deletes them. */
  readonly pendingDelete: readonly string[];
}

/** A client and the resource that manages it. A RotatingClient manages two, and each is here as if a Client declared it. */
export interface ManagedClient {
  /** The stack's name. */
  readonly stack: string;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly urn: string;
  readonly id: string;
  /** Where the program declares the resource, if Pulumi knows. */
  readonly source: Source | null;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** A line of a file of the program. */
interface Source {
  readonly file: string;
  readonly line: number;
}

type Values = Readonly<Record<string, unknown>>;

/** Properties of a resource, with secrets as plain values. */
interface Properties {
  readonly values: Values;
  /** Names of the properties that are secret or contain a secret: their values must not be shown. */
  readonly secret: ReadonlySet<string>;
  /** Those of them that are encrypted in the state, so that their values are not known. */
  readonly encrypted: ReadonlySet<string>;
}

const properties = z.record(z.string(), z.unknown()).default({});
const exportedResource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  external: z.boolean().optional(),
  delete: z.boolean().optional(),
  sourcePosition: z.string().optional(),
  inputs: properties,
  outputs: properties,
});
const exportedStack = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({ resources: z.array(exportedResource).nullish() }),
});
/** The versions of the format that this package reads. */
const KNOWN_VERSIONS: readonly number[] = [3, 4];

/** Reads the output of `pulumi stack export`. External resources, which a program only reads, are left out. */
export function parseStack(stack: string, text: string, described = stack): Stack {
  const parsed = exportedStack.safeParse(readJson(text));
  if (!parsed.success)
    throw new UserError(
      "state-file",
      `${described} is not what "pulumi stack export" prints: export it again.`,
    );
  const { version, deployment } = parsed.data;
  if (!KNOWN_VERSIONS.includes(version))
    throw new UserError(
      "state-file",
      `${described} is a stack's export of version ${version}, and this package reads ${KNOWN_VERSIONS.join(" and ")}: update pulumi-thinkgeo.`,
    );
  const resources = deployment.resources ?? [];
  const clients = (isPendingDelete: boolean): ManagedClient[] =>
    resources
      .filter(({ type, external }) => kindOfToken(type) !== undefined && external !== true)
      .filter((resource) => (resource.delete === true) === isPendingDelete)
      .flatMap((resource) => clientsOf(stack, resource));
  return {
    name: stack,
    isEmpty: resources.length === 0,
    clients: clients(false),
    pendingDelete: clients(true).map(({ id }) => id),
  };
}

/** A client as the state has it, before its secrets are unwrapped. */
interface Exported {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

function clientsOf(stack: string, resource: z.infer<typeof exportedResource>): ManagedClient[] {
  const { urn, type, id, sourcePosition, inputs, outputs } = resource;
  if (id === undefined) return [];
  const exported = { id, inputs, outputs };
  const clients = kindOfToken(type) === "RotatingClient" ? clientsOfRotation(exported) : [exported];
  return clients.map((client) => ({
    stack,
    resource: nameIn(urn),
    urn,
    id: client.id,
    source: sourceOf(sourcePosition),
    inputs: unwrapSecrets(client.inputs),
    outputs: unwrapSecrets(client.outputs),
  }));
}

function clientsOfRotation({ inputs, outputs }: Exported): Exported[] {
  const { current, previous, previousClientSecret } = parseMembers(outputs);
  const declared = split(inputs).client;
  const as = ({ id, name, clientId }: Member, own: Values, clientSecret: unknown): Exported => ({
    id,
    inputs: { ...own, name },
    outputs: { ...outputs, ...own, name, clientId, clientSecret },
  });
  const rotation = parseRotation(outputs, inputs);
  const isRetired = rotation?.previous !== "valid" || previous?.keptOff === true;
  const ofPrevious = isRetired ? { ...declared, active: false } : declared;
  return [
    ...(current === undefined ? [] : [as(current, declared, outputs["clientSecret"])]),
    ...(previous === undefined
      ? []
      : [as(previous, ofPrevious, previousClientSecret ?? outputs["previousClientSecret"])]),
  ];
}

const SCHEME = "project:///";

/** `project:///src/index.ts#12,5` is line 12 of src/index.ts. A path that leaves the project is ignored. */
function sourceOf(position = ""): Source | null {
  const [file = "", place = ""] = position.slice(SCHEME.length).split("#");
  const line = Number.parseInt(place, 10);
  const isInside = position.startsWith(SCHEME) && /^[\w.@+-][\w.@+/-]*$/.test(file) && !file.includes("..");
  return isInside && line > 0 ? { file, line } : null;
}

/** Unwraps the secrets of properties that were exported with or without --show-secrets. Two underscores mark what is not the program's. */
export function unwrapSecrets(wrapped: Values): Properties {
  const secret = new Set<string>();
  const encrypted = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wrapped)) {
    if (key.startsWith("__")) continue;
    values[key] = unwrap(value, (isPlain) => {
      secret.add(key);
      if (!isPlain) encrypted.add(key);
    });
  }
  return { values, secret, encrypted };
}

function unwrap(value: unknown, foundSecret: (isPlain: boolean) => void): unknown {
  if (Array.isArray(value)) return value.map((item) => unwrap(item, foundSecret));
  if (typeof value !== "object" || value === null) return value;
  if (!isSecretMarked(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, unwrap(member, foundSecret)]),
    );
  const plaintext = "plaintext" in value && typeof value.plaintext === "string" ? value.plaintext : undefined;
  const plain = plaintext === undefined ? undefined : readJson(plaintext);
  foundSecret(plain !== undefined);
  return unwrap(plain, foundSecret);
}

/** The resources of all stacks by the id of the client that they manage. */
export function managedById(stacks: readonly Stack[]): IdMap<ManagedClient[]> {
  const byId = new IdMap<ManagedClient[]>();
  for (const client of stacks.flatMap(({ clients }) => clients)) {
    const others = byId.get(client.id);
    if (others === undefined) byId.set(client.id, [client]);
    else others.push(client);
  }
  return byId;
}

/** A resource as messages name it. */
export const resourceInStack = ({ stack, resource }: Pick<ManagedClient, "stack" | "resource">): string =>
  `${resource} in ${stack}`;

/** The client's secret as the stack has it, if the export shows it. */
export function secretOf({ outputs }: ManagedClient): string | undefined {
  const secret = outputs.values["clientSecret"];
  return typeof secret === "string" && secret !== "" ? secret : undefined;
}
