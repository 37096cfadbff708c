import fc from "fast-check";
import type { FaultEffect, FaultRule, Switches } from "../../emulator/index";
import { tidy, type Declaration } from "./declaration";
import type { Event, HandEdit, Incident } from "./incidents";
import type { RunOptions } from "./run-record";
import { QUOTED_SECRET } from "./weather";

export const resourceNames = ["site", "batch", "tiles"] as const;
export const resource = fc.constantFrom(...resourceNames);
export const nth = fc.nat(11);

const type = fc.constantFrom("JavaScript" as const, "NativeConfidential" as const);
const origins = fc.subarray(["ACME.com", "*.acme.com", "maps.example.org"]);
const addresses = fc.constantFrom<readonly string[]>(
  [],
  ["203.0.113.*"],
  ["198.51.100.7"],
  ["198.51.100.7", "203.0.113.0/24"],
);
const roles = fc.subarray(["User", "Evaluator"]);
export const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Names that several resources may want, and others may have. */
const explicitName = fc.constantFrom("Tile renderer", "Web map");

const fields = {
  type,
  name: rarely(explicitName),
  active: rarely(fc.boolean()),
  allowedOrigins: rarely(origins),
  allowedIpAddresses: rarely(addresses),
  grantedRoles: rarely(roles),
  deletionPolicy: rarely(fc.constantFrom("delete" as const, "deactivate" as const, "retain" as const)),
  replaceWhenChanged: rarely(fc.record({ renewed: fc.constantFrom(1, 2) })),
};

export const declaration: fc.Arbitrary<Declaration> = fc.record(fields).map(tidy);

/** What the program declares at first. */
export const program: fc.Arbitrary<ReadonlyMap<string, Declaration>> = fc
  .array(fc.tuple(resource, declaration), { minLength: 1, maxLength: 3 })
  .map((entries) => new Map(entries));

/** One field of a declaration, changed. */
export const patch: fc.Arbitrary<Partial<Declaration>> = fc.oneof(
  ...Object.entries(fields).map(([key, value]) =>
    (value as fc.Arbitrary<unknown>).map((field) => ({ [key]: field })),
  ),
);

export const handEdit: fc.Arbitrary<HandEdit> = fc.oneof(
  fc.record({ isActive: fc.boolean() }),
  fc.record({ allowedIpAddresses: addresses.map((list) => [...list]) }),
  fc.record({ allowedOrigins: origins, sharedMode: fc.constant("Origin" as const) }),
  fc.record({ grantedRoles: roles }),
  fc.record({ extra: fc.record({ note: fc.constantFrom("mine", "yours") }) }),
);

/** Renaming is for between runs: within one, a name that is taken while a create is under way cannot be noticed. */
export const rename: fc.Arbitrary<HandEdit> = fc.record({
  name: fc.oneof(explicitName, fc.constant("Something else")),
});
export const changeOfType: fc.Arbitrary<HandEdit> = fc.record({ clientType: type });
export const foreign = fc.record({ name: explicitName, clientType: type, isActive: fc.boolean() });

const effect: fc.Arbitrary<FaultEffect> = fc.oneof(
  fc.record({ kind: fc.constantFrom("drop" as const, "reset" as const) }),
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
      { method: "GET", path: "/api/v1/clients/*" },
      { method: "POST", path: "/api/v1/clients/*" },
      { method: "DELETE", path: "/api/v1/clients" },
    ),
  },
);
type Place = Pick<FaultRule, "method" | "path">;

const often = fc.oneof(
  fc.record({ probability: fc.constantFrom(0.2, 0.5, 0.9, 1) }),
  fc.record({ times: fc.constantFrom(1, 2, 4) }),
  fc.record({ at: fc.integer({ min: 1, max: 6 }) }),
);

export const faultRule: fc.Arbitrary<FaultRule> = fc
  .tuple(effect, place, often, fc.constantFrom("before" as const, "after" as const))
  .map(([what, where, howOften, when]) => ({ ...what, ...where, ...howOften, when: momentOf(what) ?? when }));

/** Another service with the same API answers in ThinkGeo's place, and knows nobody. */
export const emptyAccount: readonly FaultRule[] = [
  {
    kind: "reply",
    method: "GET",
    path: "/api/v1/clients",
    text: JSON.stringify({ data: [], returningCount: 0, totalCount: 0, status: "success" }),
  },
  { kind: "status", status: 404, path: "/api/**" },
];

/** Some faults make sense at one moment only. */
function momentOf(what: FaultEffect): "before" | "after" | undefined {
  // These two mean that nothing was done, and so are repeated: a server that does it all the same cannot be dealt with.
  if (what.kind === "status" && (what.status === 429 || what.status === 401)) return "before";
  // A whole answer that says that a thing was done when it was not is no fault but a lie.
  return what.kind === "bom" || what.kind === "huge-header" ? "after" : undefined;
}

const death: fc.Arbitrary<Event> = fc.record({
  kind: fc.constant("death" as const),
  of: fc.constantFrom("engine" as const, "everything" as const),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: death },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "revoke" }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("edit" as const), nth, change: handEdit }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), nth }) },
);
const incident: fc.Arbitrary<Incident> = fc.record({
  at: fc.integer({ min: 1, max: 9 }),
  moment: fc.constantFrom("before" as const, "after" as const),
  event,
});

export const runOptions: fc.Arbitrary<RunOptions> = fc.record({
  parallel: fc.constantFrom(1, 2, 8),
  maxConcurrency: fc.constantFrom(1, 8),
  onLostClient: fc.constantFrom("stop" as const, "adopt" as const),
  astray: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  incidents: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(incident, { minLength: 1, maxLength: 2 }) },
  ),
});

export const forced = rarely(
  fc.record({ resource, by: fc.constantFrom("trigger" as const, "target" as const) }),
);

/** What is wrong with the service for a while. */
export const adversity: fc.Arbitrary<Partial<Switches>> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ slowApply: fc.integer({ min: 1, max: 3 }) }) },
  fc.record({ listCap: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ laterSecret: fc.constantFrom("masked" as const, "absent" as const) }),
  fc.record({ ignoreFields: fc.subarray(["allowedIpAddresses", "isActive"], { minLength: 1 }) }),
  fc.record({ latency: fc.constantFrom(1, 3) }),
);

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
    etag: fc.boolean(),
    idempotencyKeys: fc.boolean(),
    normalise: fc.constantFrom("none" as const, "server" as const),
    reorder: fc.boolean(),
    unrestricted: fc.constantFrom("[]" as const, "*.*.*.*" as const),
    otherList: fc.constantFrom("dropped" as const, "kept" as const),
    extraFields: fc.constantFrom("none" as const, "kept" as const, "lost" as const),
  },
  { requiredKeys: [] },
);
