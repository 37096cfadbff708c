import type { Emulator, EmulatorAccount } from "../../emulator/index";

/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or undefined where it is no JSON. */
  readonly json: Envelope | undefined;
}

interface Envelope {
  readonly data?: unknown;
  readonly status?: unknown;
  readonly error?: { readonly code: number; readonly message: string } | null;
  readonly [field: string]: unknown;
}

/** A client as the API answers it. */
interface ClientAnswer {
  readonly id: string;
  readonly name: string;
  readonly clientType: string;
  readonly sharedMode: string;
  readonly allowedOrigins: string[];
  readonly allowedIpAddresses: string[];
  readonly grantedRoles: string[];
  readonly isActive: boolean;
  readonly apiKey: string;
  readonly apiSecret?: string | null;
  readonly ownerId: string;
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): Envelope | undefined {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return undefined;
  }
}

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Asks for a token the way an OAuth client does, with anything overridden. */
export function askToken(
  emulator: Emulator,
  credentials: Credentials = emulator.accounts[0],
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form = new URLSearchParams({
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    grant_type: "client_credentials",
    ...fields,
  });
  return request(`${emulator.url}/identity/connect/token`, { method: "POST", body: form, headers });
}

export async function tokenOf(emulator: Emulator, credentials?: Credentials): Promise<string> {
  const { json } = await askToken(emulator, credentials);
  return String(json?.["access_token"]);
}

/** Calls the API as one bearer. */
export class Api {
  private constructor(
    readonly emulator: Emulator,
    readonly token: string,
  ) {}

  static async for(emulator: Emulator, account: EmulatorAccount = emulator.accounts[0]): Promise<Api> {
    return new Api(emulator, await tokenOf(emulator, account));
  }

  static withToken(emulator: Emulator, token: string): Api {
    return new Api(emulator, token);
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return request(this.emulator.url + path, {
      method,
      ...content,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...headers },
    });
  }

  async create(fields: Readonly<Record<string, unknown>> = {}): Promise<ClientAnswer> {
    return clientIn(await this.call("POST", "/api/v1/clients", { name: "made by a test", ...fields }));
  }

  async update(id: string, fields: Readonly<Record<string, unknown>>): Promise<ClientAnswer> {
    return clientIn(await this.call("POST", `/api/v1/clients/${id}`, fields));
  }

  async get(id: string): Promise<ClientAnswer> {
    return clientIn(await this.call("GET", `/api/v1/clients/${id}`));
  }

  async list(): Promise<ClientAnswer[]> {
    return itemsIn(await this.call("GET", "/api/v1/clients")) as ClientAnswer[];
  }
}

function clientIn(answer: Answer): ClientAnswer {
  if (answer.status > 201) throw new Error(`HTTP ${answer.status}: ${answer.text}`);
  return answer.json?.data as ClientAnswer;
}

/** The items of a list without the envelopes that some have. */
export function itemsIn(answer: Answer): unknown[] {
  const items = answer.json?.data as { readonly data?: unknown }[];
  return items.map((item) => item.data ?? item);
}

export const unknownId = "00000000-0000-4000-8000-000000000000";
