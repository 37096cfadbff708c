import { failureReason, isEnvelope } from "../model/envelope";
import { sentence } from "../text";
import type { Heading } from "../troubleshooting";
import { describeBody, type Body } from "./answer";
import { quote, ThinkGeoError, type ErrorKind } from "./failure";
import type { Decision, Operation } from "./retry";
import type { Budget } from "./time";
import type { WireFailure } from "./wire-failure";

/** An answer that brings nothing: a refusal, or one that cannot be read. */
interface FailedAnswer {
  readonly kind: "refused" | "unreadable";
  readonly status: number;
  readonly body: Body;
  readonly location: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** How an attempt failed, from the socket to the answer. */
export type Failure = WireFailure | FailedAnswer;

type Ended =
  | { readonly failure: Failure; readonly decision: Decision; readonly attempt: number }
  /** Nobody waits for it any more, and why. */
  | { readonly abandoned: string };

interface Asked {
  readonly operation: Operation;
  readonly doing: string;
  readonly url: URL;
}

/** Puts a failed exchange into words: what happened, and what to do next. */
export function explainFailure(asked: Asked, ended: Ended, budget: Budget): ThinkGeoError {
  const { doing } = asked;
  if ("abandoned" in ended) {
    return new ThinkGeoError("Unavailable", {
      doing,
      happened: `${ended.abandoned}, so nothing more was sent`,
      next: "Run the command again.",
      heading: "engine-gone",
    });
  }
  const { failure, decision, attempt } = ended;
  const tried = attempt > 1 ? ` (after ${attempt} attempts)` : "";
  if (!("status" in failure)) {
    const kind = kindOfSilence(asked.operation, failure);
    const happened = `${asked.url.origin}: ${failure.reason}${tried}`;
    return new ThinkGeoError(
      kind,
      { doing, happened, ...adviceUnreached(asked, kind) },
      { cause: failure.cause },
    );
  }
  const explained = explainAnswer(asked, failure, tried);
  if (decision.action === "too-long")
    return tooLong(asked, failure.status, explained, decision.waitMs, budget);
  const { kind, ...details } = explained;
  // The server refused it, and may have done it all the same.
  return decision.action === "reconcile"
    ? new ThinkGeoError("Ambiguous", {
        doing,
        happened: details.happened,
        ...adviceUnreached(asked, "Ambiguous"),
      })
    : new ThinkGeoError(kind, { doing, ...details });
}

/** What no answer means depends on what was asked: a lost reading leaves nothing to be settled. */
function kindOfSilence(operation: Operation, { kind }: WireFailure): Unreached {
  if (kind === "untrusted") return "Untrusted";
  if (operation !== "read" && operation !== "token") return kind === "not-sent" ? "Unavailable" : "Ambiguous";
  return kind === "unreadable" ? "Malformed" : "Unavailable";
}

const HEADING_OF_UNREACHED = {
  Unavailable: "not-reached",
  Untrusted: "not-trusted",
  Ambiguous: "outcome-unknown",
  Malformed: "not-thinkgeo",
} as const;

type Unreached = "Unavailable" | "Untrusted" | "Ambiguous" | "Malformed";

function adviceUnreached(asked: Asked, kind: Unreached): Advice {
  const setting = settingOf(asked);
  const next = {
    Unavailable: `Check ${setting} and the network (HTTPS_PROXY is honoured), then run the command again.`,
    Untrusted: `Check ${setting} and the proxy, if there is one; a private certificate authority goes into NODE_EXTRA_CA_CERTS.`,
    Ambiguous: "Run the command again: what was done is recognised.",
    Malformed: `Check ${setting}, and that no proxy or login page responds in ThinkGeo's place.`,
  };
  return { next: next[kind], heading: HEADING_OF_UNREACHED[kind] };
}

/** The setting that says where the request went; that of the token endpoint is made from the other unless it is set. */
const settingOf = ({ operation }: Asked): string =>
  operation === "token" ? "thinkgeo:apiUrl or thinkgeo:tokenUrl" : "thinkgeo:apiUrl";

/** Nothing is waited for longer than the call may take. What the wait is for, only the status tells. */
function tooLong(
  { doing }: Asked,
  status: number,
  { kind, happened }: Explained,
  waitMs: number,
  budget: Budget,
): ThinkGeoError {
  const wait = inWords(Math.ceil(waitMs / 1000));
  // Rounded down, so that what is left is never said to be enough.
  const left = Math.floor(budget.left / 100) / 10;
  const asks = `It asks to wait ${wait}, and only ${left} s are left of thinkgeo:requestTimeout`;
  const quota = status === 429 ? " A trial account has 10,000 requests a day." : "";
  return new ThinkGeoError(kind, {
    doing,
    happened: `${sentence(happened)} ${asks}`,
    next: `Run the command again after ${wait}.${quota}`,
    heading: "wait-too-long",
  });
}

const inWords = (seconds: number): string =>
  seconds < 3600 ? `${seconds} s` : `${seconds} s (about ${Math.round(seconds / 360) / 10} h)`;

interface Advice {
  readonly next: string;
  readonly heading: Heading;
}

interface Explained extends Advice {
  readonly kind: ErrorKind;
  readonly happened: string;
}

function explainAnswer(asked: Asked, { status, body, location }: FailedAnswer, tried: string): Explained {
  const said = body.kind === "json" ? failureReason(body.value) : undefined;
  const answered = `ThinkGeo returned HTTP ${status}${tried}`;
  const happened = said === undefined ? answered + pageOf(body) : `${answered}: ${quote(said)}`;
  if (status === 304) return { kind: "Malformed", happened: `${answered}, "not modified"`, ...CACHED };
  if (status >= 300 && status < 400) {
    const target = location === undefined ? "" : ` to ${redirectTarget(asked.url, location)}`;
    return {
      kind: "Untrusted",
      happened: `${answered}, a redirect${target}`,
      next: `Redirects are not followed, so that credentials go nowhere else: set ${settingOf(asked)} to the final address, if you trust it.`,
      heading: "not-trusted",
    };
  }
  if ((status === 404 || status === 410) && !(body.kind === "json" && isEnvelope(body.value)))
    return notTheApi(asked, status, body);
  if (asked.operation === "token" && status === 400) return explainToken(said, happened);
  const known = BY_STATUS[status];
  if (known?.kind === "NotFound" && !isOfOneClient(asked))
    return { kind: "NotFound", happened, ...adviceAddressGone(asked) };
  if (known !== undefined) return { ...known, happened };
  if (status >= 200 && status < 300 && said === undefined) return notTheApi(asked, status, body);
  if (status >= 500 || status === 408)
    return {
      kind: "Unavailable",
      happened,
      next: "Run the command again later.",
      heading: "http-5xx",
    };
  return { kind: "Rejected", happened, ...adviceRejected(asked, said) };
}

function adviceRejected(asked: Asked, said: string | undefined): Advice {
  if (said === undefined) return adviceUnreached(asked, "Malformed");
  return /expir/i.test(said) ? EXPIRED : CORRECT;
}

const CORRECT: Advice = {
  next: "Change what the message names, and run the command again.",
  heading: "http-other",
};
const CACHED: Advice = {
  next: "This program never asks whether something has changed, so a cache or a proxy responded in ThinkGeo's place: look for one on the way (HTTPS_PROXY), then run the command again.",
  heading: "not-thinkgeo",
};
const EXPIRED: Advice = {
  next: "The account's trial seems to have ended (it lasts 60 days): subscribe, or ask ThinkGeo.",
  heading: "trial-ended",
};

/** Whether the request names a client by its id, so that the API may say that there is none. */
const isOfOneClient = ({ operation, url }: Asked): boolean =>
  operation === "update" || operation === "delete" || /\/clients\/(?!roles$)[^/]+$/.test(url.pathname);

/** What is not there is then the address itself. */
const adviceAddressGone = (asked: Asked): Advice => ({
  next: `ThinkGeo no longer has this URL: check ${settingOf(asked)}, and look for a newer version of pulumi-thinkgeo.`,
  heading: "not-thinkgeo",
});

const pageOf = (body: Body): string =>
  body.kind === "html" ? " with an HTML page, as a proxy or a firewall does" : "";

/** Without user, query and fragment, which may hold credentials. */
export function redirectTarget(asked: URL, location: string): string {
  const bare = location.split(/[?#]/)[0] ?? "";
  if (!URL.canParse(bare, asked.href)) return quote(bare);
  const target = new URL(bare, asked);
  target.username = "";
  target.password = "";
  return quote(target.href);
}

const BY_STATUS: Readonly<Record<number, Omit<Explained, "happened">>> = {
  401: {
    kind: "Unauthorized",
    next: "Check that the client in thinkgeo:clientId is NativeConfidential, active, and has the User role.",
    heading: "http-401",
  },
  403: {
    kind: "Forbidden",
    next: "The client in thinkgeo:clientId needs the User role to manage clients, and its whitelist must have this machine's IP address.",
    heading: "http-403",
  },
  404: {
    kind: "NotFound",
    next: 'Run "pulumi refresh" to see what was deleted outside this program.',
    heading: "http-404",
  },
  409: {
    kind: "Conflict",
    next: "Another program or a person changed it, or the account has the same already: run the command again with --refresh.",
    heading: "http-409",
  },
  410: {
    kind: "NotFound",
    next: 'It was there, and is gone for good: run "pulumi refresh" to see what was deleted outside this program.',
    heading: "http-404",
  },
  412: {
    kind: "Outdated",
    next: "Another program or person is changing the same client: run the command again.",
    heading: "http-409",
  },
  429: {
    kind: "RateLimited",
    next: "Run the command again later; thinkgeo:maxConcurrency lowers how many requests go out at once.",
    heading: "http-429",
  },
};

function notTheApi(asked: Asked, status: number, body: Body): Explained {
  return {
    kind: "Malformed",
    happened: `the response of ${asked.url.origin}${asked.url.pathname} (HTTP ${status}) is ${describeBody(body)}`,
    ...adviceUnreached(asked, "Malformed"),
  };
}

/** A token endpoint that checks IP addresses says no more of them than of a wrong secret. */
export const CHECK_CREDENTIALS =
  'Copy both again from Show Keys in ThinkGeo\'s console. The client must be NativeConfidential and active, and its whitelist, if it has one, must have this machine\'s IP address: the token endpoint may check it as well. pulumi refresh and destroy use the configuration of the last "pulumi up", also that of an Account: after a change of credentials run "pulumi up", or add --run-program.';

function explainToken(said: string | undefined, happened: string): Explained {
  if (said === undefined)
    return { kind: "Malformed", happened, next: "Check thinkgeo:tokenUrl.", heading: "not-thinkgeo" };
  if (said.includes("invalid_client"))
    return {
      kind: "Unauthorized",
      happened: `ThinkGeo's token endpoint does not accept thinkgeo:clientId with thinkgeo:clientSecret (${quote(said)})`,
      next: CHECK_CREDENTIALS,
      heading: "credentials",
    };
  const next = "Check thinkgeo:clientId, thinkgeo:clientSecret and thinkgeo:tokenUrl.";
  const advice = /expir/i.test(said) ? EXPIRED : ({ next, heading: "credentials" } as const);
  return { kind: "Unauthorized", happened, ...advice };
}
