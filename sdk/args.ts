import type * as pulumi from "@pulumi/pulumi";

/** The name of a role. ThinkGeo's pages name these three; an account may have others. */
export type RoleName = "User" | "Evaluator" | "Subscriber" | (string & NonNullable<unknown>);

/** The two types of client: for web pages, with one public key; for servers, with an ID and a secret. */
export type ClientType = "JavaScript" | "NativeConfidential";

/**
 * The arguments of a Client. More: docs/reference/resources.md in this package.
 *
 * It is one interface and no union, so that `Omit`, `Pick`, `Partial` and `extends` keep every property. The
 * constructor of {@link Client} refuses wrong combinations.
 */
export interface ClientArgs {
  /** The type of client. Another type replaces the client, with new keys. */
  type: pulumi.Input<ClientType>;

  /**
   * The client's name in ThinkGeo's console: 1 to 256 characters, no control characters. If a declared name is later
   * removed, the client keeps it.
   *
   * @default `<resource name>-<8 hexadecimal digits>`, the same in every run
   */
  name?: pulumi.Input<string>;

  /**
   * The roles of the client by name: at most those of the account. Order is ignored. `[]` grants none. If it is not
   * declared, roles are not compared; `effectiveRoles` shows them.
   *
   * @default all roles of the account when the client is made
   */
  grantedRoles?: pulumi.Input<readonly pulumi.Input<RoleName>[]>;

  /**
   * `false` deactivates the client: its key does not work. An inactive client can be activated again, with the same key.
   *
   * @default true
   */
  active?: pulumi.Input<boolean>;

  /**
   * The GUID of an existing client to import. It is changed to what is declared here, and keeps its keys. Removing this
   * input later changes nothing; another GUID replaces the client. The dynamic provider has no `pulumi import`, so use
   * this input there.
   *
   * @default none: a client is made
   */
  adopt?: pulumi.Input<string>;

  /**
   * What a deletion or a replacement of the resource does with the client: `"delete"`; `"deactivate"`, which keeps it in
   * the account, deactivated; or `"retain"`, which leaves it as it is. The policy of the last `up` counts.
   *
   * @default "delete"
   */
  deletionPolicy?: pulumi.Input<"delete" | "deactivate" | "retain">;

  /**
   * Any map. Another value makes a new client and then deletes this one; both work in between. ThinkGeo has no call that
   * changes a key, so use this to rotate one.
   *
   * @default never
   */
  replaceWhenChanged?: pulumi.Input<Readonly<Record<string, unknown>>>;

  /**
   * The origins that may use the key of a JavaScript client: hosts (`"acme.com"`), or all subdomains of one
   * (`"*.acme.com"`), without scheme, port or path. Whether `*.acme.com` includes `acme.com` is not documented: list both.
   * Public suffixes are refused. Order, case, duplicates and notation are ignored. An empty list is refused: leave it out
   * for no restriction.
   *
   * A client has origins or IP addresses, not both. A NativeConfidential client has no origins.
   *
   * @default no restriction
   */
  allowedOrigins?: pulumi.Input<readonly pulumi.Input<string>[]>;

  /**
   * The IP addresses that may use the key, as ThinkGeo sees the caller: IPv4 addresses (`"198.51.100.7"`), wildcards
   * (`"203.0.113.*"`) or CIDR notation (`"203.0.113.0/24"`). Lists of the same addresses are equal, in any notation. An
   * empty list, and one of all addresses, is refused: leave it out for no restriction.
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

/** When the key is rotated, and what happens to the previous one. */
export interface RotationArgs {
  /**
   * Any map. Another value rotates the key: a new client becomes the current one, and the previous one stays valid for
   * `overlapDays`. While such a grace period runs, the change waits for its end.
   *
   * @default never
   */
  rotateWhenChanged?: pulumi.Input<Readonly<Record<string, unknown>>>;

  /**
   * The age in days at which the next `pulumi up` rotates the key: 0 to 36,500, with or without a fraction, and more
   * than `overlapDays`. Only `up` rotates, not preview or refresh. An `up` that runs up to 5 % of the period early, at
   * most 12 hours, rotates already, so that a nightly pipeline keeps the period.
   *
   * @default never
   */
  rotateAfterDays?: pulumi.Input<number>;

  /**
   * The grace period in days: so long the previous client stays valid, and so long it is then kept deactivated, before
   * it is deleted. Both may end up to 5 % early, at most 12 hours. 0: each `up` takes the next step. A larger number
   * activates a previous client again that the rotation has deactivated.
   *
   * @default 7
   */
  overlapDays?: pulumi.Input<number>;

  /**
   * What the first `up` after the grace period does with the previous client: `"deactivate"`, which can be undone, and a
   * later `up` deletes it; or `"delete"` at once.
   *
   * @default "deactivate"
   */
  retire?: pulumi.Input<"deactivate" | "delete">;

  /**
   * `true` rotates the key now and deletes all older clients in the same `up`: for a key that leaked. It acts once. To do
   * it again, remove it, run `up`, and set it again.
   *
   * @default false
   */
  emergency?: pulumi.Input<boolean>;

  /**
   * The GUID of an existing client to import: as the first client, or as the next one if a rotation is due. It acts once,
   * and may then be removed.
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

/** The arguments of a RotatingClient. */
export interface RotatingClientArgs extends Omit<ClientArgs, "replaceWhenChanged" | "adopt">, RotationArgs {}
