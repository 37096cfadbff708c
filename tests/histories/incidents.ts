import type { Client } from "../../emulator/index";
import type { Death } from "./provider-process";

/** What somebody does to a client by hand, in the console. */
export type HandEdit = Partial<
  Pick<
    Client,
    | "name"
    | "isActive"
    | "allowedOrigins"
    | "allowedIpAddresses"
    | "grantedRoles"
    | "extra"
    | "clientType"
    | "sharedMode"
  >
>;

/** What can happen while a run is under way. */
export type Event =
  | { readonly kind: "death"; readonly of: Death }
  | { readonly kind: "revoke" }
  | { readonly kind: "edit"; readonly nth: number; readonly change: HandEdit }
  | { readonly kind: "delete"; readonly nth: number }
  | { readonly kind: "rival"; readonly as: Rival };

/**
 * What another stack or a person does at the moment of a create: makes a client of the same name that is another one in
 * its whitelist, type or activity, or one that is the same in all but its name; or gives an old client the name.
 * (One that is the same in everything, name included, nobody could tell from one's own.)
 */
export const RIVALS = ["restricted", "of-other-type", "inactive", "under-other-name", "renamed"] as const;
export type Rival = (typeof RIVALS)[number];

/** The name of the rival that is the same in all else. */
export const OTHER_NAME = "Somebody else's";

/** An event at a request of the run, before or after the service has done what the request asks for. */
export interface Incident {
  /** Counts requests from 1, or creates. */
  readonly at: number;
  readonly of: "requests" | "creates";
  readonly moment: "before" | "after";
  readonly event: Event;
}
