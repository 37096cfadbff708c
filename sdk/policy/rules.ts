import type { StackValidationPolicy } from "@pulumi/policy";
import { AddressList, OriginList, sizeOf, type AddressRange } from "../../provider/whitelist";
import { suffixesBelow } from "../../provider/whitelist/suffixes";
import {
  isClient,
  matchesAll,
  readSettings,
  type ClientRule,
  type DeclaredList,
  type SettingsSchema,
} from "./rule";

const known = (list: DeclaredList): string[] => list.filter((entry) => entry !== undefined);

/** Whether a list of origins restricts anybody. An entry that is not known before `up` may. */
const restrictsOrigins = (list: DeclaredList = []): boolean =>
  list.includes(undefined) || !new OriginList(known(list)).restrictsNobody;

/** Whether a list of addresses restricts anybody. An entry that is not known before `up` may. */
const restrictsAddresses = (list: DeclaredList = []): boolean =>
  list.includes(undefined) || !new AddressList(known(list)).restrictsNobody;

const LIST_THEM = 'list the sites that use it, as in allowedOrigins: ["acme.com", "*.acme.com"].';

/** Everybody can read the key of a JavaScript client in the page: only its origins keep others from using it. */
export const javascriptOrigins: ClientRule<{ readonly allowAddresses: boolean }> = {
  name: "thinkgeo-javascript-origins",
  description: "JavaScript clients have an origin whitelist, and no wildcard in it is above a public suffix.",
  level: "mandatory",
  settings: {
    allowAddresses: {
      type: "boolean",
      default: false,
      description: "Whether an address whitelist will do instead.",
    },
  },
  findProblems: ({ type, allowedOrigins, allowedIpAddresses }, { allowAddresses }) => {
    if (type !== "JavaScript") return [];
    if (restrictsOrigins(allowedOrigins)) return strangersIn(allowedOrigins);
    if (!restrictsAddresses(allowedIpAddresses))
      return [`has no allowedOrigins, so the pages of every site may use its key: ${LIST_THEM}`];
    return allowAddresses
      ? []
      : [`has allowedIpAddresses and no allowedOrigins, so it is not bound to your sites: ${LIST_THEM}`];
  },
};

/** Names entries by their index: a program may keep them secret, and a policy is not told which. */
function strangersIn(list: DeclaredList = []): string[] {
  const places = [...list.keys()].filter((index) => suffixesBelow(list[index] ?? "").length > 0);
  if (places.length === 0) return [];
  const entries = places.map((index) => `allowedOrigins[${index}]`).join(", ");
  return [
    `allows the sites of strangers by ${entries}: public suffixes lie below, as s3.amazonaws.com lies below *.amazonaws.com, and anybody can have a site there. List the hosts of your own sites.`,
  ];
}

/** With an address whitelist, a leaked secret is of little use elsewhere. */
export const nativeAddresses: ClientRule<object> = {
  name: "thinkgeo-native-addresses",
  description: "NativeConfidential clients have an address whitelist.",
  level: "mandatory",
  settings: {},
  findProblems: ({ type, allowedIpAddresses }) => {
    if (type !== "NativeConfidential" || restrictsAddresses(allowedIpAddresses)) return [];
    const what =
      (allowedIpAddresses ?? []).length === 0
        ? "has no allowedIpAddresses"
        : "has allowedIpAddresses that hold every address";
    return [
      `${what}, so its secret works from everywhere: list the servers that use it, as in allowedIpAddresses: ["203.0.113.0/24"].`,
    ];
  },
};

/** A wide range contains addresses of strangers. Adjacent ranges count as one: two halves are the whole. */
export const addressRange: ClientRule<{ readonly widestPrefix: number }> = {
  name: "thinkgeo-address-range",
  description: "No range of an address whitelist is wider than the widest that is allowed.",
  level: "mandatory",
  settings: {
    widestPrefix: {
      type: "integer",
      minimum: 1,
      maximum: 32,
      default: 16,
      description: "The prefix length of the widest range that is allowed.",
    },
  },
  findProblems: ({ allowedIpAddresses = [] }, { widestPrefix }) => {
    const most = 2 ** (32 - widestPrefix);
    return wholeRanges(allowedIpAddresses)
      .filter((range) => sizeOf(range) > most)
      .map((range) => {
        const places = placesIn(allowedIpAddresses, range);
        return `allows an unbroken range of ${amount(sizeOf(range))} addresses by ${places}: at most ${amount(most)} (/${widestPrefix}) are allowed, so list narrower ranges.`;
      });
  },
};

/** The ranges of a list, adjacent ones united; none for an empty list, although that restricts nobody. */
function wholeRanges(list: DeclaredList): readonly AddressRange[] {
  const entries = known(list).filter((entry) => entry.trim() !== "");
  return entries.length === 0 ? [] : new AddressList(entries).ranges;
}

const amount = (value: number): string => value.toLocaleString("en-US");

function placesIn(list: DeclaredList, { first, last }: AddressRange): string {
  const places = [...list.keys()].filter((index) =>
    wholeRanges([list[index]]).some((range) => first <= range.first && range.last <= last),
  );
  return places.map((index) => `allowedIpAddresses[${index}]`).join(", ");
}

