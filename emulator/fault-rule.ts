import { isCount, isEither, isListOf, isOneOf, isRecord, isText, type Check } from "./json";
import type { RequestFilter } from "./request";

/** What goes wrong. The kinds that change a reply default to `when: "after"`, all others to "before". */
export type FaultEffect =
  /** The connection ends without an answer. */
  | { readonly kind: "drop" }
  /** The connection is reset (RST); with `tls` it ends as with drop. */
  | { readonly kind: "reset" }
  /** Another status, as JSON envelope, as a proxy's HTML page, or empty. */
  | {
      readonly kind: "status";
      /** The HTTP status. */
      readonly status: number;
      /** Seconds, or any text: an HTTP date, or rubbish. @default no such header */
      readonly retryAfter?: number | string;
      /** The form of the body. @default "json" */
      readonly body?: "json" | "html" | "empty";
      /** The message in the JSON envelope. @default "An unexpected problem occurred." */
      readonly message?: string;
    }
  /** Half of the body. */
  | {
      readonly kind: "truncate";
      /** Then the connection ends or is reset; "clean": half of the JSON in a whole HTTP answer. @default "drop" */
      readonly ending?: "drop" | "reset" | "clean";
    }
  /** HTTP 200 and JSON by its content type, but no JSON. */
  | { readonly kind: "garbage" }
  /** HTTP 200 with an empty body. */
  | { readonly kind: "empty" }
  /** HTTP 200 with a proxy's HTML page. */
  | { readonly kind: "html" }
  /** The true body under another content type. */
  | {
      readonly kind: "content-type";
      /** That content type. */
      readonly contentType: string;
    }
  /** The true body after a byte order mark. */
  | { readonly kind: "bom" }
  /** HTTP 200 with `status: "error"`. */
  | {
      readonly kind: "error-envelope";
      /** The message in the envelope. @default "An unexpected problem occurred." */
      readonly message?: string;
    }
  /** Silence until the caller gives up. */
  | { readonly kind: "stall-headers" }
  /** Headers and half of the body, then silence. */
  | { readonly kind: "stall-body" }
  /** The true body one byte at a time. */
  | {
      readonly kind: "trickle";
      /** Milliseconds between two bytes. @default 10 */
      readonly ms?: number;
    }
  /** The true answer, later. */
  | {
      readonly kind: "delay";
      /** So many milliseconds later. */
      readonly ms: number;
    }
  /** The true answer, when the test says so: `fault.release()`. */
  | { readonly kind: "hold" }
  /** A redirect. */
  | {
      readonly kind: "redirect";
      /** Where to. */
      readonly location: string;
      /** The HTTP status. @default 302 */
      readonly status?: number;
    }
  /** A valid answer of so many bytes. */
  | {
      readonly kind: "oversized";
      /** So many. */
      readonly bytes: number;
    }
  /** Bytes that are no HTTP. */
  | { readonly kind: "garbage-http" }
  /** The true answer with a header of so many bytes. */
  | {
      readonly kind: "huge-header";
      /** So many. @default 40,000 */
      readonly bytes?: number;
    }
  /** The true answer with another client of the account in it. */
  | {
      readonly kind: "other-client";
      /** That client's GUID or name. */
      readonly client: string;
    }
  /** The true answer with one field of one client, or of all, left out, or of another value. */
  | {
      readonly kind: "broken-client";
      /** That client's GUID or name; "*" for every client. */
      readonly client: string;
      /** The field. @default "id" */
      readonly field?: string;
      /** Its value. @default left out */
      readonly value?: unknown;
    }
  /** Any answer. */
  | {
      readonly kind: "reply";
      /** The HTTP status. @default 200 */
      readonly status?: number;
      /** All headers. @default the content type of JSON */
      readonly headers?: Readonly<Record<string, string>>;
      /** The body. @default empty */
      readonly text?: string;
    };

/** Which requests a fault hits, and when. */
export interface FaultScope extends RequestFilter {
  /** At most so many times; otherwise until it is removed. */
  readonly times?: number;
  /** Only the k-th matching request, counted from 1, or several of them. */
  readonly at?: number | readonly number[];
  /** Only with this probability, 0 to 1, drawn from `seed`. */
  readonly probability?: number;
  /** What `probability` is drawn from: the same seed hits the same requests. @default 1 */
  readonly seed?: number;
  /** Before the service sees the request, or after it has done what was asked. */
  readonly when?: "before" | "after";
}

/** A fault as it is set: what goes wrong, and for which requests. */
export type FaultRule = FaultEffect & FaultScope;

/** The fields of each kind; those that end in "!" are required. */
const fieldsOf: { readonly [K in FaultEffect["kind"]]: Readonly<Record<string, Check>> } = {
  drop: {},
  reset: {},
  status: {
    "status!": isCount,
    retryAfter: isEither(isCount, isText),
    body: isOneOf("json", "html", "empty"),
    message: isText,
  },
  truncate: { ending: isOneOf("drop", "reset", "clean") },
  garbage: {},
  empty: {},
  html: {},
  "content-type": { "contentType!": isText },
  bom: {},
  "error-envelope": { message: isText },
  "stall-headers": {},
  "stall-body": {},
  trickle: { ms: isCount },
  delay: { "ms!": isCount },
  hold: {},
  redirect: { "location!": isText, status: isCount },
  oversized: { "bytes!": isCount },
  "garbage-http": {},
  "huge-header": { bytes: isCount },
  "other-client": { "client!": isText },
  "broken-client": { "client!": isText, field: isText, value: () => true },
  reply: {
    status: isCount,
    text: isText,
    headers: (value) => isRecord(value) && Object.values(value).every(isText),
  },
};

const scopeFields: Readonly<Record<string, Check>> = {
  method: isText,
  path: isText,
  times: isCount,
  at: isEither(isCount, (value) => isListOf(value, isCount)),
  probability: isCount,
  seed: isCount,
  when: isOneOf("before", "after"),
};

/** Every kind of fault. */
export const faultKinds: readonly string[] = Object.keys(fieldsOf);

/** Checks a rule that comes from outside; throws a sentence about what is wrong with it. */
export function checkFaultRule(input: unknown): FaultRule {
  const kind = isRecord(input) ? input["kind"] : undefined;
  if (!isRecord(input) || typeof kind !== "string" || !Object.hasOwn(fieldsOf, kind)) {
    throw new Error(`A fault needs a kind, one of ${faultKinds.join(", ")}.`);
  }
  const fields = new Map(Object.entries({ ...scopeFields, ...fieldsOf[kind as FaultEffect["kind"]] }));
  for (const name of [...fields.keys()].filter((field) => field.endsWith("!"))) {
    if (!Object.hasOwn(input, name.slice(0, -1)))
      throw new Error(`A fault of kind ${kind} needs ${name.slice(0, -1)}.`);
  }
  for (const [name, value] of Object.entries(input)) {
    if (name === "kind") continue;
    const check = fields.get(name) ?? fields.get(`${name}!`);
    if (check === undefined) throw new Error(`A fault of kind ${kind} has no field ${name}.`);
    if (!check(value)) throw new Error(`The fault's field ${name} cannot be ${JSON.stringify(value)}.`);
  }
  return input as unknown as FaultRule;
}
