import { choiceText, closest } from "./text";
import { UserError } from "./troubleshooting";

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
  /** What to do where managed clients are missing in a way that looks like lost rights. */
  readonly onVanished: "stop" | "accept";
  /** Lets a run delete, deactivate or restrict the client that it signs in with. */
  readonly allowSelfLockout: boolean;
}

/** How a value is looked up in the stack's configuration: by its full key, such as `thinkgeo:clientId`. */
export type Lookup = (key: string) => string | undefined;

/** Which keys a stack's configuration has: those of this package, and all others. */
export interface GivenKeys {
  readonly keys: readonly string[];
  /** Pulumi puts a project's own keys under the project's name. */
  readonly project?: string | undefined;
}

export const SETTINGS = [
  "clientId",
  "clientSecret",
  "apiUrl",
  "tokenUrl",
  "requestTimeout",
  "maxConcurrency",
  "onLostClient",
  "onVanished",
  "allowSelfLockout",
] as const;
type Setting = (typeof SETTINGS)[number];

const NAMESPACE = "thinkgeo:";

export const DEFAULT_API_URL = "https://cloud.thinkgeo.com";
const DEFAULT_TIMEOUT_SECONDS = 90;
const LONGEST_TIMEOUT_SECONDS = 3600;
const DEFAULT_CONCURRENCY = 8;
const MOST_CONCURRENCY = 64;

/** Configuration that cannot be used; the message says which setting, and how to set it. */
export class ConfigurationError extends UserError {
  override readonly name = "ConfigurationError";
}

/** Reads the settings; what the stack's configuration says wins over the environment. */
export function readConfiguration(
  config: Lookup,
  environment: Readonly<Record<string, string | undefined>>,
  given: GivenKeys = { keys: [] },
): Configuration {
  const [mistake] = keyProblems(given);
  if (mistake !== undefined) throw new ConfigurationError("unknown-key", mistake);
  const setting = (key: Setting): string | undefined =>
    [config(NAMESPACE + key), environment[variableOf(key)]]
      .map((value) => value?.trim())
      .find((value) => value !== undefined && value !== "");
  const apiUrl = readUrl("apiUrl", setting("apiUrl") ?? DEFAULT_API_URL);
  const tokenUrl = setting("tokenUrl");
  const [clientId, clientSecret] = [setting("clientId"), setting("clientSecret")];
  if (clientId === undefined || clientSecret === undefined) throw missing(clientId, clientSecret);
  return {
    apiUrl,
    tokenUrl: tokenUrl === undefined ? `${apiUrl}/identity/connect/token` : readUrl("tokenUrl", tokenUrl),
    clientId,
    clientSecret,
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

/**
 * What is wrong with the keys themselves. One that is not read must not pass: with a misspelt `apiUrl`, the credentials
 * would go to the live service.
 */
export function keyProblems({ keys, project }: GivenKeys): string[] {
  return keys
    .filter((key) => key.startsWith(NAMESPACE))
    .map((key) => key.slice(NAMESPACE.length))
    .filter((key) => !SETTINGS.some((setting) => setting === key))
    .flatMap((key) => {
      const near = closest(key, SETTINGS);
      if (near !== undefined)
        return [`thinkgeo:${key} is not a configuration key: did you mean thinkgeo:${near}? ${takeOut(key)}`];
      // Such a key may be the project's own.
      if (project === undefined || NAMESPACE === `${project}:`) return [];
      return [
        `thinkgeo:${key} is not a configuration key: the keys are ${SETTINGS.join(", ")}. ${takeOut(key)} What only your program reads belongs under another name than thinkgeo.`,
      ];
    });
}

const takeOut = (key: string): string =>
  `Correct it where it is set ("pulumi config rm thinkgeo:${key}"), and run "pulumi up": refresh and destroy use the configuration of the last one.`;

function missing(clientId: string | undefined, clientSecret: string | undefined): ConfigurationError {
  const keys = [
    ...(clientId === undefined ? ["clientId"] : []),
    ...(clientSecret === undefined ? ["clientSecret"] : []),
  ];
  const flagOf = (key: string): string => (key === "clientSecret" ? "--secret " : "");
  const commands = keys.map((key) => `"pulumi config set ${flagOf(key)}thinkgeo:${key} VALUE"`).join(" and ");
  const variables = keys.map(variableOf).join(" and ");
  const [are, variable, belong] =
    keys.length === 1
      ? ["is", "the environment variable", "It belongs"]
      : ["are", "the environment variables", "They belong"];
  return new ConfigurationError(
    "not-set",
    `ThinkGeo's ${keys.join(" and ")} ${are} not set. Run ${commands}, or set ${variable} ${variables}. ` +
      `${belong} to a NativeConfidential client with the User role (Show Keys in ThinkGeo's console).`,
  );
}

function readUrl(key: string, text: string): string {
  const refuse = (reason: string): never => {
    throw new ConfigurationError(
      "invalid-value",
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
    "invalid-value",
    `thinkgeo:${key} must be a number${unit} from 1 to ${most}, not "${text.slice(0, 40)}".`,
  );
}

function readChoice<T extends string>(key: string, text: string, options: readonly T[]): T {
  const found = options.find((option) => option === text);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    "invalid-value",
    `thinkgeo:${key} must be ${choiceText(options)}, not "${text.slice(0, 40)}".`,
  );
}
