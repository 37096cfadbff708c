import { createPublicKey, generateKeyPairSync, randomUUID, sign, verify, type KeyObject } from "node:crypto";
import { fixedGuid } from "./entities";
import { isRecord, isText, parsedJson } from "./json";
import type { Store } from "./store";

/** What a token says of its bearer, as far as the service reads it. */
export interface Claims {
  readonly jti: string;
  /** The client's GUID, which is not its OAuth `client_id`. */
  readonly clientId: string;
  readonly exp: number;
  readonly roleIds: readonly string[];
  readonly addresses: readonly string[];
}

/** Why a token does not count, in the words that the challenge uses. */
export type TokenProblem = "malformed" | "signature" | "expired" | "revoked";

// One key a process: making one takes longer than everything else that an emulator does at its start.
let processKey: string | undefined;

/** Makes and checks RS256 tokens, and forgets those that are revoked. */
export class Tokens {
  /** Exact expiry by token id: the claim knows whole seconds only. */
  readonly #issued = new Map<string, { clientId: string; expires: number }>();
  readonly #revoked = new Set<string>();
  #keys: { pem: string; publicKey: KeyObject; kid: string } | undefined;

  constructor(readonly store: Store) {}

  issue(claims: Readonly<Record<string, unknown>>, clientId: string, seconds: number): string {
    const { pem, kid } = this.#key();
    const now = this.store.now();
    const jti = randomUUID();
    const times = { nbf: Math.floor(now / 1000), exp: Math.floor(now / 1000 + seconds), jti };
    this.#issued.set(jti, { clientId, expires: now + seconds * 1000 });
    const content = `${encode({ alg: "RS256", kid, typ: "JWT" })}.${encode({ ...times, ...claims, clientId })}`;
    return `${content}.${sign("RSA-SHA256", Buffer.from(content), pem).toString("base64url")}`;
  }

  check(token: string): Claims | TokenProblem {
    const [header, payload, signature, ...rest] = token.split(".");
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
      return "malformed";
    const content = Buffer.from(`${header}.${payload}`);
    if (!verify("RSA-SHA256", content, this.publicKey().key, Buffer.from(signature, "base64url")))
      return "signature";
    const claims = readClaims(payload);
    if (claims === undefined) return "malformed";
    if (this.#revoked.has(claims.jti)) return "revoked";
    const expires = this.#issued.get(claims.jti)?.expires ?? claims.exp * 1000;
    return expires <= this.store.now() ? "expired" : claims;
  }

  /** Revokes the tokens of one client, or all. */
  revoke(clientId?: string): number {
    const chosen = [...this.#issued].filter(
      ([, token]) => clientId === undefined || token.clientId === clientId,
    );
    for (const [jti] of chosen) this.#revoked.add(jti);
    return chosen.length;
  }

  publicKey(): { readonly key: KeyObject; readonly kid: string } {
    const { publicKey, kid } = this.#key();
    return { key: publicKey, kid };
  }

  #key(): { pem: string; publicKey: KeyObject; kid: string } {
    if (this.#keys !== undefined) return this.#keys;
    processKey ??= newKey();
    const pem = this.store.signingKey ?? this.store.keepSigningKey(processKey);
    this.#keys = { pem, publicKey: createPublicKey(pem), kid: fixedGuid(pem) };
    return this.#keys;
  }
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/** Names of the claims that Microsoft's libraries write in full. */
export const claimNames = {
  accountId: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier",
  accountName: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
  role: "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
} as const;

function readClaims(payload: string): Claims | undefined {
  const claims = parsedJson(Buffer.from(payload, "base64url").toString("utf8"));
  if (!isRecord(claims)) return undefined;
  const { jti, clientId, exp } = claims;
  if (typeof jti !== "string" || typeof clientId !== "string" || typeof exp !== "number") return undefined;
  return {
    jti,
    clientId,
    exp,
    roleIds: asList(claims[claimNames.role]),
    addresses: asList(claims["IpAddress"]),
  };
}

/** A claim with one value is written plain, with several as a list. */
export const asClaim = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : values);

const asList = (claim: unknown): string[] => [claim].flat().filter(isText);
