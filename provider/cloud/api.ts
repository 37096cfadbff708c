import type { Configuration } from "../configuration";
import type { ClientBody } from "../model/client-body";
import { hasNoData } from "../model/envelope";
import { sameId } from "../model/ids";
import type { Role } from "../model/roles";
import {
  accountAnswer,
  accountRolesAnswer,
  clientAnswer,
  clientsAnswer,
  rolesAnswer,
  tokenAnswer,
  usageAnswer,
  type AccountRole,
  type ClientList,
  type AccountUsage,
  type CurrentAccount,
  type RemoteClient,
} from "../model/wire";
import { exchange, reading, type Exchange, type Means, type Reader } from "./exchange";
import { ThinkGeoError } from "./failure";
import { isCredential, keepSecret } from "./secrets";
import type { Budget } from "./time";
import { TokenSource, type GrantedToken } from "./token";

/** What a key is used for: the map service that every account has, or the API of this package. */
export type KeyUse = "elevation" | { readonly clientId: string };
/** What a browser says of the page that asks. */
export type WebPage = Readonly<Partial<Record<"origin" | "referer", string>>>;

/** What a header can carry and a token consists of. */
const SENDABLE = /^[\x21-\x7e]+$/;

const JSON_BODY = { "content-type": "application/json" };

/** ThinkGeo's REST API, one function an endpoint: every path that this package asks for is in this file. */
export class CloudClient {
  readonly #tokens: TokenSource;

  constructor(
    private readonly configuration: Configuration,
    private readonly means: Means,
  ) {
    keepSecret(configuration.clientSecret);
    this.#tokens = new TokenSource((budget) => this.requestToken(budget), means.time);
  }

  /** `POST /identity/connect/token`: form only, and every refusal is HTTP 400 (IdentityServer). */
  async requestToken(budget: Budget): Promise<GrantedToken> {
    const { clientId, clientSecret, tokenUrl } = this.configuration;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    const asked: Exchange<GrantedToken> = {
      operation: "token",
      doing: `authenticate with ThinkGeo as client ${shortKey(clientId)}`,
      method: "POST",
      url: new URL(tokenUrl),
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
      read: (body) => {
        const granted = reading(tokenAnswer)(body);
        if (granted === undefined || !SENDABLE.test(granted.access_token)) return undefined;
        keepSecret(granted.access_token);
        return { token: granted.access_token, expiresInSeconds: granted.expires_in };
      },
    };
    return exchange(asked, this.means, budget);
  }

  /** `GET /api/v1/clients`: all of them; the API has no paging here. */
  async listClients(budget: Budget): Promise<ClientList> {
    const list = await this.#read("list the account's clients", "clients", clientsAnswer, budget);
    for (const client of list.clients) keepSecretOf(client);
    return list;
  }

  /** `GET /api/v1/clients/{id}`. Fails where the answer is about another client: what follows would be done to that one. */
  async getClient(id: string, budget: Budget): Promise<RemoteClient> {
    const doing = `read client ${id}`;
    const client = await this.#send(
      { operation: "read", doing, method: "GET", url: this.#url(id), read: oneClient },
      budget,
    );
    if (sameId(client.id, id)) return client;
    throw new ThinkGeoError("Malformed", {
      doing,
      happened: `ThinkGeo returned another client, ${client.id}`,
      next: "That one was not touched. Look for a cache or a proxy that mixes up responses (HTTPS_PROXY), then run the command again.",
      heading: "not-thinkgeo",
    });
  }

