import type { StackValidationPolicy } from "@pulumi/policy";
import { isClient } from "./declared-client";
import { readSettings, type SettingsSchema } from "./settings";

interface Settings {
  readonly maximum: number;
}

const NAME = "thinkgeo-client-count";
const MOST_NAMES = 10;

const SETTINGS: SettingsSchema<Settings> = {
  maximum: {
    type: "integer",
    minimum: 0,
    default: 100,
    description: "How many clients a stack may have.",
  },
};

/** What is wrong with the number of clients, if anything is. */
export function findExcess(clients: readonly string[], { maximum }: Settings): string | undefined {
  if (clients.length <= maximum) return undefined;
  const more = clients.length - MOST_NAMES;
  const names = [...clients.toSorted().slice(0, MOST_NAMES), ...(more > 0 ? [`${more} more`] : [])].join(
    ", ",
  );
  return `The stack has ${clients.length} client${clients.length === 1 ? "" : "s"} (${names}), and may have ${maximum}: take some out, or move them to another stack.`;
}

/** A loop gone wrong makes many keys, and somebody has to find and delete them. */
export const clientCount: StackValidationPolicy = {
  name: NAME,
  description: "A stack has no more clients than allowed.",
  enforcementLevel: "mandatory",
  configSchema: { properties: { ...SETTINGS } },
  validateStack: (stack, reportViolation) => {
    const settings = readSettings<Settings>(NAME, SETTINGS, stack.getConfig());
    const clients = stack.resources.filter(({ type }) => isClient(type)).map(({ name }) => name);
    const excess = findExcess(clients, settings);
    if (excess !== undefined) reportViolation(excess);
  },
};
