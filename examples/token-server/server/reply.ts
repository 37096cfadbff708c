import type { ServerResponse } from "node:http";

/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text where the headers say so; none with 204. */
  readonly body?: object | string;
}

/** An error as every endpoint says it. */
export const refusal = (
  status: number,
  error: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({ status, headers, body: { error, message } });

export function send(response: ServerResponse, reply: Reply): void {
  const isText = typeof reply.body === "string";
  response.writeHead(reply.status, {
    // No answer may be kept by a browser or a proxy: all are true for a moment, and one holds a token.
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(reply.body === undefined || isText ? {} : { "content-type": "application/json" }),
    ...reply.headers,
  });
  response.end(isText ? reply.body : reply.body && `${JSON.stringify(reply.body)}\n`);
}
