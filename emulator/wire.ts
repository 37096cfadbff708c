import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import type { FaultEffect } from "./fault-rule";
import { JSON_TYPE, type Reply } from "./request";

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

/** Waits, without keeping a process alive that has nothing else to do. */
export const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

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

/** Sends a reply the way a fault wants it; as it is, where the fault is none of the connection. */
export async function sendFaulty(wire: Wire, reply: Reply, effect: FaultEffect): Promise<void> {
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
      return truncated(wire, reply, effect.ending ?? "drop");
    case "stall-body":
      startBody(wire, reply);
      await wire.closed;
      return;
    case "trickle":
      return trickled(wire, reply, effect.ms ?? 10);
    case "oversized":
      return oversized(wire, effect.bytes);
    default:
      return send(wire, reply);
  }
}

/** Node can send RST on a plain connection only; below TLS it ends like any other. */
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function startBody(wire: Wire, reply: Reply): void {
  const body = Buffer.from(reply.body);
  writeHead(wire, reply.status, { ...reply.headers, "content-length": String(body.length) });
  wire.response.write(body.subarray(0, Math.ceil(body.length / 2)));
}

async function truncated(wire: Wire, reply: Reply, ending: "drop" | "reset" | "clean"): Promise<void> {
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
  writeHead(wire, 200, JSON_TYPE);
  response.write(start);
  for (let left = bytes - start.length - end.length; left > 0; left -= chunk.length) {
    if (wire.request.socket.destroyed) return;
    if (response.write(chunk.slice(0, left))) continue;
    await Promise.race([wire.closed, new Promise((resume) => response.once("drain", resume))]);
  }
  await finish(wire, end);
}
