/** What the provider needs to know before it can make a request. */
export interface Configuration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** No trailing slash. */
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly requestTimeoutMs: number;
  readonly maxConcurrency: number;
  readonly onLostClient: "stop" | "adopt";
  /** What to do where three or more managed clients are missing and none is there. */
  readonly onVanished: "stop" | "accept";
  /** Lets a run delete, deactivate or restrict the client that it signs in with. */
  readonly allowSelfLockout: boolean;
}

/** How a value is looked up in the stack's configuration: by its full key, such as `thinkgeo:clientId`. */
export type Lookup = (key: string) => string | undefined;

export const DEFAULT_API_URL = "https://cloud.thinkgeo.com";
const DEFAULT_TIMEOUT_SECONDS = 90;
const LONGEST_TIMEOUT_SECONDS = 3600;
const DEFAULT_CONCURRENCY = 8;
const MOST_CONCURRENCY = 64;

/** Configuration that cannot be used; the message says which setting, and how to set it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** Reads the settings; what the stack's configuration says wins over the environment. */
export function readConfiguration(
  config: Lookup,
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const setting = (key: string): string | undefined =>
    [config(`thinkgeo:${key}`), environment[variableOf(key)]]
      .map((value) => value?.trim())
      .find((value) => value !== undefined && value !== "");
  const apiUrl = readUrl("apiUrl", setting("apiUrl") ?? DEFAULT_API_URL);
  const tokenUrl = setting("tokenUrl");
  return {
    apiUrl,
    tokenUrl: tokenUrl === undefined ? `${apiUrl}/identity/connect/token` : readUrl("tokenUrl", tokenUrl),
    clientId: setting("clientId") ?? missing("clientId", ""),
    clientSecret: setting("clientSecret") ?? missing("clientSecret", "--secret "),
    requestTimeoutMs:
      readNumber(
        "requestTimeout",
        setting("requestTimeout"),
        DEFAULT_TIMEOUT_SECONDS,
        LONGEST_TIMEOUT_SECONDS,
      ) * 1000,
    maxConcurrency: Math.floor(
      readNumber("maxConcurrency", setting("maxConcurrency"), DEFAULT_CONCURRENCY, MOST_CONCURRENCY),
    ),
    onLostClient: readChoice("onLostClient", setting("onLostClient") ?? "stop", ["stop", "adopt"]),
    onVanished: readChoice("onVanished", setting("onVanished") ?? "stop", ["stop", "accept"]),
    allowSelfLockout:
      readChoice("allowSelfLockout", setting("allowSelfLockout") ?? "false", ["true", "false"]) === "true",
  };
}

/** `thinkgeo:clientId` in the configuration is `THINKGEO_CLIENT_ID` in the environment. */
export const variableOf = (key: string): string =>
  `THINKGEO_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

function missing(key: string, flag: string): never {
  throw new ConfigurationError(
    `ThinkGeo's ${key} is not set. Run "pulumi config set ${flag}thinkgeo:${key} VALUE", or set the environment variable ${variableOf(key)}. ` +
      "It belongs to a NativeConfidential client with the User role (Show Keys in ThinkGeo's console).",
  );
}

function readUrl(key: string, text: string): string {
  const refuse = (reason: string): never => {
    throw new ConfigurationError(
      `thinkgeo:${key} ${reason}. Set it to something like "${DEFAULT_API_URL}", or leave it out.`,
    );
  };
  const url = URL.canParse(text) ? new URL(text) : refuse("is not a URL");
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    refuse("must begin with https:// (http:// is for this machine only)");
  if (url.username !== "" || url.password !== "") refuse("must not have a user name or password in it");
  if (url.search !== "" || url.hash !== "") refuse("must not have a query or a fragment");
  let end = url.pathname.length;
  while (url.pathname[end - 1] === "/") end--;
  return url.origin + url.pathname.slice(0, end);
}

function readNumber(key: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= most) return value;
  const unit = key === "requestTimeout" ? " of seconds" : "";
  throw new ConfigurationError(
    `thinkgeo:${key} must be a number${unit} from 1 to ${most}, not "${text.slice(0, 40)}".`,
  );
}

function readChoice<T extends string>(key: string, text: string, options: readonly T[]): T {
  const found = options.find((option) => option === text);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    `thinkgeo:${key} must be ${options.map((option) => `"${option}"`).join(" or ")}, not "${text.slice(0, 40)}".`,
  );
}
