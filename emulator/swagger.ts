import type { Handler } from "./call";

/** GET /swagger/v1/swagger.json: the paths and models of section 3 of the facts, and nothing newer. */
export const swagger: Handler = (call) => ({
  status: 200,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify({ ...description, host: new URL(call.cloud.url).host }),
});

const text = { type: "string" };
const list = (items: object): object => ({ type: "array", items });
const model = (name: string): object => ({ $ref: `#/definitions/${name}` });
const object = (properties: object, rest: object = {}): object => ({ type: "object", ...rest, properties });

const resource = {
  name: text,
  clientType: { type: "string", enum: ["JavaScript", "NativeConfidential"] },
  sharedMode: { type: "string", enum: ["Origin", "IpAddress"] },
  allowedOrigins: list(text),
  allowedIpAddresses: list(text),
  grantedRoles: list(text),
  isActive: { type: "boolean" },
  id: text,
};
const envelope = {
  status: text,
  error: model("ErrorResponse"),
  link: model("GeoResponseLink"),
  elapsedTime: text,
};
const counts = { returningCount: { type: "integer" }, totalCount: { type: "integer" } };

const definitions = {
  ClientResource: object(resource, { required: ["name"] }),
  ClientResponse: object({ ...resource, apiKey: text, apiSecret: text, ownerId: text }),
  ClientRoleResponse: object({ id: text, name: text }),
  ClientsResponse: object({ data: list(model("ClientResponse")), ...counts, ...envelope }),
  ResponseClientResponse: object({ data: model("ClientResponse"), ...envelope }),
  ResponseListClientRoleResponse: object({ data: list(model("ClientRoleResponse")), ...envelope }),
  ResponseObject: object({ data: { type: "object" }, ...envelope }),
  AccountResponse: object({
    ...{ id: text, name: text, nickname: text, email: text, description: text, timezone: text },
    isActive: { type: "boolean" },
  }),
  ResponseAccountResponse: object({ data: model("AccountResponse"), ...envelope }),
  RoleToAccountResponse: object({
    ...{ accountId: text, roleName: text, roleId: text, expiration: text, warningMessage: text },
    isExpired: { type: "boolean" },
  }),
  RolesToAccountResponse: object({ data: list(model("RoleToAccountResponse")), ...counts, ...envelope }),
  ClientStatisticsResponse: object({
    ...{ clientId: text, clientName: text },
    data: list(object({ dateTime: text, amount: { type: "integer" } })),
  }),
  ResponseListClientStatisticsResponse: object({
    data: list(model("ClientStatisticsResponse")),
    ...envelope,
  }),
  ErrorResponse: object({ code: { type: "integer" }, message: text }),
  GeoResponseLink: object({ rel: text, title: text, href: text }),
};

function operation(
  operationId: string,
  tag: string,
  answer: string,
  parameters: readonly object[] = [],
): object {
  return {
    tags: [tag],
    operationId,
    consumes: parameters.includes(body)
      ? ["application/json-patch+json", "application/json", "text/json", "application/*+json"]
      : [],
    produces: ["text/plain", "application/json", "text/json"],
    parameters,
    responses: { 200: { description: "Success", schema: model(answer) } },
    security: [{ "API Key": [] }, { "Client Credentials": [] }, { "Resource Owner Password": [] }],
  };
}

const body = { name: "clientModel", in: "body", schema: model("ClientResource") };
const clientId = { name: "clientId", in: "path", required: true, type: "string" };
const clientIds = { name: "clientIds", in: "query", type: "array", items: text, collectionFormat: "multi" };
const paging = ["offset", "length", "returnMode", "whereClause"].map((name) => ({
  name,
  in: "query",
  type: "string",
}));
const point = ["lat", "lon"].map((name) => ({ name, in: "path", required: true, type: "number" }));

const description = {
  swagger: "2.0",
  info: { version: "v1", title: "ThinkGeo Cloud API" },
  paths: {
    "/api/v1/clients": {
      get: operation("getClientsV1", "Clients", "ClientsResponse"),
      post: operation("createClientV1", "Clients", "ResponseClientResponse", [body]),
      delete: operation("deleteClientsV1", "Clients", "ResponseObject", [clientIds]),
    },
    "/api/v1/clients/{clientId}": {
      get: operation("getClientByIdV1", "Clients", "ResponseClientResponse", [clientId]),
      post: operation("updateClientV1", "Clients", "ResponseClientResponse", [clientId, body]),
    },
    "/api/v1/clients/roles": {
      get: operation("getRolesForClientV1", "Clients", "ResponseListClientRoleResponse"),
    },
    "/api/v1/accounts/current": {
      get: operation("getCurrentAccountV1", "Accounts", "ResponseAccountResponse"),
    },
    "/api/v1/roles/accounts/current": {
      get: operation("getRolesForCurrentAccountV1", "Roles", "RolesToAccountResponse", paging),
    },
    "/api/v1/accounts/current/statistics/byclient": {
      get: operation("getStatisticsByClientV1", "Statistics", "ResponseListClientStatisticsResponse"),
    },
    "/api/v1/elevation/by-point/{lat}/{lon}": {
      get: operation("getElevationByPointV1", "Elevation", "ResponseObject", point),
    },
  },
  definitions,
  securityDefinitions: {
    "API Key": { type: "apiKey", name: "ApiKey", in: "query" },
    "Client Credentials": {
      type: "oauth2",
      flow: "application",
      tokenUrl: "/identity/connect/token",
      scopes: {},
    },
    "Resource Owner Password": {
      type: "oauth2",
      flow: "password",
      tokenUrl: "/identity/connect/token",
      scopes: {},
    },
  },
};
