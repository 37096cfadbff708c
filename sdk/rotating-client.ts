import * as pulumi from "@pulumi/pulumi";
import { ROTATING_CLIENT_TYPE_TOKEN, ROTATING_SHELL } from "../provider/shell";
import type { RotatingClientArgs } from "./args";
import {
  autoName,
  internalInputs,
  requireUsable,
  shortStacks,
  warnAboutPlainSecret,
  withCallers,
} from "./register";
import { warnAboutWhitelist } from "./whitelist";

/** One of the clients of a RotatingClient. */
export interface RotatingClientMember {
  /** The client's GUID. */
  id: string;
  /** Its name in ThinkGeo's console. */
  name: string;
  /** The public key: OAuth's `client_id` of a NativeConfidential client, what goes into the URL of a JavaScript one. */
  clientId: string;
  /** Which client of this resource it is, counted from 1. */
  generation: number;
}

/** The previous client. */
export interface PreviousMember extends RotatingClientMember {
  /** Whether its key works. */
  active: boolean;
  /** `true` if somebody deactivated it by hand: no step of the rotation activates it again. */
  keptOff?: boolean;
}

/** The class of `resource-classes.ts`, with arguments of any combination. */
export class RotatingClient extends pulumi.CustomResource {
  /** The current client. */
  declare readonly current: pulumi.Output<RotatingClientMember>;
  /** The previous client, from a rotation until its deletion. */
  declare readonly previous: pulumi.Output<PreviousMember | undefined>;
  /** The secret of the previous client, in case you have to go back. Always a secret. */
  declare readonly previousClientSecret: pulumi.Output<string | undefined>;
  /** When the current client became current: ISO 8601, UTC. */
  declare readonly rotatedAt: pulumi.Output<string>;
  /** What an `up` will do next: `"rotate"`, `"deactivate"` or `"delete"`; undefined if nothing is planned. */
  declare readonly nextAction: pulumi.Output<"rotate" | "deactivate" | "delete" | undefined>;
  /** When it is due: ISO 8601, UTC. An `up` does it already up to 5 % of the period early, at most 12 hours. */
  declare readonly nextActionAt: pulumi.Output<string | undefined>;

  /** The current client's public key: OAuth's `client_id` of a NativeConfidential client. */
  declare readonly clientId: pulumi.Output<string>;
  /** The current client's key as it goes into the URL: JavaScript clients only. Public by design. */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** The current client's secret: NativeConfidential clients only. Always a secret. */
  declare readonly clientSecret: pulumi.Output<string | undefined>;

  /** The current client's name in ThinkGeo's console. */
  declare readonly name: pulumi.Output<string>;
  /** `"JavaScript"` or `"NativeConfidential"`. */
  declare readonly type: pulumi.Output<"JavaScript" | "NativeConfidential">;
  /** Whether the current key works. */
  declare readonly active: pulumi.Output<boolean>;
  /** What a deletion of the resource does with both clients. */
  declare readonly deletionPolicy: pulumi.Output<"delete" | "deactivate" | "retain">;
  /** The roles that were declared, if any were. */
  declare readonly grantedRoles: pulumi.Output<string[] | undefined>;
  /** The origins in effect, in the notation that was declared. */
  declare readonly allowedOrigins: pulumi.Output<string[] | undefined>;
  /** The IP addresses in effect, in the notation that was declared. */
  declare readonly allowedIpAddresses: pulumi.Output<string[] | undefined>;
  /** The names of the roles that the current client has, declared or not. */
  declare readonly effectiveRoles: pulumi.Output<string[]>;
  /** The GUID of the account that the clients belong to. */
  declare readonly ownerId: pulumi.Output<string | undefined>;

  constructor(name: string, args: RotatingClientArgs, opts: pulumi.CustomResourceOptions = {}) {
    requireUsable("RotatingClient", name, opts);
    warnAboutPlainSecret();
    const restore = shortStacks();
    try {
      super(
        ROTATING_CLIENT_TYPE_TOKEN,
        name,
        {
          ...PROPERTIES,
          ...args,
          ...internalInputs(args, opts),
          autoName: autoName(name, ROTATING_CLIENT_TYPE_TOKEN, opts.parent),
          __provider: ROTATING_SHELL,
        },
        pulumi.mergeOptions(opts, { additionalSecretOutputs: ["clientSecret", "previousClientSecret"] }),
      );
    } catch (error) {
      restore();
      throw withCallers(error);
    }
    restore();
    // Without types, arguments may be missing: the provider says which must be given.
    if (typeof args === "object") warnAboutWhitelist(this, args);
  }
}

/** Every property must be named to the base class, or it does not become an output. */
const PROPERTIES = {
  current: undefined,
  previous: undefined,
  previousClientSecret: undefined,
  rotatedAt: undefined,
  nextAction: undefined,
  nextActionAt: undefined,
  clientId: undefined,
  apiKey: undefined,
  clientSecret: undefined,
  name: undefined,
  type: undefined,
  active: undefined,
  deletionPolicy: undefined,
  grantedRoles: undefined,
  allowedOrigins: undefined,
  allowedIpAddresses: undefined,
  effectiveRoles: undefined,
  ownerId: undefined,
};
