import fc from "fast-check";
import type { FaultEffect, FaultRule, Switches } from "../../emulator/index";
import { QUOTED_SECRET, type Conditions } from "./weather";

const effect: fc.Arbitrary<FaultEffect> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("drop" as const, "reset" as const) }) },
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(500, 502, 503, 504, 408, 401, 403, 404, 409, 429),
    body: fc.constantFrom("json" as const, "html" as const, "empty" as const),
    message: fc.constantFrom("Out of order.", QUOTED_SECRET),
  }),
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(429, 503),
    retryAfter: fc.constantFrom(0, 1, 20, 86_400, "soon", "Tue, 24 Nov 2020 10:00:00 GMT"),
  }),
  fc.record({
    kind: fc.constant("truncate" as const),
    ending: fc.constantFrom("drop" as const, "reset" as const, "clean" as const),
  }),
  fc.record({
    kind: fc.constantFrom(
      "garbage" as const,
      "empty" as const,
      "html" as const,
      "error-envelope" as const,
      "garbage-http" as const,
      "bom" as const,
      "huge-header" as const,
    ),
  }),
  fc.record({ kind: fc.constantFrom("stall-headers" as const, "stall-body" as const) }),
  fc.record({
    kind: fc.constant("redirect" as const),
    location: fc.constant("http://127.0.0.1:9/elsewhere"),
  }),
  fc.record({ kind: fc.constant("delay" as const), ms: fc.constantFrom(2, 10) }),
);

/** Where it goes wrong: rather at what changes the account than at the gate. */
const place = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom<Place>({}, { path: "/identity/connect/token" }, { path: "/api/**" }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Place>(
      { method: "GET", path: "/api/v1/clients" },
      { method: "POST", path: "/api/v1/clients" },
      { method: "POST", path: "/api/v1/clients" },
      { method: "POST", path: "/api/v1/clients" },
      { method: "GET", path: "/api/v1/clients/*" },
      { method: "POST", path: "/api/v1/clients/*" },
      { method: "DELETE", path: "/api/v1/clients" },
      { method: "DELETE", path: "/api/v1/clients" },
    ),
  },
);
type Place = Pick<FaultRule, "method" | "path">;

const often = fc.oneof(
  fc.record({ probability: fc.constantFrom(0.3, 0.7, 1) }),
  fc.record({ times: fc.constantFrom(1, 2, 4) }),
  fc.record({ at: fc.integer({ min: 1, max: 3 }) }),
);

const anyFault: fc.Arbitrary<FaultRule> = fc
  .tuple(effect, place, often, fc.constantFrom("before" as const, "after" as const))
  .map(([what, where, howOften, when]) => ({ ...what, ...where, ...howOften, when: momentOf(what) ?? when }));

const create = { method: "POST", path: "/api/v1/clients" };
const update = { method: "POST", path: "/api/v1/clients/*" };
const removal = { method: "DELETE", path: "/api/v1/clients" };

/** Those that have cost somebody a key, or given somebody a second one. */
const dreaded: fc.Arbitrary<FaultRule> = fc
  .tuple(
    fc.constantFrom<FaultRule>(
      { kind: "drop", when: "after", ...create },
      { kind: "reset", when: "before", ...create },
      { kind: "status", status: 502, body: "html", when: "after", ...create },
      { kind: "status", status: 503, when: "after", ...create },
      { kind: "truncate", ending: "clean", ...create },
      { kind: "error-envelope", when: "after", ...create },
      { kind: "status", status: 400, message: QUOTED_SECRET, ...create },
      { kind: "status", status: 500, when: "after", ...update },
      { kind: "status", status: 404, ...removal },
      { kind: "drop", when: "after", ...removal },
      { kind: "error-envelope", ...removal },
      { kind: "status", status: 409, message: QUOTED_SECRET, ...removal },
    ),
    fc.constantFrom({}, { times: 1 }, { at: 2 }),
  )
  .map(([fault, howOften]) => ({ ...fault, ...howOften }));

const faultRule = fc.oneof(anyFault, dreaded);

/** Another service with the same API answers in ThinkGeo's place, and knows nobody. */
export const emptyAccount: Conditions = {
  faults: [
    {
      kind: "reply",
      method: "GET",
      path: "/api/v1/clients",
      text: JSON.stringify({ data: [], returningCount: 0, totalCount: 0, status: "success" }),
    },
    { kind: "status", status: 404, path: "/api/**" },
  ],
  switches: {},
};

/** Some faults make sense at one moment only. */
function momentOf(what: FaultEffect): "before" | "after" | undefined {
  // These two mean that nothing was done, and so are repeated: a server that does it all the same cannot be dealt with.
  if (what.kind === "status" && (what.status === 429 || what.status === 401)) return "before";
  // A whole answer that says that a thing was done when it was not is no fault but a lie.
  return what.kind === "bom" || what.kind === "huge-header" ? "after" : undefined;
}

/** What is wrong with the service for a while. */
const adversity: fc.Arbitrary<Partial<Switches>> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ slowApply: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ listCap: fc.integer({ min: 2, max: 6 }) }) },
  fc.record({ laterSecret: fc.constantFrom("masked" as const, "absent" as const) }),
  fc.record({ ignoreFields: fc.subarray(["allowedIpAddresses", "isActive"], { minLength: 1 }) }),
  fc.record({ latency: fc.constantFrom(1, 3) }),
);

/** Faults, and what else is wrong with the service, together or one of them. */
export const weather: fc.Arbitrary<Conditions> = fc.record({
  faults: fc.array(faultRule, { maxLength: 2 }),
  switches: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: adversity }),
});

/** How the live service may turn out to be; nobody outside ThinkGeo knows. */
export const personality: fc.Arbitrary<Partial<Switches>> = fc.record(
  {
    grantedRolesForm: fc.constantFrom("names" as const, "ids" as const),
    updateMode: fc.constantFrom("replace" as const, "merge" as const),
    typeChange: fc.constantFrom("refused" as const, "ignored" as const),
    javaScriptSecret: fc.constantFrom("null" as const, "absent" as const, "shown" as const),
    softDelete: fc.boolean(),
    deleteUnknown: fc.constantFrom("error" as const, "ignore" as const),
    batchDelete: fc.constantFrom("all-or-nothing" as const, "partial" as const),
    listOrder: fc.constantFrom("created" as const, "reversed" as const, "name" as const),
    createStatus: fc.constantFrom(200 as const, 201 as const),
    deleteStatus: fc.constantFrom(200 as const, 204 as const),
    etag: fc.constantFrom("off" as const, "strong" as const, "weak" as const),
    idempotencyKeys: fc.boolean(),
    normalise: fc.constantFrom("none" as const, "server" as const),
    reorder: fc.boolean(),
    unrestricted: fc.constantFrom("[]" as const, "*.*.*.*" as const),
    otherList: fc.constantFrom("dropped" as const, "kept" as const),
    extraFields: fc.constantFrom("none" as const, "kept" as const, "lost" as const),
  },
  { requiredKeys: [] },
);
