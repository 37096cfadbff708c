import { CLIENT_FIELDS } from "../client-fields";
import fc from "fast-check";
import type { FaultEffect, FaultRule, Switches } from "../../emulator/index";
import { OTHER_NAME } from "./incidents";
import { clientByNumber, QUOTED_SECRET, type Conditions } from "./weather";

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

/** Creates whose outcome is open, whether they were applied or not. */
export const lostCreate: fc.Arbitrary<FaultRule> = fc
  .tuple(
    fc.constantFrom<FaultEffect>(
      { kind: "drop" },
      { kind: "status", status: 502, body: "html" },
      { kind: "stall-headers" },
      { kind: "other-client", client: OTHER_NAME },
    ),
    fc.constantFrom("before" as const, "after" as const),
    fc.constantFrom({ at: 1 }, { at: 2 }, {}),
  )
  .map(([what, when, howOften]) => ({
    ...what,
    when: what.kind === "other-client" ? "after" : when,
    ...create,
    ...howOften,
  }));

const anyClient = fc.nat(11).map(clientByNumber);

/** Whole answers that speak of a client what is not so. */
const misleading: fc.Arbitrary<FaultRule> = fc.oneof(
  fc
    .tuple(fc.oneof(anyClient, fc.constant(OTHER_NAME)), fc.constantFrom({ times: 1 }, { at: 2 }))
    .map(([client, howOften]): FaultRule => ({ kind: "other-client", client, ...create, ...howOften })),
  fc
    .tuple(
      anyClient,
      fc.constantFrom(
        { field: "id" },
        { field: "name", value: 7 },
        { field: "isActive", value: "yes" },
        { field: "allowedIpAddresses", value: "any" },
      ),
    )
    .map(([client, what]): FaultRule => ({
      kind: "broken-client",
      client,
      ...what,
      method: "GET",
      path: "/api/v1/clients",
    })),
);

const faultRule = fc.oneof(
  { weight: 2, arbitrary: anyFault },
  { weight: 2, arbitrary: dreaded },
  { weight: 1, arbitrary: misleading },
);

/** Some faults make sense at one moment only. */
function momentOf(what: FaultEffect): "before" | "after" | undefined {
  // These two mean that nothing was done, and so are repeated: a server that does it all the same cannot be dealt with.
  if (what.kind === "status" && (what.status === 429 || what.status === 401)) return "before";
  // A whole answer that says that a thing was done when it was not is no fault but a lie.
  return what.kind === "bom" || what.kind === "huge-header" ? "after" : undefined;
}

/** How long after a write reads show it. Some seconds can be waited for; a list may take longer. */
const lag: fc.Arbitrary<Partial<Switches>> = fc.record({
  listLag: fc.constantFrom(0, 3_000, 8_000, 3_000, 8_000, 12_000, 20_000),
  getLag: fc.constantFrom(0, 3_000, 8_000),
  updateAnswer: fc.constantFrom("new" as const, "old" as const, "no-data" as const, "empty" as const),
});

const secretForm = fc.constantFrom("masked" as const, "absent" as const);
const mask = fc.constantFrom(
  ...["********", "[hidden]", "<redacted>", "........", "####", "hidden", "Not shown"],
  // As long as a secret, and of its alphabet.
  ...["-".repeat(56), "hidden_".repeat(8)],
);

/** What is wrong with the service for a while. */
const adversity: fc.Arbitrary<Partial<Switches>> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ slowApply: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ listCap: fc.integer({ min: 2, max: 6 }) }) },
  { weight: 2, arbitrary: lag },
  { weight: 2, arbitrary: fc.constant({ visibleClients: "own" as const }) },
  fc.record({ laterSecret: secretForm, mask }),
  fc.record({ ignoreFields: fc.subarray(["allowedIpAddresses", "isActive"], { minLength: 1 }) }),
  fc.record({ latency: fc.constantFrom(1, 3) }),
);

/** Faults, and what else is wrong with the service, together or one of them. */
export const weather: fc.Arbitrary<Conditions> = fc.record({
  faults: fc.array(faultRule, { maxLength: 2 }),
  switches: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: adversity }),
});

const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

/** What becomes of names. */
const names: fc.Arbitrary<Partial<Switches>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({ nameForm: fc.constant("shortened" as const), nameLimit: fc.constantFrom(10, 12) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      nameForm: fc.constantFrom("lower" as const, "normalised" as const, "escaped" as const),
    }),
  },
);

const secrets: fc.Arbitrary<Partial<Switches>> = fc.record({
  createSecret: mostly<Switches["createSecret"]>("shown", "masked", "absent"),
  laterSecret: mostly<Switches["laterSecret"]>("shown", "masked", "absent"),
  mask,
});

/** How the live service may turn out to be; nobody outside ThinkGeo knows. */
const habits: fc.Arbitrary<Partial<Switches>> = fc.record(
  {
    grantedRolesForm: fc.constantFrom("names" as const, "ids" as const, "objects" as const),
    updateMode: fc.constantFrom("replace" as const, "merge" as const),
    typeChange: fc.constantFrom("refused" as const, "ignored" as const),
    javaScriptSecret: fc.constantFrom("null" as const, "absent" as const, "shown" as const),
    softDelete: fc.boolean(),
    deleteUnknown: fc.constantFrom("error" as const, "ignore" as const),
    batchDelete: fc.constantFrom("all-or-nothing" as const, "partial" as const),
    repeatedIds: fc.constantFrom("all" as const, "first" as const, "last" as const),
    listOrder: fc.constantFrom("created" as const, "reversed" as const, "name" as const),
    createStatus: fc.constantFrom(200 as const, 201 as const),
    deleteStatus: fc.constantFrom(200 as const, 202 as const, 204 as const),
    deleteAnswer: fc.constantFrom("envelope" as const, "empty" as const),
    etag: fc.constantFrom("off" as const, "strong" as const, "weak" as const),
    idempotencyKeys: fc.boolean(),
    normalise: fc.constantFrom("none" as const, "server" as const),
    reorder: fc.boolean(),
    unrestricted: fc.constantFrom("[]" as const, "*.*.*.*" as const),
    otherList: fc.constantFrom("dropped" as const, "kept" as const),
    extraFields: fc.constantFrom("none" as const, "kept" as const, "lost" as const),
    listItems: fc.constantFrom("wrapped" as const, "plain" as const, "mixed" as const),
    nullMembers: fc.constantFrom("omitted" as const, "null" as const),
    enumCasing: fc.constantFrom("declared" as const, "camel" as const, "lower" as const, "upper" as const),
    listOmits: fc.subarray([...CLIENT_FIELDS]),
    getOmits: fc.subarray(["ownerId"]),
    updateStatus: fc.constantFrom(200 as const, 201 as const, 202 as const, 204 as const),
    goneStatus: fc.constantFrom(404 as const, 410 as const),
  },
  { requiredKeys: [] },
);

/** One service, as it is at all times. */
export const personality: fc.Arbitrary<Partial<Switches>> = fc
  .tuple(habits, names, fc.oneof(fc.constant({}), secrets), fc.oneof(fc.constant({}), lag))
  .map((parts) => Object.assign({}, ...parts) as Partial<Switches>);
