import { failureReason, isEnvelope } from "../model/wire";
import { describeBody, type Body } from "./answer";
import { quote, ThinkGeoError, type ErrorKind } from "./errors";
import type { Decision, Operation } from "./retry";
import type { Budget } from "./time";

/** How the last attempt failed. */
export type Failure =
  | {
      readonly kind: "no-answer";
      readonly reason: string;
      readonly sent: "not-sent" | "ambiguous" | "unreadable" | "untrusted";
      readonly cause: unknown;
    }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: Body;
      readonly location: string | undefined;
    };

type Ended =
  (Failure & { readonly decision: Decision; readonly attempt: number }) | { readonly kind: "abandoned" };

interface Asked {
  readonly operation: Operation;
  readonly doing: string;
  readonly url: URL;
}

/** Puts a failed exchange into words: what happened, and what to do next. */
export function explainFailure(asked: Asked, ended: Ended, budget: Budget): ThinkGeoError {
  const { doing } = asked;
  if (ended.kind === "abandoned") {
    return new ThinkGeoError("Unavailable", {
      doing,
      happened: "Pulumi's engine has gone, so nothing more was sent",
      next: "Run the command again.",
    });
  }
  const tried = ended.attempt > 1 ? ` (after ${ended.attempt} attempts)` : "";
  if (ended.kind === "no-answer") {
    const kind = kindOfSilence(asked.operation, ended.sent);
    return new ThinkGeoError(
      kind,
      { doing, happened: `${asked.url.origin}: ${ended.reason}${tried}`, next: ADVICE_UNREACHED[kind] },
      { cause: ended.cause },
    );
  }
  const { kind, happened, next } = explainAnswer(asked, ended.status, ended.body, ended.location);
  if (ended.decision.action === "too-long") return tooLong(doing, ended.decision.waitMs, budget);
  const unsettled = ended.decision.action === "reconcile";
  return new ThinkGeoError(unsettled ? "Ambiguous" : kind, { doing, happened: `${happened}${tried}`, next });
}

/** What no answer means depends on what was asked: a lost reading leaves nothing to be settled. */
function kindOfSilence(
  operation: Operation,
  sent: (Failure & { kind: "no-answer" })["sent"],
): keyof typeof ADVICE_UNREACHED {
  if (sent === "untrusted") return "Untrusted";
  if (operation !== "read" && operation !== "token") return sent === "not-sent" ? "Unavailable" : "Ambiguous";
  return sent === "unreadable" ? "Malformed" : "Unavailable";
}

const ADVICE_UNREACHED = {
  Unavailable: "Check thinkgeo:apiUrl and the network (HTTPS_PROXY is honoured), then run the command again.",
  Untrusted: "Check thinkgeo:apiUrl; a private certificate authority goes into NODE_EXTRA_CA_CERTS.",
  Ambiguous: "Run the command again: what was done is recognised.",
  Malformed: "Check thinkgeo:apiUrl, and that no proxy or login page answers in ThinkGeo's place.",
} as const;

function tooLong(doing: string, waitMs: number, budget: Budget): ThinkGeoError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ThinkGeoError("RateLimited", {
    doing,
    happened: `ThinkGeo asks to wait ${seconds} s, which is longer than what is left of thinkgeo:requestTimeout (${budget.total / 1000} s)`,
    next: "Run the command again after that; an evaluation account has 10,000 requests a day.",
  });
}

interface Explained {
  readonly kind: ErrorKind;
  readonly happened: string;
  readonly next: string;
}

function explainAnswer(asked: Asked, status: number, body: Body, location: string | undefined): Explained {
  const said = body.kind === "json" ? failureReason(body.value) : undefined;
  const happened = `ThinkGeo answered HTTP ${status}${said === undefined ? "" : `: ${quote(said)}`}`;
  if (status >= 300 && status < 400) {
    const target = location === undefined ? "" : ` to ${quote(location.split("?")[0] ?? "")}`;
    return {
      kind: "Untrusted",
      happened: `${happened}, a redirect${target}`,
      next: "Redirects are not followed, so that credentials go nowhere else: set thinkgeo:apiUrl to the final address.",
    };
  }
  if (asked.operation === "token" && status === 400) return explainToken(said, happened);
  const known = BY_STATUS[status];
  if (status === 404 && !(body.kind === "json" && isEnvelope(body.value)))
    return notTheApi(asked, status, body);
  if (known !== undefined) return { ...known, happened };
  if (status >= 200 && status < 300 && said === undefined) return notTheApi(asked, status, body);
  if (status >= 500 || status === 408)
    return { kind: "Unavailable", happened, next: "Run the command again later." };
  if (said !== undefined && /expir/i.test(said))
    return {
      kind: "Rejected",
      happened,
      next: "The account's evaluation seems to have ended (it lasts 60 days): subscribe, or ask ThinkGeo.",
    };
  return { kind: "Rejected", happened, next: "Change what the message names, and run the command again." };
}

const BY_STATUS: Readonly<Record<number, { kind: ErrorKind; next: string }>> = {
  401: {
    kind: "Unauthorized",
    next: "Check that the client in thinkgeo:clientId is NativeConfidential, active, and has the User role.",
  },
  403: {
    kind: "Forbidden",
    next: "The client in thinkgeo:clientId needs the User role to manage clients, and its whitelist must hold this machine's address.",
  },
  404: { kind: "NotFound", next: 'Run "pulumi refresh" to see what was deleted outside this program.' },
  409: {
    kind: "Conflict",
    next: "Somebody changed it meanwhile, or the account holds the same already: run the command again with --refresh.",
  },
  412: {
    kind: "Outdated",
    next: "Somebody is changing the same client: run the command again.",
  },
  429: {
    kind: "RateLimited",
    next: "Run the command again later; thinkgeo:maxConcurrency lowers how many requests go out at once.",
  },
};

function notTheApi(asked: Asked, status: number, body: Body): Explained {
  return {
    kind: "Malformed",
    happened: `the answer of ${asked.url.origin}${asked.url.pathname} (HTTP ${status}) is ${describeBody(body)}`,
    next: ADVICE_UNREACHED.Malformed,
  };
}

function explainToken(said: string | undefined, happened: string): Explained {
  if (said === undefined) return { kind: "Malformed", happened, next: "Check thinkgeo:tokenUrl." };
  if (!said.includes("invalid_client"))
    return {
      kind: "Unauthorized",
      happened,
      next: "Check thinkgeo:clientId, thinkgeo:clientSecret and thinkgeo:tokenUrl.",
    };
  return {
    kind: "Unauthorized",
    happened: `ThinkGeo's identity server does not accept thinkgeo:clientId with thinkgeo:clientSecret (${quote(said)})`,
    next: "Copy both again from Show Keys in ThinkGeo's console; the client must be NativeConfidential and active.",
  };
}
