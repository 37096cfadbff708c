import type { IncomingHttpHeaders } from "node:http";

/** One request, read to its end. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path as it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The caller's address, stated or the socket's. */
  readonly address: string;
  /** When it came, by `performance.now()`. */
  readonly started: number;
}

/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const JSON_TYPE = { "content-type": "application/json; charset=utf-8" } as const;
export const HTML_TYPE = { "content-type": "text/html; charset=utf-8" } as const;

/** Which requests are meant. */
export interface RequestFilter {
  /** `GET`, `POST` and so on, in any casing. @default every method */
  readonly method?: string;
  /** Exact path, or with `*` for one segment and `**` for any. @default every path */
  readonly path?: string;
}

/** Whether a filter picks a request; case does not matter. */
export function filterOf({
  method: wanted,
  path,
}: RequestFilter): (request: { readonly method: string; readonly path: string }) => boolean {
  const pattern = path === undefined ? undefined : globPattern(path);
  return (request) =>
    (wanted === undefined || wanted.toUpperCase() === request.method) &&
    pattern?.test(request.path) !== false;
}

/** `*` stands for anything within a segment, `**` for anything at all. */
function globPattern(path: string): RegExp {
  const source = path
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${source}$`, "i");
}
