import { isIPv4, isIPv6 } from "node:net";
import { domainToUnicode } from "node:url";
import { UserError } from "../troubleshooting";
import { numberOf } from "./addresses";

/** Where a request comes from, as a person says it. */
export interface CallerText {
  /** What the browser sends as Origin: `https://app.acme.com`. A page's whole URL or a bare host (https) will do, too. */
  readonly origin?: string | undefined;
  /** The page's URL, for a request that says Referer only, such as an image's. */
  readonly referer?: string | undefined;
  /** The address that ThinkGeo sees. */
  readonly address?: string | undefined;
}

/** A page of nowhere: a file, or a sandboxed frame. */
interface PageOfNowhere {
  readonly host: undefined;
  /** How sentences name it. */
  readonly text: string;
}

/** A page of a site. */
export interface PageOfSite {
  readonly header: "Origin" | "Referer";
  /** Lower-case A-labels without a dot at the end. */
  readonly host: string;
  /** `https`, `http`, `capacitor`… */
  readonly scheme: string;
  /** Empty where it is the scheme's own. */
  readonly port: string;
  /** How sentences name it. */
  readonly text: string;
}

export type Page = PageOfNowhere | PageOfSite;

export interface CallerAddress {
  /** As a number; undefined for IPv6. */
  readonly value: number | undefined;
  readonly text: string;
}

const LONGEST = 2048;

/** The page that sends a request; what is no page's address is an error in a sentence. */
export function readPage({ origin, referer }: CallerText): Page | undefined {
  if (origin !== undefined) return pageOf("Origin", origin.trim());
  return referer === undefined ? undefined : pageOf("Referer", referer.trim());
}

function pageOf(header: PageOfSite["header"], text: string): Page {
  // A page that was opened from a file, or stands in a sandboxed frame, says "null".
  if (text === "null" || /^(?:file|data|blob|about):/i.test(text))
    return { host: undefined, text: "a page without an origin (null)" };
  const url =
    text.length > LONGEST
      ? undefined
      : parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === undefined || url.hostname === "")
    throw new UserError(
      "explain-client",
      `${quoted(text)} is no origin: one such as https://app.acme.com is wanted.`,
    );
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  const scheme = url.protocol.slice(0, -1);
  const port = url.port === "" ? "" : `:${url.port}`;
  return { header, host, scheme, port: url.port, text: `${scheme}://${readable(host)}${port}` };
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A-labels with what they stand for, so that look-alikes can be seen. */
export function readable(host: string): string {
  // Nothing: of a host that browsers do not accept, such as app://a%20b.
  const unicode = domainToUnicode(host) || host;
  return unicode === host ? host : `${host} (${unicode})`;
}

/** A caller's address; anything but one address is an error in a sentence. */
export function readCallerAddress(given: string | undefined): CallerAddress | undefined {
  if (given === undefined) return undefined;
  const text = given.trim();
  const bare = text.replace(/^\[|\]$/g, "");
  // What a socket that speaks both says of an IPv4 caller.
  const plain = bare.replace(/^::ffff:(?=[\d.]+$)/i, "");
  if (isIPv4(plain)) return { value: numberOf(plain), text: plain };
  if (isIPv6(plain)) return { value: undefined, text: plain };
  throw new UserError("explain-client", `${quoted(text)} is no address: one such as 203.0.113.9 is wanted.`);
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 80));
