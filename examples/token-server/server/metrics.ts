import { failureReasons, type FailureReason } from "./token-failure.ts";

export const outcomes = [
  "token",
  "token_overdue",
  "preflight",
  "origin_refused",
  "rate_limited",
  "unavailable",
] as const;

/** How a request to /token ended. A fixed set, so that callers cannot make the metrics grow. */
export type Outcome = (typeof outcomes)[number];

export interface Gauges {
  readonly expiresInSeconds: number;
  readonly inFlight: number;
  readonly callers: number;
}

/** What Prometheus reads, in its text format. */
export class Metrics {
  readonly #requests = new Map<string, number>(outcomes.map((outcome) => [outcome, 0]));
  readonly #failures = new Map<string, number>(failureReasons.map((reason) => [reason, 0]));
  #refreshes = 0;

  request(outcome: Outcome): void {
    this.#requests.set(outcome, (this.#requests.get(outcome) ?? 0) + 1);
  }

  refreshed(): void {
    this.#refreshes += 1;
  }

  refreshFailed(reason: FailureReason): void {
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
  }

  render({ expiresInSeconds, inFlight, callers }: Gauges): string {
    return [
      metric("requests_total", "counter", "Requests to /token.", byLabel("outcome", this.#requests)),
      metric("refreshes_total", "counter", "Tokens that ThinkGeo gave.", [["", this.#refreshes]]),
      metric(
        "refresh_failures_total",
        "counter",
        "Requests for a token that failed.",
        byLabel("reason", this.#failures),
      ),
      metric("token_expires_in_seconds", "gauge", "Life of the token; 0: there is none.", [
        ["", expiresInSeconds],
      ]),
      metric("requests_in_flight", "gauge", "Requests being answered.", [["", inFlight]]),
      metric("callers", "gauge", "Callers that the rate limit remembers.", [["", callers]]),
    ].join("");
  }
}

type Sample = readonly [labels: string, value: number];

const byLabel = (label: string, values: ReadonlyMap<string, number>): Sample[] =>
  [...values].map(([name, value]) => [`{${label}="${name}"}`, value]);

function metric(name: string, type: "counter" | "gauge", help: string, samples: readonly Sample[]): string {
  const full = `token_server_${name}`;
  const lines = samples.map(([labels, value]) => `${full}${labels} ${value}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join("")}`;
}
