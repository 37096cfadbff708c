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
  | { readonly kind: "delete"; readonly nth: number };

/** An event at a request of the run, before or after the service has done what the request asks for. */
export interface Incident {
  /** Counts requests from 1. */
  readonly at: number;
  readonly moment: "before" | "after";
  readonly event: Event;
}
