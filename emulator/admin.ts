import { AdminProblem, adminRoutes } from "./admin-routes";
import type { Call, Reply } from "./call";
import type { Emulator } from "./emulator";

/** Answers what lies under /emulator/: no credentials, JSON both ways, not recorded, no faults. */
export function adminReply(emulator: Emulator, call: Call): Reply {
  if (!isLocal(call)) return json(403, { error: "The emulator's own paths answer on loopback only." });
  const path = call.path.slice("/emulator".length).replace(/\/$/, "");
  const onPath = adminRoutes.filter((route) => route.path.test(path));
  const route = onPath.find(({ method }) => method === call.method);
  if (route === undefined) {
    const methods = onPath.map(({ method }) => method).join(", ");
    return methods === ""
      ? json(404, { error: `There is no ${call.path}.` })
      : json(405, { error: `${call.path} takes ${methods}.` });
  }
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
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: `${JSON.stringify(content, undefined, 2)}\n`,
});
