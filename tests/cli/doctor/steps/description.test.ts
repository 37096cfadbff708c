import { altered, at, emulatorDescription, model, paths } from "../altered-description";
import { stepOf, withDoctor, wordsOf } from "../run-doctor";

let original: string;
beforeAll(async () => {
  original = await emulatorDescription();
});

describe("the API's description", () => {
  const path = "/swagger/v1/swagger.json";

  test("fails for what the provider needs, and names each difference in the report", () =>
    withDoctor(async ({ cloud, report }) => {
      const document = altered(original, (one) => {
        Reflect.deleteProperty(at(model(one, "ClientResponse"), "properties"), "apiSecret");
      });
      cloud.fault({ kind: "reply", status: 200, text: JSON.stringify(document), path });
      const found = await report();
      expect(stepOf(found, "description").result).toBe("fail");
      expect(wordsOf(found, "description")).toContain('fail: Missing field "apiSecret": ');
      expect(found.differences).toHaveLength(4);
    }));

  test("warns for what it can do without, and where there is no description", () =>
    withDoctor(async ({ cloud, report }) => {
      const document = altered(original, (one) => {
        Reflect.deleteProperty(paths(one), "/api/v1/clients/roles");
      });
      cloud.fault({ kind: "reply", status: 200, text: JSON.stringify(document), path, times: 1 });
      expect(stepOf(await report(), "description").result).toBe("warn");
      cloud.fault({ kind: "reply", status: 200, text: '{"swagger":"2.0"}', path, times: 1 });
      expect(wordsOf(await report(), "description")).toContain("is no description of an API");
      cloud.fault({ kind: "status", status: 404, body: "html", path, times: 1 });
      const none = await report();
      expect(wordsOf(none, "description")).toContain("There is none to compare");
      expect([stepOf(none, "address").result, none.result]).toEqual(["pass", "warn"]);
    }));

  test("an address that lacks a part is told", () =>
    withDoctor(async ({ cloud, report }) => {
      const text = original.replaceAll("/api/v1/", "/gis/api/v1/");
      cloud.fault({ kind: "reply", status: 200, text, path });
      const words = wordsOf(await report(), "description");
      expect(words).toContain("fail: Every path begins with /gis/api/v1, expected /api/v1: every operation.");
      expect(words).toContain(`Set thinkgeo:apiUrl to ${cloud.url}/gis, if the API is there.`);
    }));

  test("says what is new for information only", () =>
    withDoctor(async ({ cloud, report }) => {
      const document = altered(original, (one) => {
        at(model(one, "ClientResponse"), "properties")["lastUsed"] = { type: "string" };
      });
      cloud.fault({ kind: "reply", status: 200, text: JSON.stringify(document), path });
      const found = await report();
      expect(stepOf(found, "description").result).toBe("pass");
      expect(wordsOf(found, "description")).toContain('info: Extra field "lastUsed"');
    }));
});
