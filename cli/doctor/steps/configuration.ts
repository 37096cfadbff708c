import { shortKey } from "../../../provider/cloud/api";
import {
  ConfigurationError,
  DEFAULT_API_URL,
  keyProblems,
  readConfiguration,
  SETTINGS,
  variableOf,
  type Configuration,
  type GivenKeys,
} from "../../../provider/configuration";
import { isInEnvironment, stackOf } from "../../account/sign-in";
import type { StackConfiguration } from "../../stacks/pulumi";
import { defineStep, fail, info, pass, warn, type StepFinding } from "../step";
import type { Context } from "../context";
import { textOf } from "../../../provider/troubleshooting";

const CREDENTIALS = ["clientId", "clientSecret"];

/** Which settings there are, and where each comes from. */
export const configuration = defineStep({
  name: "configuration",
  title: "Configuration",
  needs: [],
  run: async (_, context) => {
    const { values, findings } = await readStack(context);
    const sources = new Sources(values, context.terminal.environment);
    const settings = SETTINGS.flatMap((key) => settingFindings(key, sources));
    const misspelt = keyProblems(sources.given).map(failureOf);
    const mixed = findings.some(({ level }) => level === "fail") ? [] : mixtureFindings(sources);
    const read = usableConfiguration(sources);
    const hasCredentials = CREDENTIALS.every((key) => sources.find(key) !== undefined);
    return {
      findings: [...findings, ...misspelt, ...settings, ...mixed, ...pathFindings(read?.apiUrl)],
      facts: {
        ...(read === undefined ? {} : { api: context.connect(read) }),
        ...(read === undefined || !hasCredentials ? {} : { credentials: true }),
      },
    };
  },
});

interface Found {
  readonly value: string;
  readonly from: "stack" | "environment";
}

/** Where settings come from. */
class Sources {
  constructor(
    readonly stack: StackConfiguration["values"],
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  get given(): GivenKeys {
    return { keys: Object.keys(this.stack) };
  }

  find(key: string): Found | undefined {
    const inStack = this.stack[`thinkgeo:${key}`]?.trim() ?? "";
    if (inStack !== "") return { value: inStack, from: "stack" };
    const value = this.environment[variableOf(key)]?.trim() ?? "";
    return value === "" ? undefined : { value, from: "environment" };
  }
}

async function readStack({
  stack: named,
  folder,
  terminal,
}: Context): Promise<{ values: StackConfiguration["values"]; findings: readonly StepFinding[] }> {
  const unreadable = (error: unknown): StepFinding => {
    const said = error instanceof Error ? textOf(error) : "no reason is known";
    const todo = 'Check --stack and --cwd ("pulumi stack ls" lists the stacks) and PULUMI_CONFIG_PASSPHRASE.';
    const found = `The stack's configuration cannot be read: ${said}`;
    // Then the credentials of the environment are used, as by every other command.
    return named === undefined && isInEnvironment(terminal) ? warn(found, todo) : fail(found, todo);
  };
  try {
    const { stack, problem } = await stackOf({ stack: named, cwd: folder }, terminal);
    if (problem !== undefined) return { values: {}, findings: [unreadable(problem)] };
    if (stack === undefined) {
      const none = info(
        `${folder} is in no Pulumi project, so only the environment is read (--cwd names a project's directory).`,
      );
      return { values: {}, findings: [none] };
    }
    const { name, values, unencrypted } = stack;
    const read = info(`The configuration of stack ${name} was read.`);
    const plain = unencrypted.includes("thinkgeo:clientSecret") ? [plainSecret(name)] : [];
    return { values, findings: [read, ...plain] };
  } catch (error) {
    return { values: {}, findings: [unreadable(error)] };
  }
}

const plainSecret = (stack: string): StepFinding =>
  warn(
    `Pulumi.${stack}.yaml holds thinkgeo:clientSecret in plain text, so everybody who reads the repository has it.`,
    "Store it with: pulumi config set --secret thinkgeo:clientSecret. If the file was ever shared, create a new client for Pulumi, and delete this one.",
  );

function settingFindings(key: string, sources: Sources): StepFinding[] {
  const found = sources.find(key);
  const problem = problemWith(key, found?.value);
  if (problem !== undefined) return [failureOf(problem)];
  if (found === undefined) return key === "apiUrl" ? [pass(`apiUrl is ${DEFAULT_API_URL}, by default.`)] : [];
  const from =
    found.from === "stack" ? "from the stack's configuration" : `from the environment (${variableOf(key)})`;
  return [pass(`${key} ${shown(key, found.value)}, ${from}.`)];
}

/** A secret is never shown, and a client id only in part. */
const shown = (key: string, value: string): string =>
  key === "clientSecret" ? "is set" : `is ${key === "clientId" ? shortKey(value) : value}`;

/** The error of `readConfiguration` for one setting alone. */
function problemWith(key: string, value: string | undefined): string | undefined {
  const placeholders = { "thinkgeo:clientId": "id", "thinkgeo:clientSecret": "secret" };
  const given: Record<string, string | undefined> = { ...placeholders, [`thinkgeo:${key}`]: value };
  try {
    readConfiguration((name) => given[name], {});
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.text;
  }
}

/** A message whose first sentence says what is wrong, and the others what to do. */
function failureOf(message: string): StepFinding {
  const [found = "", ...rest] = message.split(/(?<=[.?]) (?=[A-Z])/);
  return fail(found, rest.join(" ") || "Correct it, or leave it out.");
}

/** The configuration, if the URLs in it are usable. Missing credentials are replaced: some steps need none. */
function usableConfiguration(sources: Sources): Configuration | undefined {
  const lookup = (name: string): string | undefined => {
    const key = name.replace(/^thinkgeo:/, "");
    return sources.find(key)?.value ?? (CREDENTIALS.includes(key) ? "missing" : undefined);
  };
  try {
    return readConfiguration(lookup, {}, sources.given);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return undefined;
  }
}

function mixtureFindings(sources: Sources): StepFinding[] {
  const [id, secret] = CREDENTIALS.map((key) => sources.find(key)?.from);
  if (id === undefined || secret === undefined || id === secret) return [];
  const found = `clientId comes from the ${id} and clientSecret from the ${secret}: they may be of two clients.`;
  return [warn(found, "Set both in one place.")];
}

/** The provider appends paths to the URL, so it must not end with one of them. */
function pathFindings(apiUrl: string | undefined): StepFinding[] {
  if (apiUrl === undefined || !/\/(?:api|identity|swagger|clients\.html|help)\b/i.test(apiUrl)) return [];
  const todo = `Set thinkgeo:apiUrl to ${new URL(apiUrl).origin}, unless the service really lies below that path.`;
  return [warn(`thinkgeo:apiUrl holds a path that this package adds by itself (${apiUrl}).`, todo)];
}
