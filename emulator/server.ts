import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Call, Cloud } from "./call";
import { serve } from "./pipeline";
import type { Reply } from "./request";
import { send, type Connection, type Wire } from "./wire";

/** Key and certificate in PEM, for an emulator that speaks https. */
export interface TlsOptions {
  /** The private key. */
  readonly key: string | Buffer;
  /** The certificate. */
  readonly cert: string | Buffer;
}

interface ServerOptions {
  readonly port: number;
  readonly tls: TlsOptions | undefined;
  /** Answers the emulator's own paths, beside the log and the faults; undefined for those of the service. */
  readonly admin: (call: Call) => Reply | undefined;
}

const longestBody = 16 * 1024 * 1024;
// Longer than any client keeps an idle connection, so that this side never closes one that is about to be used.
const idleConnection = 130_000;

/** Listens on 127.0.0.1; resolves once it does, with `url` and `server` of the cloud set. */
export async function listen(cloud: Cloud, options: ServerOptions): Promise<void> {
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    receive(cloud, options, request, response).catch(() => request.socket.destroy());
  };
  const limits = { maxHeaderSize: 64 * 1024, keepAliveTimeout: idleConnection };
  const server =
    options.tls === undefined
      ? createHttpServer(limits, handle)
      : createHttpsServer({ ...limits, ...options.tls }, handle);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  cloud.url = `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  cloud.server = server;
}

async function receive(
  cloud: Cloud,
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  const connection: Connection = { request, response, closed };
  const unwatched: Wire = { ...connection, onStatus: () => undefined, onEnd: () => undefined };
  const body = await readBody(request);
  if (body === undefined) {
    await send(unwatched, { status: 413, headers: { connection: "close" }, body: "" });
    return;
  }
  const call = toCall(cloud, request, body);
  const own = options.admin(call);
  if (own === undefined) await serve(call, connection);
  else await send(unwatched, own);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toCall(cloud: Cloud, request: IncomingMessage, body: string): Call {
  const [path = "/", ...query] = (request.url ?? "/").split("?");
  const stated = request.headers["x-emulator-client-address"];
  const standard =
    cloud.switches.clientAddress === "" ? request.socket.remoteAddress : cloud.switches.clientAddress;
  return {
    cloud,
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query.join("?")),
    headers: request.headers,
    body,
    address: typeof stated === "string" ? stated : (standard ?? ""),
    started: performance.now(),
  };
}