  /** `POST /api/v1/clients`. The key is sent in case the server knows idempotency keys; nothing relies on it. */
  async createClient(body: ClientBody, idempotencyKey: string, budget: Budget): Promise<RemoteClient> {
    return this.#send(
      {
        operation: "create",
        doing: `create client ${JSON.stringify(body["name"])}`,
        method: "POST",
        url: this.#url(),
        headers: { ...JSON_BODY, "idempotency-key": idempotencyKey },
        body: JSON.stringify(body),
        read: oneClient,
      },
      budget,
    );
  }

  /**
   * `POST /api/v1/clients/{id}`: replaces the whole object, so it may be repeated. With the ETag of the reading that
   * the object is made from, a server that knows ETags refuses to undo what somebody else did meanwhile.
   */
  async updateClient(
    id: string,
    body: ClientBody,
    etag: string | undefined,
    budget: Budget,
  ): Promise<RemoteClient> {
    const answer = await this.#send<RemoteClient | "no content">(
      {
        operation: "update",
        doing: `update client ${JSON.stringify(body["name"])} (${id})`,
        method: "POST",
        url: this.#url(id),
        headers: { ...JSON_BODY, ...(etag === undefined ? {} : { "if-match": etag }) },
        body: JSON.stringify(body),
        read: (said, headers) =>
          said === undefined || hasNoData(said) ? "no content" : oneClient(said, headers),
      },
      budget,
    );
    // An answer about another client says as little of this one as none.
    return answer === "no content" || !sameId(answer.id, id) ? this.getClient(id, budget) : answer;
  }

  /**
   * `DELETE /api/v1/clients?clientIds=a&clientIds=b`: the only delete there is. Without an id it might mean all.
   * "unconfirmed" where the answer is empty and its status does not say that this is meant.
   */
  async deleteClients(ids: readonly string[], budget: Budget): Promise<"deleted" | "unconfirmed"> {
    if (ids.length === 0 || ids.some((id) => id.trim() === ""))
      throw new Error("A delete without a client's id is never sent.");
    ids.forEach(requireId);
    const url = this.#url();
    for (const id of ids) url.searchParams.append("clientIds", id);
    const doing = ids.length === 1 ? `delete client ${ids[0] ?? ""}` : `delete ${ids.length} clients`;
    const read = (body: unknown, _headers: unknown, status: number): "deleted" | "unconfirmed" =>
      body === undefined && status !== 204 ? "unconfirmed" : "deleted";
    return this.#send({ operation: "delete", doing, method: "DELETE", url, read }, budget);
  }

  /** `GET /api/v1/clients/roles`: the roles that this account's clients can have. */
  async listRoles(budget: Budget): Promise<readonly Role[]> {
    return this.#read("list the roles for clients", "clients/roles", rolesAnswer, budget);
  }

  /** `GET /api/v1/roles/accounts/current`: the account's own roles, and when they end. */
  async listAccountRoles(budget: Budget): Promise<readonly AccountRole[]> {
    return this.#read("list the account's roles", "roles/accounts/current", accountRolesAnswer, budget);
  }

  /** `GET /api/v1/accounts/current/statistics/byclient`: how much each client was used, by day. */
  async usageByClient(budget: Budget): Promise<AccountUsage> {
    const path = "accounts/current/statistics/byclient";
    return this.#read("read how much each client was used", path, usageAnswer, budget);
  }

  /** `GET /api/v1/accounts/current`: whose credentials these are. */
  async currentAccount(budget: Budget): Promise<CurrentAccount> {
    return this.#read("read the account", "accounts/current", accountAnswer, budget);
  }

  /** `GET /swagger/v1/swagger.json`, without a token: what the server says of itself. */
  async describeApi(budget: Budget): Promise<unknown> {
    const asked: Exchange<{ readonly document: unknown }> = {
      operation: "read",
      doing: "read the API's own description",
      method: "GET",
      url: new URL(`${this.configuration.apiUrl}/swagger/v1/swagger.json`),
      read: (document) => ({ document }),
    };
    return (await exchange(asked, this.means, budget)).document;
  }

  /** What a key opens by itself, as a web page asks: `GET /api/v1/elevation/{lat},{lon}`, and `GET /api/v1/clients/{id}`. */
  async useKey(apiKey: string, what: KeyUse, headers: WebPage, budget: Budget): Promise<void> {
    keepSecret(apiKey);
    const path = what === "elevation" ? "elevation/40,-105" : `clients/${encodeURIComponent(what.clientId)}`;
    const url = new URL(`${this.configuration.apiUrl}/api/v1/${path}`);
    url.searchParams.set("apikey", apiKey);
    const asked = { operation: "read", doing: "use a key", method: "GET", url, headers } as const;
    await exchange({ ...asked, read: (body) => body }, this.means, budget);
  }

  /** Signs in unless that was done: the token that the requests carry. */
  async signIn(budget: Budget): Promise<string> {
    return this.#tokens.get(budget);
  }

  async #read<T>(doing: string, path: string, answer: Reader<T>, budget: Budget): Promise<T> {
    const url = new URL(`${this.configuration.apiUrl}/api/v1/${path}`);
    return this.#send({ operation: "read", doing, method: "GET", url, read: reading(answer) }, budget);
  }

  async #send<T>(asked: Exchange<T>, budget: Budget): Promise<T> {
    return exchange(asked, this.means, budget, this.#tokens);
  }

  #url(segment?: string): URL {
    const base = `${this.configuration.apiUrl}/api/v1/clients`;
    if (segment === undefined) return new URL(base);
    requireId(segment);
    return new URL(`${base}/${encodeURIComponent(segment)}`);
  }
}

function oneClient(body: unknown, headers: Readonly<Record<string, string>>): RemoteClient | undefined {
  const client = reading(clientAnswer)(body);
  if (client === undefined) return undefined;
  keepSecretOf(client);
  return { ...client, etag: strong(headers["etag"]) };
}

/** A weak ETag says that two readings are much the same, and If-Match never accepts it (RFC 9110, 13.1.1). */
const strong = (etag: string | undefined): string | undefined =>
  etag?.trimStart().startsWith("W/") === true ? undefined : etag;

/** Hides also what is not believed to be the client's secret, and may be one for all that; but no word that masks it. */
function keepSecretOf({ apiSecret, raw }: RemoteClient): void {
  keepSecret(apiSecret);
  const shown = raw["apiSecret"];
  if (typeof shown === "string" && isCredential(shown)) keepSecret(shown);
}

/** An address cannot carry every text: dots alone walk up in it, and half of a character becomes another one. */
function requireId(id: string): void {
  if (/^\.{0,2}$|\p{Cs}/u.test(id)) throw new Error(`${JSON.stringify(id)} cannot be the id of a client.`);
}

/** Enough of a public key to recognise it by. */
export const shortKey = (key: string): string => (key.length > 8 ? `${key.slice(0, 6)}…` : key);
