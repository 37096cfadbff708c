import type * as pulumi from "@pulumi/pulumi";
import type { ClientArgs } from "./client-args";

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
