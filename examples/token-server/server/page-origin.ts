import type { IncomingHttpHeaders } from "node:http";

/** The origin of the page that asks. Browsers leave Origin out when a page asks its own host; Referer says it then. */
export function pageOrigin({ origin, referer }: IncomingHttpHeaders): string | undefined {
  if (origin !== undefined) return origin;
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
}
