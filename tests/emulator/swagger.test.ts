import { startEmulator, type Emulator } from "../../emulator/index";
import { Api, request } from "./support";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

test("the swagger document describes every path, and models that answers fit", async () => {
  const { status, json } = await request(`${emulator.url}/swagger/v1/swagger.json`);
  expect([status, json?.["swagger"], json?.["info"]]).toEqual([
    200,
    "2.0",
    { version: "v1", title: "ThinkGeo Cloud API" },
  ]);
  const paths = json?.["paths"] as Record<string, Record<string, { operationId: string }>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
  );
  expect(operations).toEqual(
    expect.arrayContaining([
      "getClientsV1 get /api/v1/clients",
      "createClientV1 post /api/v1/clients",
      "deleteClientsV1 delete /api/v1/clients",
      "getClientByIdV1 get /api/v1/clients/{clientId}",
      "updateClientV1 post /api/v1/clients/{clientId}",
      "getRolesForClientV1 get /api/v1/clients/roles",
    ]),
  );
  const definitions = json?.["definitions"] as Record<string, { properties: object }>;
  const references = [...JSON.stringify(json).matchAll(/#\/definitions\/(\w+)/g)].map(
    ([, name]) => name ?? "",
  );
  for (const name of references) expect(definitions).toHaveProperty(name);
  const answered = await (await Api.for(emulator)).create({ clientType: "NativeConfidential" });
  expect(Object.keys(answered).toSorted()).toEqual(
    Object.keys(definitions["ClientResponse"]?.properties ?? {}).toSorted(),
  );
});

test.each([
  ["wrapped", "ResponseClientResponse", "ResponseRoleToAccountResponse"],
  ["mixed", "ResponseClientResponse", "ResponseRoleToAccountResponse"],
  ["plain", "ClientResponse", "RoleToAccountResponse"],
] as const)("the swagger document describes %s lists", async (listItems, client, role) => {
  emulator.setSwitches({ listItems, enumCasing: "camel", link: "links" });
  const { json } = await request(`${emulator.url}/swagger/v1/swagger.json`);
  const link = { $ref: "#/definitions/GeoResponseLink" };
  const list = (name: string): object => ({ type: "array", items: { $ref: `#/definitions/${name}` } });
  expect(json?.["definitions"]).toMatchObject({
    ClientsResponse: { properties: { data: list(client), links: { items: link } } },
    RolesToAccountResponse: { properties: { data: list(role) } },
    ResponseListClientRoleResponse: { properties: { data: list("ClientRoleResponse") } },
    ClientResponse: { properties: { clientType: { enum: ["javaScript", "nativeConfidential"] } } },
  });
});
