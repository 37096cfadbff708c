import { Refusal, type Call, type Reply } from "./call";

const json = { "content-type": "application/json; charset=utf-8" };

/** A successful answer: `data` in the vendor's envelope, with the counts where the answer is a list. */
export function success(call: Call, data: unknown, status = 200, counts: object = {}): Reply {
  return successText(call, JSON.stringify(data), status, counts);
}

/** The same for data that is JSON text already, which spares large lists from being written twice. */
export function successText(call: Call, data: string, status = 200, counts: object = {}): Reply {
  const { successStatus } = call.cloud.switches;
  const rest = JSON.stringify({
    ...counts,
    status: successStatus,
    error: null,
    ...links(call),
    ...elapsed(call),
  });
  return { status, headers: json, body: `{"data":${data},${rest.slice(1)}` };
}

/** A refusal with `error.message`. */
export function failure(call: Call, status: number, message: string): Reply {
  const body = {
    data: null,
    status: "error",
    error: { code: status, message },
    ...links(call),
    ...elapsed(call),
  };
  return { status, headers: json, body: JSON.stringify(body) };
}

/** A refusal with parameter names and what is wrong with each; it has no `error`. */
export function invalid(call: Call, problems: Readonly<Record<string, readonly string[]>>): Reply {
  const body = { data: problems, status: "fail", ...elapsed(call) };
  return { status: 400, headers: json, body: JSON.stringify(body) };
}

export const refuse = (call: Call, status: number, message: string): Refusal =>
  new Refusal(failure(call, status, message));

/** The friendly page that answers a route which does not exist. */
export function pageNotFound(): Reply {
  const body =
    "<!DOCTYPE html>\n<html><head><title>ThinkGeo Cloud</title></head>" +
    "<body><h1>404</h1><p>The page that you are looking for does not exist.</p></body></html>\n";
  return { status: 404, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

function links(call: Call): object {
  const self = { rel: "self", title: "Self", href: call.cloud.url + call.path };
  const forms = { object: { link: self }, array: { links: [self] }, none: {} };
  return forms[call.cloud.switches.link];
}

function elapsed(call: Call): object {
  const seconds = (performance.now() - call.started) / 1000;
  return { elapsedTime: `00:00:${seconds.toFixed(7).padStart(10, "0")}` };
}
