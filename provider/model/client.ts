import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import {
  AddressList,
  EntryList,
  isEverything,
  OriginList,
  parseAddress,
  parseOrigin,
  union,
  whitelistsInForce,
  type AddressRange,
} from "../whitelist";
import { sameRoles } from "./roles";
import { entryBy, guid, listBy, nameProblem, oneOf, role, textBy } from "./rules";
import { believedSecret } from "./secret";
import { hasUnknown, UNKNOWN, type Properties } from "./values";
import { CLIENT_TYPES, isOmitted, knownType, type ClientType, type RemoteClient } from "./wire";

/** What becomes of the client when its resource is deleted. */
const DELETION_POLICIES = ["delete", "deactivate", "retain"] as const;
export type DeletionPolicy = (typeof DELETION_POLICIES)[number];

/** One property of a client. Whatever this package does with properties, it does by what is said here. */
interface Property<T> {
  /** "internal" is what the SDK or the provider adds to what a program sees. */
  readonly kind: "input" | "output" | "internal";
  /** One sentence of documentation. */
  readonly summary: string;
  /** Reads the value from checked inputs and from state: what is missing or of another kind is as if it were not said. */
  readonly value: z.ZodType<T>;
  /** What may be declared, with an error for everything else. */
  readonly rule?: z.ZodType;
  /** What holds where the program says nothing, in words. */
  readonly default?: string;
  /** What a change of it asks for: a request, another client, or nothing but a note in state. */
  readonly change?: "update" | "replace" | "state";
  readonly secret?: true;
  /** Its field in the API's ClientResource. */
  readonly field?: string;
  /** Whether what is declared is what there is; by default, whether they are equal. */
  same?(declared: T, existing: T): boolean;
  /** What the account has. */
  live?(client: RemoteClient, context: LiveContext): T;
  /** What state shows of it; by default, what the account has. */
  shown?(declared: T, live: T): T;
  /** What a request says of it; by default, the value. */
  sent?(declared: T, roleIds: readonly string[] | undefined): unknown;
  /** An output of what the account has, and of what state had or the program declares. */
  output?(
    client: RemoteClient,
    live: Pick<RemoteClient, "grantedRoles"> & { readonly type: string },
    known: Kept,
  ): T;
}

/** Outputs that an answer may lack. */
interface Kept {
  readonly clientSecret?: string | undefined;
  readonly clientId?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly adopted?: string | undefined;
  readonly secretInputs?: readonly string[] | undefined;
}

/** What the API does not say of a client by itself. */
interface LiveContext {
  /** What holds where no answer says anything: what state has, or what was declared. */
  readonly assumed: {
    readonly type?: string | undefined;
    readonly name?: string | undefined;
    readonly active?: boolean | undefined;
    readonly allowedOrigins?: OriginList | undefined;
    readonly allowedIpAddresses?: AddressList | undefined;
    readonly grantedRoles?: readonly string[] | undefined;
  };
  readonly roleNames: readonly string[];
}

const property = <T>(described: Property<T>): Property<T> => described;

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string()).optional().catch(undefined);
const map = z.record(z.string(), z.unknown()).optional().catch(undefined);

const LEAVE_OUT = "leave the list out to restrict nothing";
const isEmpty = (_: readonly unknown[], list: readonly unknown[]): string | undefined =>
  list.length === 0 ? `is empty: ${LEAVE_OUT}` : undefined;

/** A client that everybody may use is no accident: only a list that is left out makes one. */
const opens = (ranges: readonly AddressRange[], list: readonly unknown[]): string | undefined =>
  isEverything(union(ranges))
    ? `allows every address, all of its entries together: ${LEAVE_OUT}`
    : isEmpty(ranges, list);

/** How a whitelist is read, compared, shown and sent. `none` stands for one that is left out. */
const whitelist = <List extends EntryList>(none: List, read: (entries: readonly string[]) => List) => ({
  value: texts.transform((entries) => entries && read(entries)),
  default: "no restriction",
  change: "update" as const,
  same: (declared: List | undefined, existing: List | undefined) =>
    (declared ?? none).equals(existing ?? none),
  // A list that restricts nobody is left out: a program may not declare it.
  shown: (declared: List | undefined, live: List | undefined) =>
    (declared ?? none).equals(live ?? none) ? declared : live?.restrictsNobody === true ? undefined : live,
  sent: (declared: List | undefined) => declared?.distinct() ?? [],
});