/** The role User grants the management of the account, which an application does not need. */
export const noUserRole: ClientRule<{ readonly roles: readonly string[] }> = {
  name: "thinkgeo-no-user-role",
  description: "Keys of applications are not granted the role User.",
  level: "mandatory",
  settings: {
    roles: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: ["User"],
      description: "The roles that are not to be granted.",
    },
  },
  findProblems: ({ grantedRoles = [] }, { roles }) => {
    const granted = grantedRoles.map((role) => role?.toLowerCase());
    return roles
      .filter((role) => granted.includes(role.toLowerCase()))
      .map(
        (role) =>
          `is granted the role ${JSON.stringify(role)}: leave it out of grantedRoles, or let "except" of this rule match the name of an operator's key.`,
      );
  },
};

/** A client without declared roles is granted all of the account's. */
export const rolesDeclared: ClientRule<object> = {
  name: "thinkgeo-roles-declared",
  description: "Clients declare the roles that they are granted.",
  level: "advisory",
  settings: {},
  findProblems: ({ grantedRoles }) =>
    grantedRoles === undefined
      ? [
          'declares no grantedRoles, so ThinkGeo grants it every role of the account, User too if the account has it: declare those that it needs, as in grantedRoles: ["Evaluator"].',
        ]
      : [],
};

const CLIENT_NAME = "thinkgeo-client-name";

/** In ThinkGeo's console, only its name says whose a key is. */
export const clientName: ClientRule<{ readonly pattern: string }> = {
  name: CLIENT_NAME,
  description: "Names of clients follow the convention.",
  level: "mandatory",
  settings: {
    pattern: {
      type: "string",
      minLength: 1,
      maxLength: 500,
      default: ".*",
      description:
        "A regular expression that matches the whole of every client's name, declared or else the resource's.",
    },
  },
  findProblems: ({ name }, { pattern }) =>
    name === undefined || matchesAll(pattern, name, `"pattern" of ${CLIENT_NAME}`)
      ? []
      : [`is named ${JSON.stringify(name)}, and the whole name must match ${pattern}: rename it.`],
};

const NO_RETAIN = "thinkgeo-no-retain";

/** A retained key still works when no program manages it any more. */
export const noRetain: ClientRule<{ readonly stacks: string }> = {
  name: NO_RETAIN,
  description: 'deletionPolicy "retain" is not used where it is forbidden.',
  level: "mandatory",
  settings: {
    stacks: {
      type: "string",
      maxLength: 500,
      default: "(.*[-_.])?prod(uction)?([-_.].*)?",
      description:
        'Where "retain" is forbidden: a regular expression that matches the whole of the stack\'s name.',
    },
  },
  findProblems: ({ deletionPolicy, stack }, { stacks }) =>
    deletionPolicy === "retain" && matchesAll(stacks, stack, `"stacks" of ${NO_RETAIN}`)
      ? [
          `has the deletionPolicy "retain", which leaves a working key behind and is forbidden in the stack ${JSON.stringify(stack)}: use "delete", or "deactivate", which keeps the client switched off.`,
        ]
      : [],
};

/** A key that is rotated is of no use to whoever copied it long ago. */
export const keyAge: ClientRule<{ readonly maximumDays: number; readonly types: readonly string[] }> = {
  name: "thinkgeo-key-age",
  description: "Keys are renewed by a RotatingClient before they are too old.",
  level: "advisory",
  settings: {
    maximumDays: {
      type: "number",
      exclusiveMinimum: 0,
      default: 90,
      description: "The largest rotateAfterDays that is allowed.",
    },
    types: {
      type: "array",
      items: { type: "string", enum: ["JavaScript", "NativeConfidential"] },
      default: ["NativeConfidential"],
      description: "The types of client whose keys must be renewed.",
    },
  },
  findProblems: ({ type, rotating, rotateAfterDays }, { maximumDays, types }) => {
    if (type === undefined || !types.includes(type) || rotateAfterDays === "unknown") return [];
    const wanted = `rotateAfterDays of at most ${maximumDays}`;
    if (!rotating) return [`is never renewed: make it a RotatingClient with ${wanted}.`];
    if (rotateAfterDays === undefined) return [`is renewed only on demand: give it a ${wanted}.`];
    return rotateAfterDays <= maximumDays
      ? []
      : [`is renewed after ${rotateAfterDays} days: give it a ${wanted}.`];
  },
};

const CLIENT_COUNT = "thinkgeo-client-count";
const MOST_NAMES = 10;

const CLIENT_COUNT_SETTINGS: SettingsSchema<{ readonly maximum: number }> = {
  maximum: {
    type: "integer",
    minimum: 0,
    default: 100,
    description: "How many clients a stack may have.",
  },
};

function findExcess(clients: readonly string[], maximum: number): string | undefined {
  if (clients.length <= maximum) return undefined;
  const more = clients.length - MOST_NAMES;
  const names = [...clients.toSorted().slice(0, MOST_NAMES), ...(more > 0 ? [`${more} more`] : [])].join(
    ", ",
  );
  return `The stack has ${clients.length} client${clients.length === 1 ? "" : "s"} (${names}), and may have ${maximum}: take some out, or move them to another stack.`;
}

/** A faulty loop creates many clients, which somebody has to find and delete. */
export const clientCount: StackValidationPolicy = {
  name: CLIENT_COUNT,
  description: "A stack has no more clients than allowed.",
  enforcementLevel: "mandatory",
  configSchema: { properties: { ...CLIENT_COUNT_SETTINGS } },
  validateStack: (stack, reportViolation) => {
    const { maximum } = readSettings(CLIENT_COUNT, CLIENT_COUNT_SETTINGS, stack.getConfig());
    const clients = stack.resources.filter(({ type }) => isClient(type)).map(({ name }) => name);
    const excess = findExcess(clients, maximum);
    if (excess !== undefined) reportViolation(excess);
  },
};
