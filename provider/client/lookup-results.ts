/** A client as the account has it. */
export interface ClientInfo {
  /** The client's GUID. */
  id: string;
  /** Its name in ThinkGeo's console. */
  name: string;
  /** `"JavaScript"` or `"NativeConfidential"`, in ThinkGeo's own spelling. */
  type: string | undefined;
  /** Whether the key works. */
  active: boolean;
  /** The origins that may use it; empty where origins do not restrict it. */
  allowedOrigins: string[];
  /** The addresses that may use it; empty where addresses do not restrict it. */
  allowedIpAddresses: string[];
  /** Names, where the API tells them. */
  grantedRoles: string[];
  /** The public key. */
  clientId: string | undefined;
  /** The same, of a JavaScript client: what goes into the URL. */
  apiKey: string | undefined;
  /** The GUID of the account. */
  ownerId: string | undefined;
}

/** A role that clients of the account can have. */
export interface RoleInfo {
  /** The role's GUID. */
  id: string;
  /** Its name, as in `grantedRoles`. */
  name: string;
}

/** A role of the account itself. */
export interface AccountRole {
  /** Its name. */
  name: string;
  /** When it ends, as an evaluation does: ISO 8601, as ThinkGeo wrote it. Undefined: never. */
  expiration: string | undefined;
}

/** The account, and what it may do. */
export interface AccountInfo {
  /** The account's GUID. */
  id: string;
  /** Its name. */
  name: string;
  /** Its own roles. */
  roles: AccountRole[];
}
