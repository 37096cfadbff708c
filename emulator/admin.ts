import type { Call } from "./call";
import type { Emulator } from "./emulator";
import type { Reply } from "./request";
import { Router } from "./router";
import { AdminProblem, adminRoutes, jsonReply } from "./routes/admin";
import { consoleRoutes } from "./routes/console";

const router = new Router([...adminRoutes, ...consoleRoutes]);

/** What the emulator has beside the service: no credentials, not logged, no faults. */
const isAdminPath = (path: string): boolean =>
  path === "/emulator" || path.startsWith("/emulator/") || path === "/clients.html";

/** Answers those paths: the console's page, and under /emulator/ JSON both ways; undefined for the service's own. */
export function adminReply(emulator: Emulator, call: Call): Reply | undefined {
  if (!isAdminPath(call.path)) return undefined;
  const reply = isLocal(call)
    ? answered(emulator, call)
    : jsonReply({ error: "The emulator's own paths answer on loopback only." }, 403);
  return { ...reply, headers: { ...PRIVATE, ...reply.headers } };
}

/** No page of another site may read an answer, not even as what it is not. */
const PRIVATE = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** A page of some website must neither read the secrets here (under a name of its own) nor post anything. */
function isLocal({ headers: { host = "", origin } }: Call): boolean {
  const isLoopback = ["127.0.0.1", "localhost"].includes(host.replace(/:\d+$/, ""));
  return isLoopback && (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host));
}

function answered(emulator: Emulator, call: Call): Reply {
  try {
    const found = router.find(call.method, call.path);
    if (found === undefined) return notHere(call.path, router.methodsAt(call.path));
    if (sendsOtherThanJson(call))
      throw new AdminProblem(415, "What is sent here must say content-type: application/json.");
    return found.handler({ emulator, body: readBody(call), query: call.query }, ...found.captures);
  } catch (error) {
    const status = error instanceof AdminProblem ? error.status : 400;
    return jsonReply({ error: error instanceof Error ? error.message : String(error) }, status);
  }
}

const notHere = (path: string, methods: readonly string[]): Reply =>
  methods.length === 0
    ? jsonReply({ error: `There is no ${path}.` }, 404)
    : jsonReply({ error: `${path} takes ${methods.join(", ")}.` }, 405);

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
