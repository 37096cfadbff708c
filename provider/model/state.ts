import * as z from "zod";
import { DELETION_POLICIES } from "./args";

/**
 * What state holds of one client: the outputs of the last operation. Lenient, because it may have been written by an
 * earlier version or by `pulumi stack import`.
 */
const fields = z.looseObject({
  name: z.string().catch(""),
  type: z.string().catch(""),
  active: z.boolean().catch(true),
  deletionPolicy: z.enum(DELETION_POLICIES).catch("delete"),
  allowedOrigins: z.array(z.string()).optional().catch(undefined),
  allowedIpAddresses: z.array(z.string()).optional().catch(undefined),
  grantedRoles: z.array(z.string()).optional().catch(undefined),
  replaceWhenChanged: z.record(z.string(), z.unknown()).optional().catch(undefined),
  clientId: z.string().optional().catch(undefined),
  clientSecret: z.string().optional().catch(undefined),
  effectiveRoles: z.array(z.string()).optional().catch(undefined),
  /** The GUID of the adopt line that was last seen, whether it was needed or left over. */
  adopted: z.string().optional().catch(undefined),
  /** Properties that the program had made secret. */
  secretInputs: z.array(z.string()).optional().catch(undefined),
  ownerId: z.string().optional().catch(undefined),
});

export type State = z.infer<typeof fields>;

const anyObject = z.record(z.string(), z.unknown()).catch({});

export const parseState = (outputs: unknown): State => fields.parse(anyObject.parse(outputs));
