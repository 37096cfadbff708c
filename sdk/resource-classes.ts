import type * as pulumi from "@pulumi/pulumi";
import type { ClientArgs, RotatingClientArgs } from "./args";
import { Client as AnyClient } from "./client";
import { RotatingClient as AnyRotatingClient } from "./rotating-client";

/**
 * A class whose constructor looks at the type of its arguments. What is certainly wrong does not compile, and the first
 * line of the compiler's error says why; what may be right compiles, and preview tells.
 */
type ResourceClass<Class extends abstract new (...args: never) => unknown, Args> = Pick<
  Class,
  keyof Class
> & {
  /**
   * @typeParam A What `args` declares, as the compiler sees it: what does not go together does not compile.
   * @param name The resource's name in this program.
   * @param args What is declared.
   * @param opts Pulumi's options, such as `provider` (an {@link Account}), `parent` and `protect`.
   */
  new <A extends Args = Args>(
    name: string,
    args: Refused<A, Args> & A,
    opts?: pulumi.CustomResourceOptions,
  ): InstanceType<Class>;
};

/** What is wrong with arguments: a property that no value fits, whose type is the reason. */
type Refused<A, Args> = UnknownProperties<Exclude<keyof A, keyof Args>> & WrongWhitelist<A>;

type UnknownProperties<Key extends PropertyKey> = [Key] extends [never]
  ? unknown
  : Partial<Record<Key, "There is no such property.">>;

type WrongWhitelist<A> =
  Has<A, "allowedOrigins"> extends true
    ? IsNative<A> extends true
      ? { allowedOrigins?: "A NativeConfidential client has no origins: use allowedIpAddresses." }
      : Has<A, "allowedIpAddresses"> extends true
        ? { allowedIpAddresses?: "A client has one kind of whitelist: leave this or allowedOrigins out." }
        : unknown
    : unknown;

/** Whether a property is certainly there. */
type Has<A, Key extends string> =
  A extends Readonly<Record<Key, unknown>> ? (undefined extends A[Key] ? false : true) : false;

/** Whether the type can be nothing else; `any` can. */
type IsNative<A> = A extends { readonly type: infer T }
  ? "JavaScript" extends T
    ? false
    : T extends pulumi.Input<"NativeConfidential">
      ? true
      : false
  : false;

/**
 * One client key of a ThinkGeo Cloud account.
 *
 * ```ts
 * const web = new thinkgeo.Client("web", { type: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] });
 * export const apiKey = web.apiKey;
 * ```
 *
 * The resource's `id` is the client's GUID. It is not a key, and may be shown.
 *
 * @class
 */
export const Client: ResourceClass<typeof AnyClient, ClientArgs> = AnyClient;
export type Client = AnyClient;

/**
 * One client key that is rotated without an outage: a new client becomes the current one, and the previous one stays
 * valid for a grace period, is then deactivated, and then deleted. There are never more than two, but while the whole
 * resource is replaced. One always works.
 *
 * ```ts
 * const tiles = new thinkgeo.RotatingClient("tiles", {
 *   type: "NativeConfidential",
 *   allowedIpAddresses: ["203.0.113.0/24"],
 *   rotateAfterDays: 90,
 *   overlapDays: 7,
 * });
 * export const clientId = tiles.clientId;
 * export const clientSecret = tiles.clientSecret;
 * ```
 *
 * @class
 */
export const RotatingClient: ResourceClass<typeof AnyRotatingClient, RotatingClientArgs> = AnyRotatingClient;
export type RotatingClient = AnyRotatingClient;