/** The table of a client's properties. The order of the comparison's results is this one. */
const CLIENT = {
  type: property({
    kind: "input",
    summary: "The kind of client. It cannot change.",
    value: text,
    rule: textBy(oneOf(CLIENT_TYPES)),
    change: "replace",
    field: "clientType",
    // A type in state that is not known, such as one of a newer service, is no reason to make another key.
    same: (declared, existing) => declared === (knownType(existing) ?? declared),
    live: ({ clientType }, { assumed }) =>
      knownType(clientType) ?? (assumed.type === "" ? undefined : assumed.type) ?? clientType ?? "",
  }),
  name: property({
    kind: "input",
    summary: "The client's name in ThinkGeo's console.",
    value: text,
    rule: textBy(nameProblem),
    default: "<resource>-<8 hex digits>",
    change: "update",
    field: "name",
    same: (declared, existing) => declared === undefined || declared === existing,
    live: (client, { assumed }) => (isOmitted(client, "name") ? (assumed.name ?? "") : client.name),
  }),
  active: property({
    kind: "input",
    summary: "Whether the key works.",
    value: z.boolean().catch(true),
    rule: z.boolean({ error: "must be true or false" }),
    default: "true",
    change: "update",
    field: "isActive",
    live: (client, { assumed }) =>
      isOmitted(client, "isActive") ? (assumed.active ?? true) : client.isActive,
  }),
  allowedOrigins: property({
    kind: "input",
    summary: "The origins that may use a JavaScript client.",
    ...whitelist(new OriginList(), (entries) => new OriginList(entries)),
    rule: listBy(entryBy(parseOrigin), isEmpty),
    field: "allowedOrigins",
    live: (client, { assumed }) =>
      isOmitted(client, "allowedOrigins") ? assumed.allowedOrigins : whitelistsInForce(client).allowedOrigins,
  }),
  allowedIpAddresses: property({
    kind: "input",
    summary: "The addresses and ranges that may use a client.",
    ...whitelist(new AddressList(), (entries) => new AddressList(entries)),
    rule: listBy(entryBy(parseAddress), opens),
    field: "allowedIpAddresses",
    live: (client, { assumed }) =>
      isOmitted(client, "allowedIpAddresses")
        ? assumed.allowedIpAddresses
        : whitelistsInForce(client).allowedIpAddresses,
  }),
  grantedRoles: property({
    kind: "input",
    summary: "The roles that the client is granted, by name.",
    value: texts,
    rule: listBy(role),
    default: "all roles of the account when the client is made",
    change: "update",
    field: "grantedRoles",
    // What is not declared is not compared.
    same: (declared, existing = []) => declared === undefined || sameRoles(declared, existing),
    live: (client, { assumed, roleNames }) =>
      isOmitted(client, "grantedRoles") ? [...(assumed.grantedRoles ?? [])] : [...roleNames],
    shown: (declared, live) => (declared === undefined || sameRoles(declared, live ?? []) ? declared : live),
    sent: (_, roleIds) => roleIds,
  }),
  replaceWhenChanged: property({
    kind: "input",
    summary: "Any map: a new value makes a new client and deletes this one.",
    value: map,
    rule: z.record(z.string(), z.unknown(), { error: "must be a map" }),
    default: "never",
    change: "replace",
    same: (declared, existing) => declared === undefined || isDeepStrictEqual(declared, existing),
  }),
  adopt: property({
    kind: "input",
    summary: "The GUID of an existing client that this resource takes over instead of making one.",
    value: text,
    rule: textBy(guid),
    default: "a client is made",
    change: "replace",
  }),
  deletionPolicy: property({
    kind: "input",
    summary: "What becomes of the client when the resource is deleted or replaced.",
    value: z.enum(DELETION_POLICIES).catch("delete"),
    rule: textBy(oneOf(DELETION_POLICIES)),
    default: '"delete"',
    change: "state",
    // The account knows nothing of it.
    same: (declared, existing: DeletionPolicy | undefined) => declared === (existing ?? "delete"),
  }),
  autoName: property({
    kind: "internal",
    summary: "What the SDK makes a name of where the program gives none.",
    value: text,
    rule: z.string(),
  }),
  replaceOnChanges: property({
    kind: "internal",
    summary: "The resource option of that name: it has no effect on dynamic resources by itself.",
    value: z.array(z.string()).catch([]),
    rule: z.array(z.string()),
  }),
  ignoreChanges: property({
    kind: "internal",
    summary: "The resource option of that name: the engine does not know that a client has one whitelist.",
    value: z.array(z.string()).catch([]),
    rule: z.array(z.string()),
  }),
  secretInputs: property({
    kind: "internal",
    summary: "The properties that the program has made secret: messages must not show their values.",
    value: texts,
    rule: z.array(z.string()).optional().catch(undefined),
    // A refresh and a delete are shown no inputs, and must keep these secret too.
    output: (_client, _live, { secretInputs }) => secretInputs && [...secretInputs],
  }),
  clientId: property({
    kind: "output",
    summary: "The public key: OAuth's client_id of a NativeConfidential client.",
    value: text,
    field: "apiKey",
    output: ({ apiKey }, _, { clientId }) => apiKey ?? clientId,
  }),
  apiKey: property({
    kind: "output",
    summary: "The same value, of a JavaScript client only: what goes into the URL.",
    value: text,
    field: "apiKey",
    output: ({ apiKey }, { type }, { clientId }) =>
      type === "NativeConfidential" ? undefined : (apiKey ?? clientId),
  }),
  clientSecret: property({
    kind: "output",
    summary: "OAuth's client_secret, of a NativeConfidential client only.",
    value: text,
    secret: true,
    field: "apiSecret",
    // An answer without the secret, or with something else in its place, keeps the one we have.
    output: ({ apiSecret }, { type }, { clientSecret }) =>
      type === "NativeConfidential" ? believedSecret(apiSecret, clientSecret).secret : undefined,
  }),
  effectiveRoles: property({
    kind: "output",
    summary: "The names of the roles that the client has, declared or not.",
    value: texts,
    field: "grantedRoles",
    output: (_, { grantedRoles }) => [...grantedRoles],
  }),
  ownerId: property({
    kind: "output",
    summary: "The GUID of the account that the client belongs to.",
    value: text,
    field: "ownerId",
    output: ({ ownerId }, _, known) => ownerId ?? known.ownerId,
  }),
  adopted: property({
    kind: "internal",
    summary: "The GUID of the adopt line that was last seen, whether it was needed or left over.",
    value: text,
    output: (_client, _live, { adopted }) => adopted,
  }),
};

