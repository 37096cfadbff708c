import * as z from "zod";
import { omittedIn, type Field } from "./omitted";
import { believedSecret } from "./secret";

/** The kinds of client that ThinkGeo has. */
export const CLIENT_TYPES = ["JavaScript", "NativeConfidential"] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** The type that a text names in whatever casing; nothing is concluded from a type that is not known. */
export const knownType = (text: unknown): ClientType | undefined =>
  CLIENT_TYPES.find((type) => typeof text === "string" && type.toLowerCase() === text.toLowerCase());

/**
 * What the API says, read once and leniently: new fields and values pass, and are kept for writing back; what we
 * need must be there. Field names are those of the vendor's generated client of 2018.
 */
export interface RemoteClient {
  readonly id: string;
  readonly name: string;
  /** In the spelling of the API's description, whatever the casing of the answer; a type that is not known as it came. */
  readonly clientType: string | undefined;
  /** The same. */
  readonly sharedMode: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowedIpAddresses: readonly string[];
  readonly grantedRoles: readonly string[];
  readonly isActive: boolean;
  readonly apiKey: string | undefined;
  /** Absent also where the answer has a mask, or anything else that does not look like a secret. */
  readonly apiSecret: string | undefined;
  readonly ownerId: string | undefined;
  /**
   * The fields that the answer leaves out; none, if this is not there. What stands in their place here is what they mean
   * where nobody knows better.
   */
  readonly omitted?: readonly Field[] | undefined;
  /** The version that a reading of this one client was of, where the server says so. */
  readonly etag?: string | undefined;
  /** The whole object, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
// Which casing the API uses for enums in its answers is not documented.
const type = optionalText.transform((value) => knownType(value) ?? value);
const mode = optionalText.transform(
  (value) => ["Origin", "IpAddress"].find((known) => known.toLowerCase() === value?.toLowerCase()) ?? value,
);
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
/** Whether roles are ids, names or pairs of both is not documented: of a pair the id is taken. */
export const roles = z.array(
  z.union([z.string(), z.looseObject({ id: z.string() }).transform((role) => role.id)]),
);

/** What .NET writes where there is no GUID: the id of nothing. */
const NO_GUID = "00000000-0000-0000-0000-000000000000";

const clientFields = z.object({
  id: z
    .string()
    .min(1)
    .refine((id) => id !== NO_GUID),
  name: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
  clientType: type,
  sharedMode: mode,
  allowedOrigins: texts,
  allowedIpAddresses: texts,
  grantedRoles: roles.nullish().transform((value) => value ?? []),
  isActive: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  apiKey: optionalText,
  apiSecret: optionalText.transform((shown) => believedSecret(shown, undefined).secret),
  ownerId: optionalText,
});

// No copy of it: an account may have ten thousand.
const object = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  object.safeParse(value).success;

/** The vendor's generated client wraps each item of a list in an envelope of its own; a plain item is read as well. */
const unwrapped = (item: unknown): unknown =>
  isObject(item) && item["id"] === undefined && isObject(item["data"]) ? item["data"] : item;

const remoteClient = z.preprocess(unwrapped, object).transform((raw, context): RemoteClient => {
  const parsed = clientFields.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      context.addIssue({ code: "custom", path: issue.path, message: issue.message });
    return z.NEVER;
  }
  const omitted = omittedIn(raw, parsed.data);
  return { ...parsed.data, raw, ...(omitted.length > 0 && { omitted }) };
});

/** A client as two answers tell of it: what the one leaves out is as the other says. */
export function completedBy(one: RemoteClient, other: RemoteClient): RemoteClient {
  const said = Object.entries(one.raw).filter(([, value]) => value !== undefined && value !== null);
  const both = remoteClient.parse({ ...other.raw, ...Object.fromEntries(said) });
  return { ...both, apiSecret: one.apiSecret ?? other.apiSecret, etag: one.etag };
}

