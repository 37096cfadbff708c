import * as z from "zod";

/** What a token says of its bearer, as far as it says anything. */
export interface Claims {
  /** The client's GUID. */
  readonly clientGuid: string | undefined;
  readonly clientName: string | undefined;
  readonly accountId: string | undefined;
  readonly accountName: string | undefined;
}

const text = z.string().optional().catch(undefined);
const NAMESPACE = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const schema = z.looseObject({
  clientId: text,
  clientName: text,
  [`${NAMESPACE}/nameidentifier`]: text,
  [`${NAMESPACE}/name`]: text,
});

/** Reads the claims of a JSON web token without checking it; undefined where it is no such token. */
export function readClaims(token: string): Claims | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  const parsed = schema.safeParse(decode(payload));
  if (!parsed.success) return undefined;
  const claim = (name: string): string | undefined => {
    const value = parsed.data[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    clientGuid: claim("clientId"),
    clientName: claim("clientName"),
    accountId: claim(`${NAMESPACE}/nameidentifier`),
    accountName: claim(`${NAMESPACE}/name`),
  };
}

function decode(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
