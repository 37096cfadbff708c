import { BlockList, isIP, isIPv4 } from "node:net";
import { plainAddress } from "./plain-address.ts";

export interface Configuration {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly host: string;
  readonly port: number;
  /** Origins as browsers send them. */
  readonly allowedOrigins: ReadonlySet<string>;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: BlockList;
  readonly requestsPerMinute: number;
  readonly shutdownSeconds: number;
}

/** Everything that is wrong with the environment, a sentence each. None quotes a secret. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type Report = (problem: string) => void;

export function readConfiguration(environment: Environment): Configuration {
  const problems: string[] = [];
  const report: Report = (problem) => problems.push(problem);
  const apiUrl = environment["THINKGEO_API_URL"] || "https://cloud.thinkgeo.com";
  const configuration: Configuration = {
    tokenUrl: tokenUrl(environment, apiUrl, report),
    clientId: credential(environment, "THINKGEO_CLIENT_ID", "clientId", report),
    clientSecret: credential(environment, "THINKGEO_CLIENT_SECRET", "clientSecret --show-secrets", report),
    host: environment["HOST"] || "127.0.0.1",
    port: wholeNumber(environment, "PORT", { standard: 8080, least: 0, most: 65_535 }, report),
    allowedOrigins: new Set(list(environment["ALLOWED_ORIGINS"]).map((entry) => origin(entry, report))),
    trustedProxies: proxies(list(environment["TRUST_PROXY"]), report),
    requestsPerMinute: wholeNumber(
      environment,
      "RATE_LIMIT",
      { standard: 30, least: 1, most: 100_000 },
      report,
    ),
    shutdownSeconds: wholeNumber(
      environment,
      "SHUTDOWN_SECONDS",
      { standard: 10, least: 1, most: 300 },
      report,
    ),
  };
  if (configuration.allowedOrigins.size === 0)
    report('ALLOWED_ORIGINS is missing: list the pages\' origins, such as "https://maps.acme.com".');
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
}

const list = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");

function credential(environment: Environment, name: string, output: string, report: Report): string {
  const value = environment[name] ?? "";
  const remedy = `"pulumi stack output ${output}" prints it`;
  if (value === "") report(`${name} is missing: ${remedy}.`);
  else if (value === "[secret]") report(`${name} is the word "[secret]", not the secret: ${remedy}.`);
  // Not even its length: what is wrong with a secret is said without it.
  else if (!/^[\x21-\x7e]+$/.test(value))
    report(`${name} has a blank, a line break or another odd character in it: ${remedy}.`);
  return value;
}

function tokenUrl(environment: Environment, apiUrl: string, report: Report): string {
  const given = environment["THINKGEO_TOKEN_URL"] || undefined;
  const name = given === undefined ? "THINKGEO_API_URL" : "THINKGEO_TOKEN_URL";
  const text = given ?? `${apiUrl.replace(/\/+$/, "")}/identity/connect/token`;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) report(`${name} is not a URL such as https://…`);
  else if (url.username !== "" || url.password !== "") report(`${name} must not hold a name or a password.`);
  else if (url.protocol === "http:" && !isThisMachine(url))
    report(`${name} must begin with https://, or the secret could be read on its way.`);
  return text;
}

function origin(entry: string, report: Report): string {
  const url = URL.parse(/^[a-z]+:\/\//i.test(entry) ? entry : `https://${entry}`);
  if (entry.includes("*") || url === null || !/^https?:$/.test(url.protocol))
    report(`ALLOWED_ORIGINS: ${quote(entry)} is not an origin; write each one in full, without "*".`);
  else if (url.origin !== entry)
    report(`ALLOWED_ORIGINS: ${quote(entry)} is not what a browser sends; write ${quote(url.origin)}.`);
  else if (url.protocol === "http:" && !isThisMachine(url))
    report(
      `ALLOWED_ORIGINS: ${quote(entry)} must begin with https://, or the token could be read on its way.`,
    );
  return entry;
}

const isThisMachine = ({ hostname }: URL): boolean => /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/* The widest ranges that are anybody's own: 10.0.0.0/8 and fc00::/7. */
const WIDEST = { ipv4: 8, ipv6: 7 } as const;

function proxies(entries: readonly string[], report: Report): BlockList {
  const trusted = new BlockList();
  for (const entry of entries) {
    const range = rangeOf(entry);
    if (range === undefined)
      report(`TRUST_PROXY: ${quote(entry)} is neither an address nor a range such as 10.0.0.0/8.`);
    else if (range.bits < WIDEST[range.family])
      report(
        `TRUST_PROXY: ${quote(entry)} trusts everybody, and whoever is trusted says who calls: list the addresses of your proxies.`,
      );
    else trusted.addSubnet(range.address, range.bits, range.family);
  }
  return trusted;
}

function rangeOf(
  entry: string,
): { readonly address: string; readonly bits: number; readonly family: "ipv4" | "ipv6" } | undefined {
  const [given = "", prefix, ...rest] = entry.split("/");
  if (isIP(given) === 0 || rest.length > 0) return undefined;
  const longest = isIPv4(given) ? 32 : 128;
  const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(bits <= longest)) return undefined;
  // Callers by IPv6 that stand for IPv4 are known by that, and so are proxies.
  const address = plainAddress(given);
  if (isIPv4(given) || !isIPv4(address) || bits < 96)
    return { address: given, bits, family: isIPv4(given) ? "ipv4" : "ipv6" };
  return { address, bits: bits - 96, family: "ipv4" };
}

function wholeNumber(
  environment: Environment,
  name: string,
  { standard, least, most }: { readonly standard: number; readonly least: number; readonly most: number },
  report: Report,
): number {
  const text = environment[name] || String(standard);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  report(`${name} must be a whole number from ${least} to ${most}, not ${quote(text)}.`);
  return standard;
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 100));
