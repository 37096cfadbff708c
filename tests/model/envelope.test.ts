import fc from "fast-check";
import { failureReason, isEnvelope, saysFailed } from "../../provider/model/envelope";

describe("why a request failed", () => {
  test.each<[unknown, string | undefined]>([
    [{ error: { code: 400, message: "Wrong." }, status: "error" }, "Wrong."],
    [{ error: "invalid_client" }, "invalid_client"],
    [{ error: "invalid_scope", error_description: "No such scope." }, "invalid_scope; No such scope."],
    [
      { data: { name: ["is required.", "is short."], type: ["is odd."] } },
      "name: is required. is short.; type: is odd.",
    ],
    [{ error: { message: "Wrong." }, data: { name: ["is required."] } }, "Wrong.; name: is required."],
    [{ error: { message: "" }, data: null }, undefined],
    [{ error: null, data: { a: 1 } }, undefined],
    [{ error: { code: 7 } }, undefined],
    [{ error: 7, data: { name: ["is required."] } }, "name: is required."],
    [{ status: 404, title: "Not Found" }, undefined],
    [{}, undefined],
    [[], undefined],
    [null, undefined],
    ["Wrong.", undefined],
  ])("%j: %j", (body, reason) => {
    expect(failureReason(body)).toBe(reason);
  });

  test("is asked of any JSON without an error", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(["string", "undefined"]).toContain(typeof failureReason(body));
        expect(typeof isEnvelope(body) + typeof saysFailed(body)).toBe("booleanboolean");
      }),
    );
  });
});

test("only the API's own envelope is one", () => {
  const own = [
    { error: { code: 404, message: "None." } },
    { status: "error", data: null },
    { status: "fail", data: {} },
  ];
  const foreign = [
    { status: "error" },
    { message: "no Route matched with those values" },
    { error: "not_found" },
    { type: "about:blank", title: "Not Found", status: 404 },
    { error: { code: 404 } },
    [],
    null,
    "404",
  ];
  expect(own.map(isEnvelope)).toEqual([true, true, true]);
  expect(foreign.filter(isEnvelope)).toEqual([]);
});

test("a body says that it failed by its status", () => {
  // Which casing the API uses in its answers is not documented.
  const failures = [
    { status: "error" },
    { status: "fail", data: {} },
    { status: "Error" },
    { status: "FAIL" },
  ];
  expect(failures.map(saysFailed)).toEqual([true, true, true, true]);
  expect(
    [{ status: "success" }, { status: "odd" }, { status: "failed" }, { status: 500 }, {}, null].some(
      saysFailed,
    ),
  ).toBe(false);
});
