import { AdminProblem, adminRoutes } from "./admin-routes";
import type { Call, Reply } from "./call";
import { consoleReply } from "./console/console";
import type { Emulator } from "./emulator";

/** What the emulator has beside the service: no credentials, not recorded, no faults. */
export const isAdminPath = (path: string): boolean =>
  path === "/emulator" || path.startsWith("/emulator/") || path === "/clients.html";

/** Answers those paths: the console's page, and under /emulator/ JSON both ways. */
export function adminReply(emulator: Emulator, call: Call): Reply {
  const reply = !isLocal(call)
    ? json(403, { error: "The emulator's own paths answer on loopback only." })
    : (consoleReply(call) ?? administer(emulator, call));
  return { ...reply, headers: { ...PRIVATE, ...reply.headers } };
}

/** No page of another site may read an answer, not even as what it is not. */
const PRIVATE = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

function administer(emulator: Emulator, call: Call): Reply {
  const path = call.path.slice("/emulator".length).replace(/\/$/, "");
  const onPath = adminRoutes.filter((route) => route.path.test(path));
  const route = onPath.find(({ method }) => method === call.method);
  if (route === undefined) {
    const methods = onPath.map(({ method }) => method).join(", ");
    return methods === ""
      ? json(404, { error: `There is no ${call.path}.` })
      : json(405, { error: `${call.path} takes ${methods}.` });
  }
  if (sendsOtherThanJson(call))
    return json(415, { error: "What is sent here must say content-type: application/json." });
  try {
    const ids = (route.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const result = route.answer({ emulator, body: readBody(call), query: call.query, ids });
    return result === undefined ? { status: 204, headers: {}, body: "" } : json(200, result);
  } catch (error) {
    const status = error instanceof AdminProblem ? error.status : 400;
    return json(status, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** A page of some website must neither read the secrets here (under a name of its own) nor post anything. */
function isLocal({ headers: { host = "", origin } }: Call): boolean {
  const isLoopback = ["127.0.0.1", "localhost"].includes(host.replace(/:\d+$/, ""));
  return isLoopback && (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host));
}

/** Pages of other sites can send forms and plain text unasked, but not this content type. DELETE they cannot send at all. */
function sendsOtherThanJson({ method, headers }: Call): boolean {
  const [type = ""] = (headers["content-type"] ?? "").split(";", 1);
  return ["POST", "PATCH"].includes(method) && type.trim().toLowerCase() !== "application/json";
}

function readBody(call: Call): unknown {
  if (call.body === "") return {};
  try {
    return JSON.parse(call.body);
  } catch {
    throw new AdminProblem(400, "The body is not JSON.");
  }
}

const json = (status: number, content: unknown): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: `${JSON.stringify(content, undefined, 2)}\n`,
});
