import { CLIENT_TYPES } from "../../../provider/model/wire";

/** The expected type of a value. */
export type Shape =
  | { readonly type: "string"; readonly values?: readonly string[] }
  | { readonly type: "boolean" }
  | { readonly type: "integer" }
  | {
      readonly type: "array";
      readonly items: Shape;
      /** Whether each item may be in an envelope of its own, as its `data`; the provider reads both. */
      readonly inEnvelopes?: boolean;
    }
  | {
      readonly type: "object";
      readonly fields: Readonly<Record<string, Field>>;
      /** Fields that are known, and that the provider does not use. */
      readonly others: readonly string[];
    };

/** `needed`: the provider cannot work without it. */
export interface Field {
  readonly shape: Shape;
  readonly needed: boolean;
}

export interface Operation {
  readonly method: "get" | "post" | "delete";
  readonly path: string;
  readonly needed: boolean;
  /** The names of query parameters, each a list. */
  readonly query?: readonly string[];
  readonly request?: Shape;
  readonly answer: Shape;
}

/** The name of an operation in reports. */
export const titleOf = ({ method, path }: Pick<Operation, "path"> & { readonly method: string }): string =>
  `${method.toUpperCase()} ${path}`;

/** What all paths begin with. */
export const PREFIX = "/api/v1";

const text: Shape = { type: "string" };
const list = (items: Shape): Shape => ({ type: "array", items });
const listOfEnvelopes = (items: Shape): Shape => ({ type: "array", items, inEnvelopes: true });
const needed = (shape: Shape): Field => ({ shape, needed: true });
const wanted = (shape: Shape): Field => ({ shape, needed: false });
const object = (fields: Readonly<Record<string, Field>>, others: readonly string[] = []): Shape => ({
  type: "object",
  fields,
  others,
});

const written: Readonly<Record<string, Field>> = {
  name: needed(text),
  clientType: needed({ type: "string", values: CLIENT_TYPES }),
  sharedMode: needed({ type: "string", values: ["Origin", "IpAddress"] }),
  allowedOrigins: needed(list(text)),
  allowedIpAddresses: needed(list(text)),
  grantedRoles: needed(list(text)),
  isActive: needed({ type: "boolean" }),
  id: wanted(text),
};
const client = object({
  ...written,
  id: needed(text),
  apiKey: needed(text),
  apiSecret: needed(text),
  ownerId: wanted(text),
});
const envelope = {
  status: wanted(text),
  error: wanted(object({ message: wanted(text) }, ["code"])),
};
const IN_ENVELOPE = ["data", "link", "elapsedTime", "returningCount", "totalCount"];
const answering = (data: Shape, rest: Readonly<Record<string, Field>> = {}): Shape =>
  object({ data: needed(data), ...envelope, ...rest }, IN_ENVELOPE);

const IN_ACCOUNT = ["nickname", "email", "description", "timezone", "isActive"];
const IN_ROLE = ["accountId", "roleId", "isExpired", "warningMessage"];

const CLIENTS = `${PREFIX}/clients`;

/** What this version uses of the API. The types are those of the vendor's generated client of 2018; a test compares them with what provider/model/wire.ts reads. */
export const EXPECTED: readonly Operation[] = [
  {
    method: "get",
    path: CLIENTS,
    needed: true,
    answer: answering(listOfEnvelopes(client), { totalCount: wanted({ type: "integer" }) }),
  },
  { method: "post", path: CLIENTS, needed: true, request: object(written), answer: answering(client) },
  {
    method: "delete",
    path: CLIENTS,
    needed: true,
    query: ["clientIds"],
    answer: object(envelope, IN_ENVELOPE),
  },
  { method: "get", path: `${CLIENTS}/{clientId}`, needed: true, answer: answering(client) },
  {
    method: "post",
    path: `${CLIENTS}/{clientId}`,
    needed: true,
    request: object(written),
    answer: answering(client),
  },
  {
    method: "get",
    path: `${CLIENTS}/roles`,
    needed: false,
    answer: answering(list(object({ id: needed(text), name: needed(text) }))),
  },
  {
    method: "get",
    path: `${PREFIX}/accounts/current`,
    needed: false,
    answer: answering(object({ id: needed(text), name: needed(text) }, IN_ACCOUNT)),
  },
  {
    method: "get",
    path: `${PREFIX}/roles/accounts/current`,
    needed: false,
    answer: answering(listOfEnvelopes(object({ roleName: needed(text), expiration: wanted(text) }, IN_ROLE))),
  },
  {
    method: "get",
    path: `${PREFIX}/accounts/current/statistics/byclient`,
    needed: false,
    answer: answering(
      list(
        object(
          {
            clientId: needed(text),
            data: needed(list(object({ dateTime: needed(text), amount: needed({ type: "integer" }) }))),
          },
          ["clientName"],
        ),
      ),
    ),
  },
];
