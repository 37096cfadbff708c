import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Reply } from "./call";
import type { FaultEffect } from "./faults";
import { pause } from "./pause";

/** The connection that a request came on. */
export interface Connection {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Resolves when the answer is out or the connection gone. */
  readonly closed: Promise<void>;
}

/** The same with somebody who watches. */
export interface Wire extends Connection {
  /** Told what the caller is about to see, before the caller can see it. */
  readonly onStatus: (status: number) => void;
  /** Told that the answer is about to be complete, or the connection to go. */
  readonly onEnd: () => void;
}

type Effect<K extends FaultEffect["kind"]> = Extract<FaultEffect, { kind: K }>;
type WireEffect = Exclude<FaultEffect, Effect<"delay" | "hold" | "other-client" | "broken-client">>;

/** Sends a reply as it is. */
export async function send(wire: Wire, reply: Reply): Promise<void> {
  const length = reply.status === 204 ? {} : { "content-length": String(Buffer.byteLength(reply.body)) };
  writeHead(wire, reply.status, { ...reply.headers, ...length });
  await finish(wire, reply.body);
}

function writeHead(wire: Wire, status: number, headers: Readonly<Record<string, string>>): void {
  wire.onStatus(status);
  wire.response.writeHead(status, headers);
}

async function finish(wire: Wire, rest: string): Promise<void> {
  wire.onEnd();
  wire.response.end(rest);
  await wire.closed;
}

/** Sends a reply the way a fault wants it. */
export async function sendFaulty(wire: Wire, reply: Reply, effect: WireEffect): Promise<void> {
  const { socket } = wire.request;
  switch (effect.kind) {
    case "drop":
      wire.onEnd();
      socket.destroy();
      return;
    case "reset":
      wire.onEnd();
      reset(socket);
      return;
    case "garbage-http":
      wire.onEnd();
      socket.end("\u0000this is no HTTP\r\n\r\n");
      return;
    case "stall-headers":
      await wire.closed;
      return;
    case "truncate":
      return truncated(wire, reply, effect);
    case "stall-body":
      startBody(wire, reply);
      await wire.closed;
      return;
    case "trickle":
      return trickled(wire, reply, effect.ms ?? 10);
    case "oversized":
      return oversized(wire, effect.bytes);
    default:
      return send(wire, changed(reply, effect));
  }
}

/** Node can send RST on a plain connection only; below TLS it ends like any other. */
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

const page = "<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>";
const html = { "content-type": "text/html; charset=utf-8" };
const json = { "content-type": "application/json; charset=utf-8" };

type ReplyEffect = Effect<
  | "status"
  | "garbage"
  | "empty"
  | "html"
  | "content-type"
  | "bom"
  | "error-envelope"
  | "redirect"
  | "huge-header"
  | "reply"
>;

function changed(reply: Reply, effect: ReplyEffect): Reply {
  switch (effect.kind) {
    case "status":
      return statusReply(effect);
    case "garbage":
      return { status: 200, headers: json, body: '{"data": [}]} oops' };
    case "empty":
      return { status: 200, headers: json, body: "" };
    case "html":
      return { status: 200, headers: html, body: page };
    case "content-type":
      return { ...reply, headers: { ...reply.headers, "content-type": effect.contentType } };
    case "bom":
      return { ...reply, body: `\uFEFF${reply.body}` };
    case "error-envelope":
      return { status: 200, headers: json, body: errorBody(500, effect.message) };
    case "redirect":
      return { status: effect.status ?? 302, headers: { location: effect.location }, body: "" };
    case "huge-header":
      return { ...reply, headers: { ...reply.headers, "x-huge": "a".repeat(effect.bytes ?? 40_000) } };
    case "reply":
      return { status: effect.status ?? 200, headers: effect.headers ?? json, body: effect.text ?? "" };
  }
}

function statusReply(effect: Effect<"status">): Reply {
  const retry = effect.retryAfter === undefined ? {} : { "retry-after": String(effect.retryAfter) };
  const bodies = { json: errorBody(effect.status, effect.message), html: page, empty: "" };
  const form = effect.body ?? "json";
  const type = { json, html, empty: {} }[form];
  return { status: effect.status, headers: { ...type, ...retry }, body: bodies[form] };
}

const errorBody = (code: number, message = "An unexpected problem occurred."): string =>
  JSON.stringify({ data: null, status: "error", error: { code, message } });

function startBody(wire: Wire, reply: Reply): void {
  const body = Buffer.from(reply.body);
  writeHead(wire, reply.status, { ...reply.headers, "content-length": String(body.length) });
  wire.response.write(body.subarray(0, Math.ceil(body.length / 2)));
}

async function truncated(wire: Wire, reply: Reply, { ending = "drop" }: Effect<"truncate">): Promise<void> {
  if (ending === "clean") return send(wire, { ...reply, body: reply.body.slice(0, reply.body.length / 2) });
  startBody(wire, reply);
  // The half body must be on its way before the connection goes.
  await pause(20);
  wire.onEnd();
  if (ending === "reset") reset(wire.request.socket);
  else wire.request.socket.destroy();
}

async function trickled(wire: Wire, reply: Reply, ms: number): Promise<void> {
  const body = Buffer.from(reply.body);
  writeHead(wire, reply.status, { ...reply.headers, "content-length": String(body.length) });
  for (const byte of body) {
    if (wire.request.socket.destroyed) return;
    wire.response.write(Buffer.of(byte));
    await pause(ms);
  }
  await finish(wire, "");
}

async function oversized(wire: Wire, bytes: number): Promise<void> {
  const { response } = wire;
  const [start, end, chunk] = ['{"data":"', '","status":"success"}', "a".repeat(65_536)];
  writeHead(wire, 200, json);
  response.write(start);
  for (let left = bytes - start.length - end.length; left > 0; left -= chunk.length) {
    if (wire.request.socket.destroyed) return;
    if (response.write(chunk.slice(0, left))) continue;
    await Promise.race([wire.closed, new Promise((resume) => response.once("drain", resume))]);
  }
  await finish(wire, end);
}
