import type { Handler } from "../call";
import { cased } from "../client-response";
import { JSON_TYPE } from "../request";
import type { Switches } from "../switches";

/** GET /swagger/v1/swagger.json: the paths and models that are known, as the switches make them. */
export const swagger: Handler = (call) => ({
  status: 200,
  headers: JSON_TYPE,
  body: JSON.stringify({
    ...description,
    host: new URL(call.cloud.url).host,
    definitions: definitions(call.cloud.switches),
  }),
});

const text = { type: "string" };
const list = (items: object): object => ({ type: "array", items });
const model = (name: string): object => ({ $ref: `#/definitions/${name}` });
const object = (properties: object, rest: object = {}): object => ({ type: "object", ...rest, properties });

const counts = { returningCount: { type: "integer" }, totalCount: { type: "integer" } };

function definitions(switches: Switches): object {
  const choice = (...words: readonly string[]): object => ({
    type: "string",
    enum: words.map((word) => cased(word, switches)),
  });
  const resource = {
    name: text,
    clientType: choice("JavaScript", "NativeConfidential"),
    sharedMode: choice("Origin", "IpAddress"),
    allowedOrigins: list(text),
    allowedIpAddresses: list(text),
    grantedRoles: list(text),
    isActive: { type: "boolean" },
    id: text,
  };
  const links = {
    object: { link: model("GeoResponseLink") },
    array: { link: list(model("GeoResponseLink")) },
    links: { links: list(model("GeoResponseLink")) },
    none: {},
  };
  const envelope = {
    status: text,
    error: model("ErrorResponse"),
    ...links[switches.link],
    elapsedTime: text,
  };
  const item = (name: string): object => model(switches.listItems === "plain" ? name : `Response${name}`);
  return {
    ClientResource: object(resource, { required: ["name"] }),
    ClientResponse: object({ ...resource, apiKey: text, apiSecret: text, ownerId: text }),
    ClientRoleResponse: object({ id: text, name: text }),
    ClientsResponse: object({ data: list(item("ClientResponse")), ...counts, ...envelope }),
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
    ResponseRoleToAccountResponse: object({ data: model("RoleToAccountResponse"), ...envelope }),
    RolesToAccountResponse: object({ data: list(item("RoleToAccountResponse")), ...counts, ...envelope }),
    ClientStatisticsResponse: object({
      ...{ clientId: text, clientName: text },
      data: list(object({ dateTime: text, amount: { type: "integer" } })),
    }),
    ResponseListClientStatisticsResponse: object({
      data: list(model("ClientStatisticsResponse")),
      ...envelope,
    }),
    ElevationResponse: object({
      ...{ elevation: { type: "number" }, elevationUnit: text },
      ...{ latitude: { type: "number" }, longitude: { type: "number" } },
    }),
    ResponseElevationResponse: object({ data: model("ElevationResponse"), ...envelope }),
    ErrorResponse: object({ code: { type: "integer" }, message: text }),
    GeoResponseLink: object({ rel: text, title: text, href: text }),
  };
}

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
const point = [
  ...["pointY", "pointX"].map((name) => ({ name, in: "path", required: true, type: "number" })),
  { name: "elevationUnit", in: "query", type: "string", default: "Feet" },
  { name: "srid", in: "query", type: "integer", default: 4326 },
];

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
    "/api/v1/elevation/{pointY},{pointX}": {
      get: operation("GetElevationOfPointV1", "Elevation", "ResponseElevationResponse", point),
    },
  },
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
