import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import { isClient, readDeclaredClient, type DeclaredClient } from "./declared-client";
import { matchesAll } from "./pattern";
import { readSettings, type SettingsSchema } from "./settings";

/** A rule that looks at one client at a time. */
export interface ClientRule<S extends object> {
  readonly name: string;
  readonly description: string;
  readonly level: EnforcementLevel;
  readonly settings: SettingsSchema<S>;
  /** What is wrong with a client, each as the rest of a sentence that begins with the client. Pure. */
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

/** A name that is not known yet may be an exception; `up` knows it. */
function isExcepted({ name }: DeclaredClient, { except }: Exceptions, rule: string): boolean {
  if (except === "") return false;
  return name === undefined || matchesAll(except, name, `"except" of ${rule}`);
}
