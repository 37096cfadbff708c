import type * as pulumi from "@pulumi/pulumi";

/** A role's name. The three are those that the vendor names; an account may have others. */
export type RoleName = "User" | "Evaluator" | "Subscriber" | (string & NonNullable<unknown>);

/** The two kinds of client: for browsers, with one public key; for servers, with an id and a secret. */
export type ClientType = "JavaScript" | "NativeConfidential";

/**
 * What a program declares of one client. How sure each fact of the API is: docs/thinkgeo-api.md in this package.
 *
 * One interface and no union, so that `Omit`, `Pick`, `Partial` and `extends` keep every property. Which properties go
 * together, the constructor of {@link Client} knows.
 */
export interface ClientArgs {
  /** The kind of client. It cannot change: another type replaces the client. */
  type: pulumi.Input<ClientType>;

  /**
   * The client's name in ThinkGeo's console: 1 to 256 characters, no control characters.
   *
   * @default `<resource name>-<8 hexadecimal digits>`, the same in every run. An explicit name that is later left out
   * is kept.
   */
  name?: pulumi.Input<string>;

  /**
   * The roles that the client is granted, by name: at most those of the account. Order does not
   * matter. `[]` grants none.
   *
   * @default all roles of the account when the client is made (documented by the vendor), and never compared after:
   * `effectiveRoles` shows them.
   */
  grantedRoles?: pulumi.Input<readonly pulumi.Input<RoleName>[]>;

  /**
   * Whether the key works. An inactive client can be made active again; its key stays the same.
   *
   * @default true
   */
  active?: pulumi.Input<boolean>;

  /**
   * The GUID of an existing client that this resource takes over instead of making one: it is changed to what is
   * declared here, and keeps its keys. Taking the line out later is no change; another GUID replaces the client.
   * In a TypeScript program without the native plugin, `pulumi import` does not work, and this does.
   *
   * @default none: a client is made
   */
  adopt?: pulumi.Input<string>;

  /**
   * What becomes of the client when the resource is deleted or replaced: `"delete"`; `"deactivate"`, which keeps it
   * in the account, switched off; or `"retain"`, which leaves it as it is. The policy of the last `up` counts.
   *
   * @default "delete"
   */
  deletionPolicy?: pulumi.Input<"delete" | "deactivate" | "retain">;

  /**
   * Any map. A new value makes a new client and deletes this one, in that order, so that both work in between. This
   * is how a key is renewed: ThinkGeo has no call for it.
   *
   * @default never
   */
  replaceWhenChanged?: pulumi.Input<Readonly<Record<string, unknown>>>;

  /**
   * The origins that may use a JavaScript client: hosts (`"acme.com"`) or all subdomains of one (`"*.acme.com"`),
   * without scheme, port or path. Whether `*.acme.com` covers `acme.com` is not documented: name both. Public suffixes
   * are refused. Order, case, repetitions, a trailing dot and international spelling do not matter. An empty list is
   * refused: leave it out to restrict nothing.
   *
   * A client has origins or IP addresses, not both. A NativeConfidential client has no origins.
   *
   * @default no restriction
   */
  allowedOrigins?: pulumi.Input<readonly pulumi.Input<string>[]>;

  /**
   * The addresses that may use a client: IPv4 addresses (`"198.51.100.7"`), trailing wildcards (`"203.0.113.*"`) or
   * CIDR (`"203.0.113.0/24"`), as ThinkGeo sees the caller. Lists that hold the same addresses are the same, however
   * they are written. An empty one, or one of all addresses, is refused: leave it out to restrict nothing.
   *
   * @default no restriction
   */
  allowedIpAddresses?: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** {@link ClientArgs} of a JavaScript client. */
export interface JavaScriptClientArgs extends ClientArgs {
  type: pulumi.Input<"JavaScript">;
}

/** {@link ClientArgs} of a NativeConfidential client, which has no origins. */
export interface NativeConfidentialClientArgs extends ClientArgs {
  type: pulumi.Input<"NativeConfidential">;
  allowedOrigins?: never;
}

/** When the key is renewed, and what becomes of the one before. */
export interface RotationArgs {
  /**
   * Any map. A new value makes a new client, which becomes the current one; the one before stays valid through the
   * overlap. While an overlap runs, the change waits for its end, because there are never three clients.
   *
   * @default never
   */
  rotateWhenChanged?: pulumi.Input<Readonly<Record<string, unknown>>>;

  /**
   * The age, in days, at which the next `pulumi up` renews the key. A number of 0 to 36,500 that may have a fraction,
   * more than `overlapDays`. Only `up` renews: no preview, refresh or drift run does. An `up` that runs up to 5 % of that
   * time early, at most 12 hours, renews already, so that a weekly or nightly pipeline keeps the period.
   *
   * @default never
   */
  rotateAfterDays?: pulumi.Input<number>;

  /**
   * For how many days the client before the current one stays valid, and for how many more it is kept, switched off,
   * before it is deleted; both may end up to 5 % of that time early, at most 12 hours. 0 ends both with the next `up`. A larger number switches on again what it covers.
   *
   * @default 7
   */
  overlapDays?: pulumi.Input<number>;

  /**
   * What the first `up` after the overlap does with the client before the current one: `"deactivate"` switches it
   * off, which can be undone, and a later `up` deletes it; `"delete"` deletes it at once.
   *
   * @default "deactivate"
   */
  retire?: pulumi.Input<"deactivate" | "delete">;

  /**
   * Setting it to true renews the key now, whatever overlap is running, and deletes all others in the same `up`: for a
   * key that has leaked. It acts once; take it out, and set it again, to do it again.
   *
   * @default false
   */
  emergency?: pulumi.Input<boolean>;

  /**
   * The GUID of an existing client that is taken over instead of making one: as the first, or as the next if one is due
   * (docs/lost-clients.md). It counts once, and may then be taken out.
   *
   * @default none: a client is made
   */
  adopt?: pulumi.Input<string>;

  /**
   * The time to act at, such as `"2026-01-31T12:00:00Z"`: for tests of a program.
   *
   * @default the clock of the machine that runs Pulumi
   */
  now?: pulumi.Input<string | undefined>;
}

/** What a program declares of one client whose key is renewed. */
export interface RotatingClientArgs extends Omit<ClientArgs, "replaceWhenChanged" | "adopt">, RotationArgs {}
