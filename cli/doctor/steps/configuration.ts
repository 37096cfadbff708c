import { shortKey } from "../../../provider/cloud/api";
import {
  ConfigurationError,
  DEFAULT_API_URL,
  keyProblems,
  readConfiguration,
  SETTINGS,
  variableOf,
  type GivenKeys,
} from "../../../provider/configuration";
import { isInEnvironment, stackOf as stackToSignIn } from "../../account/sign-in";
import type { StackSettings } from "../../stacks/stack";
import { fail, info, pass, warn, type Finding } from "../finding";
import type { Step } from "../step";
import type { Visit } from "../visit";

const CREDENTIALS = ["clientId", "clientSecret"];

/** Which settings there are, and where each comes from. */
export const configuration: Step = {
  name: "configuration",
  title: "Configuration",
  needs: [],
  run: async (visit) => {
    const { values, findings } = await stackOf(visit);
    const places = new Places(values, visit.terminal.environment);
    const settings = SETTINGS.flatMap((key) => findSetting(key, places));
    const misspelt = keyProblems(places.given).map(failed);
    connect(visit, places);
    const mixed = findings.some(({ level }) => level === "fail") ? [] : mixture(places);
    return [...findings, ...misspelt, ...settings, ...mixed, ...baseProblem(visit)];
  },
};

interface Found {
  readonly value: string;
  readonly from: "stack" | "environment";
}

class Places {
  constructor(
    readonly stack: StackSettings["values"],
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

async function stackOf({
  asked: { stack: named, folder },
  terminal,
}: Visit): Promise<{ values: StackSettings["values"]; findings: readonly Finding[] }> {
  const failed = (error: unknown): Finding => {
    const said = error instanceof Error ? error.message : "no reason is known";
    const todo = 'Check --stack and --cwd ("pulumi stack ls" lists the stacks) and PULUMI_CONFIG_PASSPHRASE.';
    const found = `The stack's configuration cannot be read: ${said}`;
    // Then only the environment is left, as for every other verb.
    return named === undefined && isInEnvironment(terminal) ? warn(found, todo) : fail(found, todo);
  };
  try {
    const { stack, problem } = await stackToSignIn({ stack: named, cwd: folder }, terminal);
    if (problem !== undefined) return { values: {}, findings: [failed(problem)] };
    if (stack === undefined) {
      const none = info(
        `${folder} is in no Pulumi project, so only the environment is read (--cwd names a project's folder).`,
      );
      return { values: {}, findings: [none] };
    }
    const { name, values, unencrypted } = stack;
    const read = info(`The configuration of stack ${name} was read.`);
    const plain = unencrypted.includes("thinkgeo:clientSecret") ? [plainSecret(name)] : [];
    return { values, findings: [read, ...plain] };
  } catch (error) {
    return { values: {}, findings: [failed(error)] };
  }
}

const plainSecret = (stack: string): Finding =>
  warn(
    `Pulumi.${stack}.yaml holds thinkgeo:clientSecret in plain text, so everybody who reads the repository has it.`,
    "Store it with: pulumi config set --secret thinkgeo:clientSecret. If the file was ever shared, sign in with a new client, and retire this one.",
  );

function findSetting(key: string, places: Places): Finding[] {
  const found = places.find(key);
  const problem = problemWith(key, found?.value);
  if (problem !== undefined) return [failed(problem)];
  if (found === undefined) return key === "apiUrl" ? [pass(`apiUrl is ${DEFAULT_API_URL}, by default.`)] : [];
  const from =
    found.from === "stack" ? "from the stack's configuration" : `from the environment (${variableOf(key)})`;
  return [pass(`${key} ${shown(key, found.value)}, ${from}.`)];
}

/** A secret is never shown, and of a key only enough to recognise it by. */
const shown = (key: string, value: string): string =>
  key === "clientSecret" ? "is set" : `is ${key === "clientId" ? shortKey(value) : value}`;

/** What `readConfiguration` says of one setting alone. */
function problemWith(key: string, value: string | undefined): string | undefined {
  const standIns = { "thinkgeo:clientId": "id", "thinkgeo:clientSecret": "secret" };
  const given: Record<string, string | undefined> = { ...standIns, [`thinkgeo:${key}`]: value };
  try {
    readConfiguration((name) => given[name], {});
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message;
  }
}

/** A sentence, and after it what to do. */
function failed(message: string): Finding {
  const [found = "", ...rest] = message.split(/(?<=[.?]) (?=[A-Z])/);
  return fail(found, rest.join(" ") || "Correct it, or leave it out.");
}

/** Connects where the address can be used, even if nobody can sign in there. */
function connect(visit: Visit, places: Places): void {
  const has = CREDENTIALS.every((key) => places.find(key) !== undefined);
  const lookup = (name: string): string | undefined => {
    const key = name.replace(/^thinkgeo:/, "");
    return places.find(key)?.value ?? (CREDENTIALS.includes(key) ? "missing" : undefined);
  };
  try {
    visit.connect(readConfiguration(lookup, {}, places.given), has);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
  }
}

function mixture(places: Places): Finding[] {
  const [id, secret] = CREDENTIALS.map((key) => places.find(key)?.from);
  if (id === undefined || secret === undefined || id === secret) return [];
  const found = `clientId comes from the ${id} and clientSecret from the ${secret}: they may be of two clients.`;
  return [warn(found, "Set both in one place.")];
}

/** Every path is put behind the address, so a part of one in it is too much. */
function baseProblem({ configuration: read }: Visit): Finding[] {
  if (read === undefined || !/\/(?:api|identity|swagger|clients\.html|help)\b/i.test(read.apiUrl)) return [];
  const todo = `Set thinkgeo:apiUrl to ${new URL(read.apiUrl).origin}, unless the service really lies below that path.`;
  return [warn(`thinkgeo:apiUrl holds a path that this package adds by itself (${read.apiUrl}).`, todo)];
}
