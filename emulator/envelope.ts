import { Refusal, type Call } from "./call";
import { HTML_TYPE, JSON_TYPE, type Reply } from "./request";

/** A successful answer: `data` in the vendor's envelope, with the counts where the answer is a list. */
export function success(call: Call, data: unknown, status = 200, counts: object = {}): Reply {
  const body = {
    data,
    ...counts,
    status: call.cloud.switches.successStatus,
    error: null,
    ...links(call, call.path),
    ...elapsed(call),
  };
  return { status, headers: JSON_TYPE, body: toJson(call, body) };
}

/** One item of a list of which the vendor's models say that each item is an envelope of its own. */
export function listItem(call: Call, data: object, place: number, path: string): object {
  const { listItems, successStatus: status } = call.cloud.switches;
  const isWrapped = listItems === "wrapped" || (listItems === "mixed" && place % 2 === 0);
  return isWrapped ? { data, status, ...links(call, path), ...elapsed(call) } : data;
}

/** JSON with its null members or without them. */
export function toJson(call: Call, content: object): string {
  const isKept = call.cloud.switches.nullMembers === "null";
  return JSON.stringify(content, isKept ? undefined : (_name, value: unknown) => value ?? undefined);
}

/** A refusal with `error.message`. */
export function failure(call: Call, status: number, message: string): Reply {
  const body = {
    data: null,
    status: "error",
    error: { code: status, message },
    ...links(call, call.path),
    ...elapsed(call),
  };
  return { status, headers: JSON_TYPE, body: toJson(call, body) };
}

/** A refusal with parameter names and what is wrong with each; it has no `error`. */
export function invalid(call: Call, problems: Readonly<Record<string, readonly string[]>>): Reply {
  const body = { data: problems, status: "fail", ...elapsed(call) };
  return { status: 400, headers: JSON_TYPE, body: JSON.stringify(body) };
}

export const refuse = (call: Call, status: number, message: string): Refusal =>
  new Refusal(failure(call, status, message));

/** The friendly page that answers a route which does not exist. */
export function pageNotFound(): Reply {
  const body =
    "<!DOCTYPE html>\n<html><head><title>ThinkGeo Cloud</title></head>" +
    "<body><h1>404</h1><p>The page that you are looking for does not exist.</p></body></html>\n";
  return { status: 404, headers: HTML_TYPE, body };
}

function links(call: Call, path: string): object {
  const self = { rel: "self", title: "Self", href: call.cloud.url + path };
  const forms = { object: { link: self }, array: { link: [self] }, links: { links: [self] }, none: {} };
  return forms[call.cloud.switches.link];
}

function elapsed(call: Call): object {
  const seconds = (performance.now() - call.started) / 1000;
  return { elapsedTime: `00:00:${seconds.toFixed(7).padStart(10, "0")}` };
}
