import { execFileSync } from "node:child_process";
import { OUTPUTS, INPUTS, SECRETS } from "../../provider/model/client";
import { NATIVE_CLIENT_TYPE_TOKEN, NATIVE_ROTATING_CLIENT_TYPE_TOKEN } from "../../provider/shell";
import { SETTINGS } from "../../provider/configuration";
import schema from "../../provider/hosts/native/schema.json";
import { REPOSITORY } from "../repository";

const client = schema.resources[NATIVE_CLIENT_TYPE_TOKEN];
const rotating = schema.resources[NATIVE_ROTATING_CLIENT_TYPE_TOKEN];

test("the schema is what the SDK's docstrings and the table of properties give", () => {
  execFileSync(process.execPath, ["scripts/schema.mjs", "--check"], { cwd: REPOSITORY, stdio: "pipe" });
});

test("has what a client can be declared with, and what it shows", () => {
  expect(Object.keys(client.inputProperties).sort()).toEqual([...INPUTS].sort());
  expect(Object.keys(client.properties)).toEqual(expect.arrayContaining([...OUTPUTS]));
  expect(Object.keys(rotating.properties)).toEqual(
    expect.arrayContaining([...OUTPUTS, "current", "previous", "rotatedAt", "nextAction"]),
  );
  expect(Object.keys(schema.provider.inputProperties).sort()).toEqual([...SETTINGS].sort());
});

// The output has it where somebody deactivated the previous client by hand.
test("has what tells a previous client that stays deactivated", () => {
  const previous = schema.types["thinkgeo:index:PreviousMember"];
  expect(previous.properties.keptOff.type).toBe("boolean");
  expect(previous.required).not.toContain("keptOff");
});

test("marks secrets, and only those", () => {
  const secretOf = (properties: object): string[] =>
    Object.entries(properties).flatMap(([name, value]: [string, object]) =>
      "secret" in value ? [name] : [],
    );
  expect(secretOf(client.properties)).toEqual(SECRETS);
  expect(secretOf(rotating.properties).sort()).toEqual(["clientSecret", "previousClientSecret"]);
  expect(secretOf(schema.provider.inputProperties)).toEqual(["clientSecret"]);
});

test("describes every property, in words that hold in every language", () => {
  const all = [client, rotating].flatMap(({ properties, inputProperties }) => [
    ...Object.entries(properties),
    ...Object.entries(inputProperties),
  ]);
  const missing = all.filter(([, value]) => !("description" in value)).map(([name]) => name);
  expect(missing).toEqual([]);
  expect(JSON.stringify(schema)).not.toMatch(/```|\{@link|new thinkgeo\./);
});
