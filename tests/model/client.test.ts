import * as pulumi from "@pulumi/pulumi";
import {
  ACCOUNT_PROPERTIES,
  DECLARED_OUTPUTS,
  INPUTS,
  OUTPUTS,
  PROPERTIES,
  SECRETS,
} from "../../provider/model/client";
import { Client } from "../../sdk";
import { textOf } from "../repository";

const named = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);

test("the SDK's arguments and outputs are those of the table", () => {
  const args = textOf("sdk/args.ts").split("export interface JavaScriptClientArgs")[0] ?? "";
  expect(named(args, /^ {2}(\w+)\??: pulumi\.Input/gm).toSorted()).toEqual([...INPUTS].toSorted());
  expect(named(textOf("sdk/client.ts"), /^ {2}declare readonly (\w+):/gm).toSorted()).toEqual(
    [...DECLARED_OUTPUTS, ...OUTPUTS].toSorted(),
  );
});

test("the SDK names every output to Pulumi, and marks those that are secret", async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => ({ id: "id", state: args.inputs as object }),
    call: () => ({}),
  });
  const client: object = new Client("map", { type: "NativeConfidential" });
  const outputs = Object.entries(client).filter(([, value]) => pulumi.Output.isInstance(value));
  expect(outputs.map(([name]) => name)).toEqual(expect.arrayContaining([...DECLARED_OUTPUTS, ...OUTPUTS]));
  expect(textOf("sdk/client.ts")).toContain(`additionalSecretOutputs: ${JSON.stringify(SECRETS)}`);
});

test("what the account holds has a field of the API's ClientResource, and a comparison", () => {
  expect(ACCOUNT_PROPERTIES.map((name) => PROPERTIES[name].field)).toEqual([
    "clientType",
    "name",
    "isActive",
    "allowedOrigins",
    "allowedIpAddresses",
    "grantedRoles",
  ]);
  for (const name of INPUTS) expect([name, PROPERTIES[name].change]).not.toEqual([name, undefined]);
});
