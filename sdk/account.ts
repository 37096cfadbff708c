import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../provider/troubleshooting";

/** The arguments of an Account: the same as the stack's `thinkgeo:` configuration of the default account. */
export interface AccountArgs {
  /** The client ID of a NativeConfidential client of the account, with the role User. Encrypted in state. */
  clientId: pulumi.Input<string>;
  /** Its client secret. Encrypted in state. */
  clientSecret: pulumi.Input<string>;
  /** URL of the API. @default THINKGEO_API_URL in the environment, else `https://cloud.thinkgeo.com` */
  apiUrl?: pulumi.Input<string>;
  /** URL of the token endpoint. @default `<apiUrl>/identity/connect/token` */
  tokenUrl?: pulumi.Input<string>;
  /** Seconds for all requests of one operation on one client, with retries: 1 to 3600. @default 90 */
  requestTimeout?: pulumi.Input<number>;
  /** Requests at the same time: 1 to 64. @default 8 */
  maxConcurrency?: pulumi.Input<number>;
  /** What a run does with an orphaned client of a generated name (docs/troubleshooting.md). @default "stop" */
  onLostClient?: pulumi.Input<"stop" | "adopt">;
  /** What a run does if its clients seem deleted, but perhaps only rights are lost (docs/troubleshooting.md). @default "stop" */
  onVanished?: pulumi.Input<"stop" | "accept">;
  /** Allows a run to delete, deactivate or restrict the provider's own client. @default false */
  allowSelfLockout?: pulumi.Input<boolean>;
}

/** Settings by their names without `thinkgeo:`. */
export type Settings = Record<string, string | undefined>;

const settingsOf = new WeakMap<Account, pulumi.Output<Settings>>();

/**
 * An explicit provider: an account beside the one of the stack's configuration, or instead of it.
 *
 * ```ts
 * const emea = new thinkgeo.Account("emea", {
 *   clientId: config.require("emeaClientId"),
 *   clientSecret: config.requireSecret("emeaClientSecret"),
 * });
 * new thinkgeo.Client("web", { type: "JavaScript", allowedOrigins: ["acme.eu"] }, { provider: emea });
 * ```
 *
 * Each account has its own process and its own token. New credentials of the same account replace nothing.
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
