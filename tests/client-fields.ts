/** Fields of a client that the API may leave out of its answers; without an id nothing is a client. */
export const CLIENT_FIELDS: readonly string[] = [
  "name",
  "clientType",
  "sharedMode",
  "isActive",
  "allowedOrigins",
  "allowedIpAddresses",
  "grantedRoles",
  "apiKey",
  "apiSecret",
  "ownerId",
];