/** Whether no answer that a client was read from says this of it. */
export const isOmitted = ({ omitted = [] }: Pick<RemoteClient, "omitted">, field: Field): boolean =>
  omitted.includes(field);

const count = z
  .number()
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? undefined);

export const clientAnswer = z.looseObject({ data: remoteClient }).transform((body) => body.data);

/** An item of the account's list that cannot be read as a client, and what can be told of it. */
export interface UnreadableClient {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Counted from 1. */
  readonly position: number;
  /** The fields that are not what the API describes. */
  readonly fields: readonly string[];
}

/** An account's list. One item that cannot be read does not hide the others. */
export interface ClientList {
  readonly clients: readonly RemoteClient[];
  readonly unreadable: readonly UnreadableClient[];
  /** How many the server says there are; undefined where it does not say. */
  readonly totalCount: number | undefined;
}

export const clientsAnswer = z
  .looseObject({ data: z.array(z.unknown()), totalCount: count })
  .transform((body): ClientList => {
    const clients: RemoteClient[] = [];
    const unreadable: UnreadableClient[] = [];
    for (const [index, item] of body.data.entries()) {
      const parsed = remoteClient.safeParse(item);
      if (parsed.success) clients.push(parsed.data);
      else unreadable.push(unreadableItem(item, index + 1, parsed.error.issues));
    }
    return { clients, unreadable, totalCount: body.totalCount };
  });

function unreadableItem(
  item: unknown,
  position: number,
  issues: readonly z.core.$ZodIssue[],
): UnreadableClient {
  const plain = unwrapped(item);
  const text = (key: string): string | undefined => {
    const value = isObject(plain) ? plain[key] : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const fields = [...new Set(issues.map(({ path }) => String(path[0] ?? "the whole item")))];
  return { id: text("id"), name: text("name"), position, fields };
}

export const rolesAnswer = z
  .looseObject({
    data: z.array(z.preprocess(unwrapped, z.looseObject({ id: z.string(), name: z.string() }))),
  })
  .transform((body) => body.data.map(({ id, name }) => ({ id, name })));

/** Whose credentials were used. */
export interface CurrentAccount {
  readonly id: string;
  readonly name: string;
}

export const accountAnswer = z
  .looseObject({ data: z.looseObject({ id: z.string(), name: z.string() }) })
  .transform((body): CurrentAccount => ({ id: body.data.id, name: body.data.name }));

/** A role of the account itself. */
export interface AccountRole {
  readonly name: string;
  /** ISO text, as the server wrote it; undefined for a role that does not end. */
  readonly expiration: string | undefined;
}

/** How much one client was used. */
export interface ClientUsage {
  /** The client's GUID. */
  readonly clientId: string;
  /** Transactions by day, as far back as the server tells; undefined where it does not tell. */
  readonly days: readonly { readonly dateTime: string; readonly amount: number }[] | undefined;
}

/** How the clients of an account were used. */
export interface AccountUsage {
  readonly clients: readonly ClientUsage[];
  /** How many the server says there are; undefined where it does not say. */
  readonly totalCount: number | undefined;
}

export const accountRolesAnswer = z
  .looseObject({
    data: z.array(z.preprocess(unwrapped, z.looseObject({ roleName: z.string(), expiration: optionalText }))),
  })
  .transform((body): AccountRole[] =>
    body.data.map(({ roleName, expiration }) => ({ name: roleName, expiration })),
  );

export const usageAnswer = z
  .looseObject({
    data: z.array(
      z.looseObject({
        clientId: z.string(),
        data: z.array(z.looseObject({ dateTime: z.string(), amount: z.number() })).nullish(),
      }),
    ),
    totalCount: count,
  })
  .transform(({ data, totalCount }): AccountUsage => {
    const clients = data.map(({ clientId, data: days }) => ({ clientId, days: days ?? undefined }));
    return { clients, totalCount };
  });

export const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().catch(0),
});
