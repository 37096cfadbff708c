import { presentable } from "./redact";
import type { Operation } from "./retry";
import type { WireResult } from "./transport";

interface Logged {
  readonly operation: Operation;
  readonly method: string;
  readonly url: URL;
}

/** Told of every attempt, after it ended. */
export type RequestLog = (asked: Logged, result: WireResult, ms: number, attempt: number) => void;

export const noLog: RequestLog = () => undefined;

/** One presentable line a request, without headers or bodies: `THINKGEO_LOG=debug`. */
export function lineLog(write: (line: string) => void): RequestLog {
  return (asked, result, ms, attempt) => {
    const ended = result.kind === "answer" ? String(result.status) : `${result.kind}: ${result.reason}`;
    const path = asked.url.pathname + asked.url.search;
    write(presentable(`thinkgeo: ${asked.method} ${path} ${ended} ${ms.toFixed(0)} ms attempt ${attempt}`));
  };
}
