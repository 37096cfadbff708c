/** A client as the account has it. */
export interface ClientInfo {
  /** The client's GUID. */
  id: string;
  name: string;
  type: string | undefined;
  active: boolean;
  allowedOrigins: string[];
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
  id: string;
  name: string;
}

/** The account, and what it may do. */
export interface AccountInfo {
  id: string;
  name: string;
  /** Its own roles; an evaluation's ends. ISO 8601, as ThinkGeo wrote it. */
  roles: { name: string; expiration: string | undefined }[];
}
