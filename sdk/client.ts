import * as pulumi from "@pulumi/pulumi";
import { CLIENT_TYPE_TOKEN, SHELL } from "../provider/shell";
import type { ClientArgs } from "./args";
import {
  autoName,
  internalInputs,
  requireId,
  requireUsable,
  shortStacks,
  warnAboutPlainSecret,
  withCallers,
} from "./register";
import { warnAboutWhitelist } from "./whitelist";

/** The class of `resource-classes.ts`, with arguments of any combination. */
export class Client extends pulumi.CustomResource {
  /** The client's name in ThinkGeo's console. */
  declare readonly name: pulumi.Output<string>;
  /** `"JavaScript"` or `"NativeConfidential"`. */
  declare readonly type: pulumi.Output<"JavaScript" | "NativeConfidential">;
  /** Whether the key works. */
  declare readonly active: pulumi.Output<boolean>;
  /** What a deletion of the resource does with the client. */
  declare readonly deletionPolicy: pulumi.Output<"delete" | "deactivate" | "retain">;
  /** The roles that were declared, if any were. */
  declare readonly grantedRoles: pulumi.Output<string[] | undefined>;
  /** The origins in effect, in the notation that was declared. */
  declare readonly allowedOrigins: pulumi.Output<string[] | undefined>;
  /** The IP addresses in effect, in the notation that was declared. */
  declare readonly allowedIpAddresses: pulumi.Output<string[] | undefined>;
  /** The map: another value replaces the client. */
  declare readonly replaceWhenChanged: pulumi.Output<Record<string, unknown> | undefined>;
  /** The public key: OAuth's `client_id` of a NativeConfidential client (the API's `apiKey`). */
  declare readonly clientId: pulumi.Output<string>;
  /** The same value for the URL, of a JavaScript client only. Public by design, and not a secret. */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** OAuth's `client_secret`, of a NativeConfidential client only. Always a secret. */
  declare readonly clientSecret: pulumi.Output<string | undefined>;
  /** The names of the roles that the client has, declared or not. */
  declare readonly effectiveRoles: pulumi.Output<string[]>;
  /** The GUID of the account that the client belongs to. */
  declare readonly ownerId: pulumi.Output<string | undefined>;

  /**
   * Reads an existing client of the account, without managing it. Fails if there is none.
   *
   * @param name The resource's name in this program.
   * @param id The client's GUID.
   * @param opts Pulumi's options.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Client {
    // With an id, arguments do not count.
    return new Client(name, { type: "JavaScript" }, { ...opts, id: requireId(name, id) });
  }

  constructor(name: string, args: ClientArgs, opts: pulumi.CustomResourceOptions = {}) {
    requireUsable("Client", name, opts);
    warnAboutPlainSecret();
    const restore = shortStacks();
    try {
      super(
        CLIENT_TYPE_TOKEN,
        name,
        { ...PROPERTIES, ...(opts.id === undefined ? declared(name, args, opts) : {}), __provider: SHELL },
        pulumi.mergeOptions(opts, { additionalSecretOutputs: ["clientSecret"] }),
      );
    } catch (error) {
      restore();
      throw withCallers(error);
    }
    restore();
    if (opts.id === undefined && typeof args === "object") warnAboutWhitelist(this, args);
  }
}

/** Without types, arguments may be missing: the provider says which must be given. */
const declared = (
  name: string,
  args: Partial<ClientArgs> = {},
  opts: pulumi.CustomResourceOptions,
): pulumi.Inputs => ({
  ...args,
  ...(args.name === undefined ? { autoName: autoName(name, CLIENT_TYPE_TOKEN, opts.parent) } : {}),
  ...internalInputs(args, opts),
});

/** Every property must be named to the base class, or it does not become an output. */
const PROPERTIES = {
  name: undefined,
  type: undefined,
  active: undefined,
  deletionPolicy: undefined,
  grantedRoles: undefined,
  allowedOrigins: undefined,
  allowedIpAddresses: undefined,
  replaceWhenChanged: undefined,
  clientId: undefined,
  apiKey: undefined,
  clientSecret: undefined,
  effectiveRoles: undefined,
  ownerId: undefined,
};
