import { failureReason, saysFailed } from "../model/envelope";
import { VERSION } from "../versions";
import { readAnswer, type Body } from "./answer";
import { explainFailure, type Failure } from "./explain";
import { decide, readRetryAfter, type Operation } from "./retry";
import { presentable } from "./secrets";
import type { Budget, Time } from "./time";
import type { TokenSource } from "./token";
import type { Transport, WireAnswer, WireRequest, WireResult } from "./transport";

/** One thing asked of the API, to be repeated or not as the retry policy says. */
export interface Exchange<T> {
  readonly operation: Operation;
  /** Completes "Could not …" in an error. */
  readonly doing: string;
  readonly method: WireRequest["method"];
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Reads the answer's JSON; undefined when it is not what the API says there. */
  readonly read: (body: unknown, headers: Readonly<Record<string, string>>, status: number) => T | undefined;
}

/** A schema of what the API says somewhere. */
export type Reader<T> = { safeParse: (body: unknown) => { success: true; data: T } | { success: false } };

export const reading =
  <T>(schema: Reader<T>) =>
  (body: unknown): T | undefined => {
    const parsed = schema.safeParse(body);
    return parsed.success ? parsed.data : undefined;
  };

/** What an exchange needs of the process it runs in. */
export interface Means {
  readonly transport: Pick<Transport, "send">;
  readonly slots: Slots;
  readonly time: Time;
  readonly log: RequestLog;
  /** Why nobody waits for the outcome any more, in words: an orphaned provider process must stop asking. */
  readonly abandoned: () => Promise<string | undefined>;
}

/** Done late, after the operator's next run, these would do harm. */
const WRITES: readonly Operation[] = ["create", "update", "delete"];

/** Sends, reads, and repeats as the policy says, until there is an answer or a reason why not. */
export async function exchange<T>(
  asked: Exchange<T>,
  means: Means,
  budget: Budget,
  tokens?: TokenSource,
): Promise<T> {
  // Without a token there is none to renew: a refusal is an answer.
  let renewed = tokens === undefined;
  for (let attempt = 1; ; attempt++) {
    const mayBeLate = attempt > 1 || WRITES.includes(asked.operation);
    const sent = await sendInTurn(asked, means, budget, tokens, mayBeLate);
    if ("abandoned" in sent) throw explainFailure(asked, sent, budget);
    const { result, token } = sent;
    means.log(asked, result, sent.ms, attempt);
    const judged = judge(asked, result, means.time.wall());
    if ("value" in judged) return judged.value;
    const { failure } = judged;
    const decision = decide({
      operation: asked.operation,
      failure,
      attempt,
      renewed,
      leftMs: budget.left,
      random: means.time.random(),
    });
    if (decision.action === "repeat") {
      await budget.spend(() => means.time.sleep(decision.delayMs));
    } else if (decision.action === "renew-token") {
      renewed = true;
      if (token !== undefined) tokens?.invalidate(token);
    } else {
      throw explainFailure(asked, { failure, decision, attempt }, budget);
    }
  }
}

interface Sent {
  readonly result: WireResult;
  readonly token: string | undefined;
  readonly ms: number;
}

type Abandoned = { readonly abandoned: string };

/** A queue is left for a new token at most so often: a token too short-lived for any queue is the server's to refuse. */
const MOST_TURNS = 10;

/** Sends once, when its turn comes, with a token that is good then: a long queue may outlive the token it began with. */
async function sendInTurn<T>(
  asked: Exchange<T>,
  means: Means,
  budget: Budget,
  tokens: TokenSource | undefined,
  mayBeLate: boolean,
): Promise<Sent | Abandoned> {
  for (let turn = 1; ; turn++) {
    const token = await tokens?.get(budget);
    const sent = await means.slots.run(async (): Promise<Sent | Abandoned | "stale"> => {
      if (token !== undefined && turn < MOST_TURNS && tokens?.isGood(token) === false) return "stale";
      // Asked last, because a token and a turn may be long in coming.
      const abandoned = mayBeLate ? await means.abandoned() : undefined;
      if (abandoned !== undefined) return { abandoned };
      const started = means.time.monotonic();
      const result = await budget.spend(() => means.transport.send(wireRequest(asked, token), budget.left));
      return { result: requireHttp(result), token, ms: means.time.monotonic() - started };
    });
    if (sent !== "stale") return sent;
  }
}

function wireRequest<T>(asked: Exchange<T>, token: string | undefined): WireRequest {
  return {
    method: asked.method,
    url: asked.url,
    headers: {
      accept: "application/json",
      "user-agent": `pulumi-thinkgeo/${VERSION}`,
      ...asked.headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(asked.body === undefined ? {} : { body: asked.body }),
  };
}

/** What a broken proxy gives as a status may be any number, or none. */
function requireHttp(result: WireResult): WireResult {
  if (result.kind !== "answer") return result;
  const { status } = result;
  if (Number.isInteger(status) && status >= 100 && status <= 599) return result;
  const reason = "the response is not HTTP: its status is no number from 100 to 599";
  return { kind: "ambiguous", reason, cause: undefined };
}

type Judgement<T> = { readonly value: T } | { readonly failure: Failure };

function judge<T>(asked: Exchange<T>, result: WireResult, now: number): Judgement<T> {
  if (result.kind !== "answer") return { failure: result };
  const { status, headers } = result;
  const body = readAnswer(result.text);
  const value = status >= 200 && status < 300 ? succeeded(asked, result, body) : undefined;
  if (value !== undefined) return { value };
  return {
    failure: {
      kind: isRefusal(status, body) ? "refused" : "unreadable",
      status,
      body,
      location: headers["location"],
      retryAfterMs: readRetryAfter(headers["retry-after"], now),
    },
  };
}

/** A success that says in words that it failed was refused, too; one that cannot be read may have been applied. */
function isRefusal(status: number, body: Body): boolean {
  if (status >= 200 && status < 300)
    return body.kind === "json" && saysFailed(body.value) && failureReason(body.value) !== undefined;
  // The API was never asked whether something has changed: a cache answered.
  return status !== 304;
}

function succeeded<T>(asked: Exchange<T>, { status, headers }: WireAnswer, body: Body): T | undefined {
  // Only an update or a delete can do without a body: what it has done can be read afterwards.
  const isSilent =
    status === 204 || (body.kind === "empty" && ["update", "delete"].includes(asked.operation));
  if (isSilent) return asked.read(undefined, headers, status);
  return body.kind === "json" && !saysFailed(body.value)
    ? asked.read(body.value, headers, status)
    : undefined;
}

/** Lets a fixed number of requests be in flight; the rest wait in the order they came. */
export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(size: number) {
    this.#free = size;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

type Logged = Pick<Exchange<unknown>, "operation" | "method" | "url">;

/** Told of every attempt, after it ended. */
type RequestLog = (asked: Logged, result: WireResult, ms: number, attempt: number) => void;

export const noLog: RequestLog = () => undefined;

/** One presentable line a request, without headers or bodies: `THINKGEO_LOG=debug`. */
export function lineLog(write: (line: string) => void): RequestLog {
  return (asked, result, ms, attempt) => {
    const ended = result.kind === "answer" ? String(result.status) : `${result.kind}: ${result.reason}`;
    const path = asked.url.pathname + asked.url.search;
    write(presentable(`thinkgeo: ${asked.method} ${path} ${ended} ${ms.toFixed(0)} ms attempt ${attempt}`));
  };
}
