import { readSettings } from "../../cli/account/sign-in";

const environment = { THINKGEO_CLIENT_ID: "id", THINKGEO_CLIENT_SECRET: "secret" };
const readWith = (values: Record<string, string>): unknown => readSettings({ values }, { environment });

test("the configuration of a stack wins, and what is misspelt in it is an error before anybody signs in", () => {
  const apiUrl = "http://127.0.0.1:4400";
  expect(readWith({ "thinkgeo:apiUrl": apiUrl })).toMatchObject({ apiUrl, clientId: "id" });
  expect(() => readWith({ "thinkgeo:apiURL": apiUrl })).toThrow("did you mean thinkgeo:apiUrl?");
  // It may be that of a project called thinkgeo.
  expect(readWith({ "thinkgeo:greeting": "hello" })).toMatchObject({ clientId: "id" });
});
