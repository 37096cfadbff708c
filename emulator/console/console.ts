import type { Call, Reply } from "../call";
import { apiScript } from "./api-script";
import { domScript } from "./dom-script";
import { editorScript } from "./editor-script";
import { mainScript } from "./main-script";
import { page } from "./page";
import { style } from "./style";
import { tableScript } from "./table-script";

const SCRIPT = "text/javascript; charset=utf-8";
const FOLDER = "/emulator/console/";

const files: ReadonlyMap<string, readonly [type: string, text: string]> = new Map([
  ["/clients.html", ["text/html; charset=utf-8", page]],
  [`${FOLDER}style.css`, ["text/css; charset=utf-8", style]],
  [`${FOLDER}dom.js`, [SCRIPT, domScript]],
  [`${FOLDER}api.js`, [SCRIPT, apiScript]],
  [`${FOLDER}table.js`, [SCRIPT, tableScript]],
  [`${FOLDER}editor.js`, [SCRIPT, editorScript]],
  [`${FOLDER}main.js`, [SCRIPT, mainScript]],
]);

/** Its own files only: no script in the page, nobody else's frame around it, no form that is sent anywhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page in the manner of the vendor's console, and what it is made of; undefined for other paths. */
export function consoleReply({ method, path }: Call): Reply | undefined {
  const [type, text] = files.get(path) ?? [];
  if (type === undefined || text === undefined) return undefined;
  if (method !== "GET" && method !== "HEAD")
    return { status: 405, headers: { allow: "GET, HEAD" }, body: "" };
  const headers = {
    "content-type": type,
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
  };
  return { status: 200, headers, body: method === "HEAD" ? "" : text };
}
