import { check, ClientResource, diff } from "../../provider/client/resource";
import { callContext } from "../../provider/hosts/native/context";
import { NativeProvider } from "../../provider/hosts/native/provider";
import type { Unwrapped } from "../../provider/hosts/native/properties";
import { Session, type Host } from "../../provider/hosts/session";
import type { Configuration } from "../../provider/configuration";
import { PartialFailure } from "../../provider/errors";
import { SHELL } from "../../provider/shell";
import type { Properties } from "./stack-state";
import { urnOf } from "./declaration";
import type { Provider } from "./engine";

/** The provider as the host for dynamic providers calls it. */
export class DynamicCalls implements Provider {
  readonly #session: Session;

  constructor(host: Host, configuration: Configuration) {
    this.#session = new Session(host);
    const settings = settingsOf(configuration);
    this.#session.configure((key) => settings[key.replace("thinkgeo:", "")]?.toString(), { keys: [] });
  }

  check(_resource: string, olds: Properties, news: Properties): ReturnType<Provider["check"]> {
    return this.#session.call([olds, news], () => check(olds, news, this.#session.known));
  }

  diff(_resource: string, id: string, olds: Properties, news: Properties): ReturnType<Provider["diff"]> {
    return this.#session.call([olds, news], () => diff(id, olds, news, this.#session.known));
  }

  create(_resource: string, inputs: Properties): ReturnType<Provider["create"]> {
    return received(() => this.#session.call([inputs], () => this.#clients.create(inputs)));
  }

  read(_resource: string, id: string, outputs: Properties): ReturnType<Provider["read"]> {
    return this.#session.call([outputs], () => this.#clients.read(id, outputs));
  }

  update(_resource: string, id: string, olds: Properties, news: Properties): ReturnType<Provider["update"]> {
    return received(() => this.#session.call([olds, news], () => this.#clients.update(id, olds, news)));
  }

  delete(_resource: string, id: string, outputs: Properties): Promise<void> {
    return this.#session.call([outputs], () => this.#clients.delete(id, outputs));
  }

  get #clients(): ClientResource {
    return new ClientResource(this.#session.clients, this.#session.known);
  }
}

const settingsOf = ({
  requestTimeoutMs,
  ...rest
}: Configuration): Readonly<Record<string, string | number | boolean>> => ({
  ...rest,
  requestTimeout: requestTimeoutMs / 1000,
});

/** The provider as the native host calls it. What only a dynamic provider's program sends is kept from it, and is for the record. */
export class NativeCalls implements Provider {
  readonly #provider: NativeProvider;

  constructor(host: Host, configuration: Configuration) {
    this.#provider = new NativeProvider(host);
    const provider = "urn:pulumi:dev::histories::pulumi:providers:thinkgeo::default";
    this.#provider.configure(provider, settingsOf(configuration));
  }

  async check(resource: string, olds: Properties, news: Properties): ReturnType<Provider["check"]> {
    const { properties, failures } = await about(resource, (urn) =>
      this.#provider.check(urn, plain(olds), plain(news), undefined),
    );
    const { autoName } = news;
    return { inputs: { ...properties, ...(autoName === undefined ? {} : { autoName }) }, failures };
  }

  async diff(resource: string, id: string, olds: Properties, news: Properties): ReturnType<Provider["diff"]> {
    const { changes, replaces } = await about(resource, (urn) =>
      this.#provider.diff(urn, id, plain(olds), plain(news)),
    );
    return { changes, replaces: [...replaces] };
  }

  async create(resource: string, inputs: Properties): ReturnType<Provider["create"]> {
    const { id, properties } = await about(resource, (urn) =>
      this.#provider.create(urn, plain(inputs), false),
    );
    return { id, outs: bare(properties) };
  }

  async read(resource: string, id: string, outputs: Properties): ReturnType<Provider["read"]> {
    const found = await about(resource, (urn) => this.#provider.read(urn, id, plain(outputs), plain({})));
    if (found === undefined) return {};
    const inputs = found.inputs.properties;
    return {
      id: found.id,
      props: bare(found.outputs.properties),
      ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    };
  }

  async update(
    resource: string,
    id: string,
    olds: Properties,
    news: Properties,
  ): ReturnType<Provider["update"]> {
    const { properties } = await about(resource, (urn) =>
      this.#provider.update(urn, id, plain(olds), plain(news), false),
    );
    return { outs: bare(properties) };
  }

  async delete(resource: string, id: string, outputs: Properties): Promise<void> {
    await about(resource, (urn) => this.#provider.delete(urn, id, plain(outputs)));
  }
}

const about = <T>(resource: string, work: (urn: string) => Promise<T>): Promise<T> => {
  const urn = urnOf(resource, "native");
  return callContext.run({ urn }, () => received(() => work(urn)));
};

/** A partial failure as the engine takes it. */
async function received<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartialFailure) error.properties = { __provider: SHELL, ...bare(error.properties) };
    throw error;
  }
}

const plain = (properties: Properties): Unwrapped => {
  const values = Object.entries(properties).filter(([key]) => !["autoName", "__provider"].includes(key));
  return { values: Object.fromEntries(values), secrets: [] };
};

/** Outputs as the engine keeps them and gives them back: with secrets as plain values. */
const bare = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      typeof value === "object" && value !== null && "value" in value ? value.value : value,
    ]),
  );
