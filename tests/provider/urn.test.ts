import { nameIn, projectIn, stackIn, typeIn } from "../../provider/urn";

test.each([
  ["urn:pulumi:dev::acme::thinkgeo:index:Client::web", ["dev", "acme", "thinkgeo:index:Client", "web"]],
  [
    "urn:pulumi:prod::acme::my:mod:Site$my:mod:Part$thinkgeo:index:Client::eu::web",
    ["prod", "acme", "thinkgeo:index:Client", "eu::web"],
  ],
])("a URN has stack, project, type and name: %s", (urn, parts) => {
  expect([stackIn(urn), projectIn(urn), typeIn(urn), nameIn(urn)]).toEqual(parts);
});

test("text that is no URN has none of them", () => {
  expect([stackIn(""), projectIn(""), typeIn(""), nameIn("")]).toEqual(["", undefined, "", ""]);
});
