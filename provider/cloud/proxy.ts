import { BlockList, isIP } from "node:net";

/** The proxy that requests go through, by the variable that names it. */
export interface ProxySetting {
  readonly variable: string;
  /** Undefined where the variable does not hold the address of an HTTP proxy. */
  readonly address: URL | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for requests to an address, by the variables that curl and Go read; undefined where they go there directly.
 * EnvHttpProxyAgent of undici reads them otherwise: it takes HTTP_PROXY for https too, and knows no ranges in NO_PROXY.
 */
export function proxyFor(url: URL, environment: Environment): ProxySetting | undefined {
  // http:// is for this machine only, and what it carries must not leave it in clear text.
  if (url.protocol !== "https:") return undefined;
  const found = firstSet(environment, ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]);
  if (found === undefined) return undefined;
  const exempt = firstSet(environment, ["no_proxy", "NO_PROXY"])?.value ?? "";
  if (exempt.split(/[\s,]+/).some((entry) => matches(entry.toLowerCase(), url))) return undefined;
  return { variable: found.variable, address: proxyAddress(found.value) };
}

/** A variable that is empty counts as not set. */
function firstSet(
  environment: Environment,
  names: readonly string[],
): { readonly variable: string; readonly value: string } | undefined {
  return names
    .map((variable) => ({ variable, value: environment[variable]?.trim() ?? "" }))
    .find(({ value }) => value !== "");
}

function proxyAddress(text: string): URL | undefined {
  try {
    const address = new URL(text.includes("://") ? text : `http://${text}`);
    // Throws where a percent sign is not one of an escape.
    decodeURIComponent(address.username + address.password);
    return /^https?:$/.test(address.protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an entry of NO_PROXY names this host: `*`, an address or range, or a name that stands for its subdomains too. */
function matches(entry: string, url: URL): boolean {
  const [, bracketed, name = bracketed ?? entry, port] =
    /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (name === "" || (port !== undefined && port !== (url.port || "443"))) return false;
  if (name === "*") return true;
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "");
  if (isIP(host) !== 0) return isWithin(name, host);
  const domain = name.replace(/^\*?\./, "").replace(/\.$/, "");
  return host.endsWith(`.${domain}`) || (host === domain && !name.startsWith("*"));
}

function isWithin(range: string, host: string): boolean {
  const [address = "", bits] = range.split("/");
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const prefix = /^\d+$/.test(bits ?? String(longest)) ? Number(bits ?? longest) : Infinity;
  if (family === 0 || family !== isIP(host) || prefix > longest) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(address, prefix, type);
  return list.check(host, type);
}
