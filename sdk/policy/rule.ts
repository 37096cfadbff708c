import { runInNewContext } from "node:vm";
import type {
  EnforcementLevel,
  PolicyConfigSchema,
  ResourceValidationArgs,
  ResourceValidationPolicy,
} from "@pulumi/policy";
import { hasGeneratedForm } from "../../provider/naming";
import { kindOfToken, NATIVE_CLIENT_TYPE_TOKEN } from "../../provider/shell";
import { UserError } from "../../provider/troubleshooting";
import { stackIn } from "../../provider/urn";

type JsonSchema = PolicyConfigSchema["properties"][string];

/** A JSON schema for each setting of a rule, by which the engine checks values. Every setting has a default. */
export type SettingsSchema<S> = {
  readonly [K in keyof S]: JsonSchema & { readonly description: string; readonly default: S[K] };
};

/** A wrong configuration of the pack. The engine prints the stack of an error, which would not help here. */
class SettingsError extends UserError {
  constructor(text: string) {
    super("policy-config", text);
    this.stack = this.message;
  }
}

/** The settings of a rule, with defaults. An unknown setting is refused: the engine ignores it, so a misspelt limit would be none. */
export function readSettings<S extends object, More extends object = object>(
  rule: string,
  schema: SettingsSchema<S> & SettingsSchema<More>,
  given: Readonly<Record<string, unknown>>,
): S & More {
  const names = Object.keys(schema);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new SettingsError(
      `${rule} has no setting "${unknown.slice(0, 80)}": it has ${names.map((name) => `"${name}"`).join(", ")}.`,
    );
  const defaults = Object.entries<JsonSchema>(schema).map(([name, { default: value }]) => [name, value]);
  return { ...Object.fromEntries(defaults), ...given } as S & More;
}

/** The longest name of a client. */
const LONGEST_TEXT = 256;
const LONGEST_MATCH_MS = 500;

/**
 * Whether a regular expression from a pack's configuration matches the whole text. A text that is too long for a name does
 * not match. The time is limited, because some expressions take years for some texts.
 *
 * @param setting the name of the setting, for the error
 */
export function matchesAll(expression: string, text: string, setting: string): boolean {
  const pattern = compile(expression, setting);
  if (text.length > LONGEST_TEXT) return false;
  try {
    return runInNewContext("pattern.test(text)", { pattern, text }, { timeout: LONGEST_MATCH_MS }) === true;
  } catch {
    throw new SettingsError(
      `${setting} is ${JSON.stringify(expression)}, which takes too long on ${JSON.stringify(text)}. ` +
        "A repetition within a repetition, such as (a+)+, does that: write it without.",
    );
  }
}

function compile(expression: string, setting: string): RegExp {
  try {
    // Alone first: "a)|(b" is invalid, but would become valid between the brackets, and not match the whole text.
    new RegExp(expression, "u");
    return new RegExp(`^(?:${expression})$`, "u");
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    throw new SettingsError(`${setting} is no regular expression of JavaScript (with the flag u): ${reason}`);
  }
}

/** A declared list. `undefined` is an element that is not known before `up`; a list that is not known has one. */
export type DeclaredList = readonly (string | undefined)[];

/** What a program declares about one client, as far as rules need it. */
export interface DeclaredClient {
  /** The resource's name in the program. */
  readonly resource: string;
  readonly stack: string;
  /** Whether it is a RotatingClient. */
  readonly rotating: boolean;
  /** The declared name, or else the resource's, because generated names follow no convention. `undefined`: not known before `up`. */
  readonly name: string | undefined;
  /** `undefined`: not known before `up`. */
  readonly type: string | undefined;
  /** `undefined`: not known before `up`. */
  readonly deletionPolicy: string | undefined;
  readonly grantedRoles: DeclaredList | undefined;
  readonly allowedOrigins: DeclaredList | undefined;
  readonly allowedIpAddresses: DeclaredList | undefined;
  readonly rotateAfterDays: number | "unknown" | undefined;
}

