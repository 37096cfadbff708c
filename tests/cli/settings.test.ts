import { settings } from "../../cli/settings";
import type { Terminal } from "../../cli/terminal";

const environment = { THINKGEO_CLIENT_ID: "id", THINKGEO_CLIENT_SECRET: "secret" };
const terminal: Terminal = {
  environment,
  folder: ".",
  interactive: false,
  ask: undefined,
  out: fail,
  err: fail,
};

function fail(): never {
  throw new Error("Nothing is printed.");
}

test("the configuration of a stack wins, and what is misspelt in it is an error before anybody signs in", () => {
  const apiUrl = "http://127.0.0.1:4400";
  expect(settings(terminal, { "thinkgeo:apiUrl": apiUrl })).toMatchObject({ apiUrl, clientId: "id" });
  expect(() => settings(terminal, { "thinkgeo:apiURL": apiUrl })).toThrow("did you mean thinkgeo:apiUrl?");
  // It may be that of a project called thinkgeo.
  expect(settings(terminal, { "thinkgeo:greeting": "hello" })).toMatchObject({ clientId: "id" });
});