type Table = typeof CLIENT;
export type PropertyName = keyof Table;
type Values = { readonly [K in PropertyName]: z.output<Table[K]["value"]> };

/** The same table, for who goes through all properties. */
export const PROPERTIES: Readonly<Record<PropertyName, Property<unknown>>> = CLIENT;
export const PROPERTY_NAMES = Object.keys(CLIENT) as PropertyName[];

const namesOf = (pick: (property: Property<unknown>) => boolean): readonly PropertyName[] =>
  PROPERTY_NAMES.filter((name) => pick(PROPERTIES[name]));

/** What a program can declare. */
export const INPUTS = namesOf(({ kind }) => kind === "input");
/** What is declared and shown again: everything but a line that has been carried out. */
export const DECLARED_OUTPUTS: readonly PropertyName[] = INPUTS.filter((name) => name !== "adopt");
/** What the account says. */
export const OUTPUTS = namesOf(({ kind }) => kind === "output");
/** Declared properties that the account holds. */
export const ACCOUNT_PROPERTIES = namesOf(({ kind, field }) => kind === "input" && field !== undefined);
export const SECRETS = namesOf(({ secret }) => secret === true);

/** The rules of what may be declared. */
export const RULES: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  PROPERTY_NAMES.flatMap((name) => {
    const { rule } = PROPERTIES[name];
    return rule === undefined ? [] : [[name, rule.optional()]];
  }),
);

/** Reads every property once, by its own rule. */
const valuesOf = (properties: Properties): Values =>
  Object.fromEntries(
    PROPERTY_NAMES.map((name) => [name, PROPERTIES[name].value.parse(properties[name])]),
  ) as Values;