/** Whether a resource is a client, rotating or not. */
export const isClient = (type: string): boolean => kindOfToken(type) !== undefined;

/** Reads the properties that a policy is given. */
function readDeclaredClient({
  type: token,
  name: resource,
  urn,
  props,
}: Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">): DeclaredClient {
  const rotating = kindOfToken(token) === "RotatingClient";
  const days = valueAt(props, "rotateAfterDays");
  const name = isGenerated(token, resource, props) ? undefined : valueAt(props, "name");
  return {
    resource,
    stack: stackIn(urn),
    rotating,
    name: name === undefined ? resource : textIn(name),
    type: textIn(valueAt(props, "type")),
    deletionPolicy: textIn(valueAt(props, "deletionPolicy")),
    grantedRoles: listIn(valueAt(props, "grantedRoles")),
    allowedOrigins: listIn(valueAt(props, "allowedOrigins")),
    allowedIpAddresses: listIn(valueAt(props, "allowedIpAddresses")),
    rotateAfterDays: days === UNKNOWN ? "unknown" : typeof days === "number" ? days : undefined,
  };
}

/**
 * Whether the provider has added the name. For a dynamic Client, it stands beside the `autoName` from which it is generated;
 * of a native one, the form of the name tells. A RotatingClient has a name only if one is declared.
 */
function isGenerated(token: string, resource: string, props: ResourceValidationArgs["props"]): boolean {
  if (kindOfToken(token) === "RotatingClient") return false;
  const name = valueAt(props, "name");
  return token === NATIVE_CLIENT_TYPE_TOKEN
    ? typeof name === "string" && hasGeneratedForm(name, resource)
    : valueAt(props, "autoName") !== undefined;
}

const UNKNOWN = Symbol("not known before up");

/** Reading a property throws if its value is not known before `up`. */
function valueAt(
  holder: Readonly<Record<string | number, unknown>> | readonly unknown[],
  key: string | number,
): unknown {
  try {
    return Reflect.get(holder, key) ?? undefined;
  } catch {
    return UNKNOWN;
  }
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function listIn(value: unknown): DeclaredList | undefined {
  if (value === UNKNOWN) return [undefined];
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  return Array.from({ length: list.length }, (_, index) => textIn(valueAt(list, index)));
}

/** A rule about one client at a time. */
export interface ClientRule<S extends object> {
  readonly name: string;
  readonly description: string;
  readonly level: EnforcementLevel;
  readonly settings: SettingsSchema<S>;
  /** The problems of a client, each as the rest of a sentence that begins with the client. Pure. */
  readonly findProblems: (client: DeclaredClient, settings: S) => string[];
}

interface Exceptions {
  readonly except: string;
}

const EXCEPTIONS: SettingsSchema<Exceptions> = {
  except: {
    type: "string",
    maxLength: 500,
    default: "",
    description:
      "The clients that this rule does not look at: a regular expression that matches the whole of their names, declared or else the resource's.",
  },
};

/** The policy that applies a rule to every client of a stack. */
export function clientPolicy<S extends object>(rule: ClientRule<S>): ResourceValidationPolicy {
  const properties = { ...rule.settings, ...EXCEPTIONS };
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.level,
    configSchema: { properties },
    validateResource: (args, reportViolation) => {
      if (!isClient(args.type)) return;
      const settings = readSettings<S, Exceptions>(rule.name, properties, args.getConfig());
      const client = readDeclaredClient(args);
      if (isExcepted(client, settings, rule.name)) return;
      for (const problem of rule.findProblems(client, settings))
        reportViolation(`Client ${JSON.stringify(client.resource)} ${problem}`);
    },
  };
}

/** A name that is not known before `up` may be an exception. */
function isExcepted({ name }: DeclaredClient, { except }: Exceptions, rule: string): boolean {
  if (except === "") return false;
  return name === undefined || matchesAll(except, name, `"except" of ${rule}`);
}
