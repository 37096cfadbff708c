import fc from "fast-check";
import { tidy, type Declaration } from "./declaration";
import { RIVALS, type Event, type HandEdit, type Incident } from "./incidents";
import type { RunOptions } from "./run-record";
import { FAIR } from "./weather";
import { lostCreate, weather } from "./random-weather";

export const resource = fc.constantFrom("site", "batch", "tiles", "probe");
export const nth = fc.nat(11);

const type = fc.constantFrom("JavaScript" as const, "NativeConfidential" as const);
const origins = fc.subarray(["ACME.com", "*.acme.com", "acme.com", "maps.example.org"]);
const addresses = fc.constantFrom<readonly string[]>(
  [],
  ["203.0.113.*"],
  ["198.51.100.7"],
  ["198.51.100.7", "203.0.113.0/24", "198.51.100.7/32", "203.0.113.*"],
);
const roles = fc.subarray(["User", "Evaluator"]);
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });

/** Names that several resources may want, others may have, and a server may write in its own way. */
const explicitName = fc.constantFrom("Tile renderer", "Web map", "R&D  maps");

/** What a declaration may hold besides the type. */
const options = {
  active: fc.boolean(),
  allowedOrigins: origins,
  allowedIpAddresses: addresses,
  grantedRoles: roles,
  deletionPolicy: fc.constantFrom("delete" as const, "deactivate" as const, "retain" as const),
  replaceWhenChanged: fc.record({ renewed: fc.constantFrom(1, 2) }),
};

export const declaration: fc.Arbitrary<Declaration> = fc
  .record({
    type,
    name: sometimes<string | undefined>(explicitName, undefined),
    active: rarely(options.active),
    allowedOrigins: rarely(options.allowedOrigins),
    allowedIpAddresses: rarely(options.allowedIpAddresses),
    grantedRoles: rarely(options.grantedRoles),
    deletionPolicy: rarely(options.deletionPolicy),
    replaceWhenChanged: rarely(options.replaceWhenChanged),
  })
  .map(tidy);

/** A whole program. */
export const program: fc.Arbitrary<ReadonlyMap<string, Declaration>> = fc
  .array(fc.tuple(resource, declaration), { minLength: 1, maxLength: 4 })
  .map((entries) => new Map(entries));

/** One property of a declaration, given or taken out. */
export const patch: fc.Arbitrary<Partial<Declaration>> = fc.oneof(
  type.map((value) => ({ type: value })),
  ...Object.entries({ ...options, name: explicitName }).map(([key, values]) =>
    fc
      .tuple(values as fc.Arbitrary<unknown>, fc.integer({ min: 0, max: 3 }))
      .map(([value, chance]) => ({ [key]: chance === 0 ? undefined : value })),
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
export const renaming: fc.Arbitrary<HandEdit> = fc.record({
  name: fc.oneof(explicitName, fc.constant("Something else")),
});
export const changeOfType: fc.Arbitrary<HandEdit> = fc.record({ clientType: type });
export const foreign = fc.record({ name: explicitName, clientType: type, isActive: fc.boolean() });

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
const moment = fc.constantFrom("before" as const, "after" as const);
const incident: fc.Arbitrary<Incident> = fc.record({
  at: fc.integer({ min: 1, max: 9 }),
  of: fc.constant("requests" as const),
  moment,
  event,
});

const rival: fc.Arbitrary<Incident> = fc.record({
  at: fc.integer({ min: 1, max: 2 }),
  of: fc.constant("creates" as const),
  moment,
  event: fc.record({ kind: fc.constant("rival" as const), as: fc.constantFrom(...RIVALS) }),
});

const anyRun: fc.Arbitrary<RunOptions> = fc.record({
  parallel: fc.constantFrom(1, 2, 8),
  maxConcurrency: fc.constantFrom(1, 8),
  onLostClient: fc.constantFrom("stop" as const, "adopt" as const),
  requestTimeoutMs: fc.constantFrom(10_000, 90_000, 90_000),
  atOnce: fc.boolean(),
  astray: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  incidents: sometimes<readonly Incident[]>(fc.array(incident, { minLength: 1, maxLength: 2 }), []),
  weather: sometimes(weather, FAIR),
});

/** Somebody makes a client at the very moment of a create whose answer is lost, or is that of another one. */
const contested: fc.Arbitrary<RunOptions> = fc
  .tuple(anyRun, rival, lostCreate)
  .map(([run, incident, fault]) => ({
    ...run,
    incidents: [incident],
    weather: { ...run.weather, faults: [fault] },
  }));

export const runOptions = fc.oneof({ weight: 9, arbitrary: anyRun }, { weight: 1, arbitrary: contested });

export const forced = rarely(
  fc.record({ resource, by: fc.constantFrom("trigger" as const, "target" as const) }),
);
