import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../provider/troubleshooting";

/** One ThinkGeo account, and how to talk to it: what the `thinkgeo:` settings of a stack say of the default one. */
export interface AccountArgs {
  /** The `clientId` of a NativeConfidential client of the account that has the User role. Encrypted in state. */
  clientId: pulumi.Input<string>;
  /** Its secret. Encrypted in state. */
  clientSecret: pulumi.Input<string>;
  /** The service's address. @default THINKGEO_API_URL in the environment, else `https://cloud.thinkgeo.com` */
  apiUrl?: pulumi.Input<string>;
  /** Where tokens are asked for. @default `<apiUrl>/identity/connect/token` */
  tokenUrl?: pulumi.Input<string>;
  /** Seconds that one operation may take with all its repeats, 1 to 3,600. @default 90 */
  requestTimeout?: pulumi.Input<number>;
  /** Requests at once, 1 to 64. @default 8 */
  maxConcurrency?: pulumi.Input<number>;
  /** What to do with a client that an interrupted run left behind (docs/lost-clients.md). @default "stop" */
  onLostClient?: pulumi.Input<"stop" | "adopt">;
  /** What to do where the clients of the stack are missing in a way that looks like lost rights (docs/lost-clients.md). @default "stop" */
  onVanished?: pulumi.Input<"stop" | "accept">;
  /** Lets a run delete or restrict the client that it signs in with. @default false */
  allowSelfLockout?: pulumi.Input<boolean>;
}

/** Settings by their names without `thinkgeo:`. */
export type Settings = Record<string, string | undefined>;

const settingsOf = new WeakMap<Account, pulumi.Output<Settings>>();

/**
 * An account beside the one of the stack's configuration, or instead of it.
 *
 * ```ts
 * const emea = new thinkgeo.Account("emea", {
 *   clientId: config.require("emeaClientId"),
 *   clientSecret: config.requireSecret("emeaClientSecret"),
 * });
 * new thinkgeo.Client("web", { type: "JavaScript", allowedOrigins: ["acme.eu"] }, { provider: emea });
 * ```
 *
 * Each account is served by a process of its own, so two never mix. Other credentials of the same account replace nothing.
 */
export class Account extends pulumi.ProviderResource {
  constructor(name: string, args: AccountArgs, opts?: pulumi.ResourceOptions) {
    // What is misspelt goes on, too: the provider knows the right spelling.
    const given: Readonly<Record<string, AccountArgs[keyof AccountArgs]>> = { ...REQUIRED, ...args };
    const inputs = Object.entries(given).flatMap(([key, value]) => {
      const text = pulumi.output(value).apply((plain) => textOf(name, key, plain));
      return value === undefined && !(key in REQUIRED) ? [] : [[key, pulumi.secret(text)] as const];
    });
    // Pulumi has no dynamic providers of other names, and each has the settings that it is given, under their full keys.
    const properties = inputs.map(([key, value]) => [`thinkgeo:${key}`, value] as const);
    super("pulumi-nodejs", name, Object.fromEntries(properties), opts);
    settingsOf.set(
      this,
      pulumi
        .all(inputs.map(([, value]) => value))
        .apply((values) => Object.fromEntries(inputs.map(([key], index) => [key, values[index]]))),
    );
  }
}

const REQUIRED = { clientId: undefined, clientSecret: undefined };

/** An empty credential would be taken from the environment, and so be that of another account. */
function textOf(account: string, key: string, value: unknown): string | undefined {
  const text = ["string", "number", "boolean"].includes(typeof value) ? String(value).trim() : "";
  if (text !== "") return text;
  if (!(key in REQUIRED)) return undefined;
  throw new UserError(
    "account-object",
    `Account ${JSON.stringify(account)} has no ${key}: give it the one of a client of that account.`,
  );
}

/** What an account was declared with, for look-ups that run in the program itself. */
export function declaredSettings(account: Account): pulumi.Output<Settings> {
  const settings = settingsOf.get(account);
  if (settings === undefined)
    throw new UserError("account-object", "This account was made by another copy of pulumi-thinkgeo.");
  return settings;
}
