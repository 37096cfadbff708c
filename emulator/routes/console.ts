import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { HTML_TYPE, type Reply } from "../request";
import type { Route } from "../router";

const FOLDER = join(__dirname, "../console");

const TYPES: Readonly<Record<string, object>> = {
  ".html": HTML_TYPE,
  ".css": { "content-type": "text/css; charset=utf-8" },
  ".js": { "content-type": "text/javascript; charset=utf-8" },
};

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

/** The files of a page in the manner of the vendor's console, as they are in the folder console/. */
const scripts = ["api.js", "dom.js", "editor.js", "main.js", "table.js"];
const files: readonly (readonly [path: string, file: string])[] = [
  ["/clients.html", "clients.html"],
  ...["style.css", ...scripts].map((name) => [`/emulator/console/${name}`, name] as const),
];

export const consoleRoutes: readonly Route<() => Reply>[] = files.flatMap(([path, file]) =>
  ["GET", "HEAD"].map((method) => [method, path, () => fileReply(file)] as const),
);

function fileReply(file: string): Reply {
  const headers = {
    ...TYPES[extname(file)],
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
  };
  return { status: 200, headers, body: readFileSync(join(FOLDER, file), "utf8") };
}