/** The properties whose values the program has made secret. */
export const readSecretInputs = (inputs: Properties): readonly string[] =>
  CLIENT.secretInputs.value.parse(inputs["secretInputs"]) ?? [];

/** What the option `ignoreChanges` names. */
export const readIgnoreChanges = (inputs: Properties): readonly string[] =>
  CLIENT.ignoreChanges.value.parse(inputs["ignoreChanges"]);

/** What is declared of one client: checked inputs, all of them known. */
export interface ClientArgs extends Pick<
  Values,
  | "active"
  | "allowedOrigins"
  | "allowedIpAddresses"
  | "grantedRoles"
  | "replaceWhenChanged"
  | "adopt"
  | "deletionPolicy"
  | "autoName"
  | "ignoreChanges"
  | "secretInputs"
> {
  readonly type: ClientType;
  readonly name: string;
}

/** Reads inputs that `check` has passed. */
export function readArgs(inputs: Properties): ClientArgs {
  const { type, name, ...rest } = valuesOf(inputs);
  const known = CLIENT_TYPES.find((each) => each === type);
  if (known === undefined || name === undefined) throw new Error("These inputs have not been checked.");
  return { ...rest, type: known, name };
}

/** What state has of one client. It may have been written by an earlier version, or by `pulumi stack import`. */
export type ClientState = Omit<Values, "type" | "name"> & { readonly type: string; readonly name: string };

export function readState(outputs: unknown): ClientState {
  const { type = "", name = "", ...rest } = valuesOf(anyObject.parse(outputs));
  return { ...rest, type, name };
}

const anyObject = z.record(z.string(), z.unknown()).catch({});

/** What is planned of one client: inputs of which some may not be known before `up`. */
export type ClientPlan = { readonly [K in PropertyName]?: Values[K] | typeof UNKNOWN };

export const readPlan = (inputs: Properties): ClientPlan =>
  Object.fromEntries(
    PROPERTY_NAMES.map((name) => [
      name,
      hasUnknown(inputs[name]) ? UNKNOWN : PROPERTIES[name].value.parse(inputs[name]),
    ]),
  );

/** What there is of a client, by the account or by state, for a comparison with what is wanted. */
export type Existing = Partial<Values>;

/** State for a comparison: roles that were not declared are compared with those that the client has. */
export const existingIn = (state: ClientState): Existing => ({
  ...state,
  grantedRoles: state.grantedRoles ?? state.effectiveRoles,
});

/** Declared properties as the account has them. */
export interface LiveClient extends Pick<
  ClientState,
  "type" | "name" | "active" | "allowedOrigins" | "allowedIpAddresses"
> {
  /** By name. */
  readonly grantedRoles: string[];
}

/**
 * A client as the account has it: only the whitelist in effect counts, a type that is not known is taken for the declared
 * one, and what no answer says for what is assumed.
 */
export function liveClient(
  client: RemoteClient,
  assumed: Existing,
  roleNames: readonly string[],
): LiveClient {
  const context = { assumed, roleNames };
  const read = (name: PropertyName): unknown => {
    const property = PROPERTIES[name];
    return property.live === undefined
      ? property.value.parse(client.raw[property.field ?? name])
      : property.live(client, context);
  };
  const values: Partial<Record<PropertyName, unknown>> = Object.fromEntries(
    ACCOUNT_PROPERTIES.map((name) => [name, read(name)]),
  );
  return values as LiveClient;
}

/** Whether no answer says this of a client. */
export const isPropertyOmitted = (
  { omitted = [] }: Pick<RemoteClient, "omitted">,
  name: PropertyName,
): boolean => omitted.some((field) => field === PROPERTIES[name].field);

/**
 * What no answer says of a client and somebody should know: what is assumed, of a program or of state, may not be so.
 * Where nothing is assumed, all of it.
 */
export function omittedProperties(client: RemoteClient, assumed?: Existing): readonly PropertyName[] {
  return ACCOUNT_PROPERTIES.filter((name) => {
    if (!isPropertyOmitted(client, name)) return false;
    if (assumed === undefined) return true;
    const value = assumed[name];
    // Nobody misses a list that would restrict nobody, which a service may leave out.
    if (value instanceof EntryList) return !value.restrictsNobody;
    return name === "active" || value !== undefined;
  });
}
