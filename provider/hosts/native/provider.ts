import { sharedClient } from "../../client/claims";
import { connect } from "../../client/connection";
import { Known } from "../../client/known";
import { findClients } from "../../client/lookups";
import { isKind } from "../../cloud/failure";
import { realTime } from "../../cloud/time";
import { ConfigurationError, readConfiguration, type GivenKeys, type Lookup } from "../../configuration";
import { sameId } from "../../model/ids";
import {
  UNKNOWN,
  hasUnknown,
  without,
  withoutProvider,
  withoutUndefined,
  type Properties,
} from "../../model/values";
import { plainSecretWarning } from "../../plain-secret";
import { usableName } from "../../model/rules";
import { autoNameOf } from "../../naming";
import { NATIVE_CLIENT_TYPE_TOKEN } from "../../shell";
import { nameIn, projectIn, stackIn, typeIn } from "../../urn";
import { whitelistWarnings } from "../../whitelist/warnings";
import { SECRET_OUTPUTS, withSecrets } from "../secret-values";
import { Session, type Host } from "../session";
import { callContext } from "./context";
import { detailsOf, type Detail } from "./detailed-diff";
import { callFunction } from "./functions";
import type { Unwrapped } from "./properties";
import { resourceTypes, STABLE, type ResourceType } from "./resources";

/** A name that the project's `pulumi:autonaming` makes, or forbids to make. */
export interface Autonaming {
  readonly proposed: string;
  readonly isDisabled: boolean;
}

/** Properties for the engine, and which of them are secret. */
interface Answer {
  readonly properties: Properties;
  readonly secrets: readonly string[];
}

/** What no program declares. Shown as a difference, the option replaceOnChanges of `*` would replace a rotation at each step. */
const UNDECLARED = ["secretInputs", "nextActionAt"];

/** Keys of a provider's inputs that are the engine's. */
const OF_ENGINE = ["version", "pluginDownloadURL", "parameterization"];

/** What the engine calls, in words of our own; nothing here knows gRPC. */
export class NativeProvider {
  readonly #session: Session;
  readonly #types: ReadonlyMap<string, ResourceType>;
  /** Resources whose name is generated, by URN, with what it is made of. A create follows its check in the same process. */
  readonly #autoNames = new Map<string, string>();
  /** Clients that were read without state, by URN: those that a check follows are imported, the others only looked up. */
  readonly #readAnew = new Map<string, string>();

  constructor(private readonly host: Host) {
    const keyOf = (): string => callContext.getStore()?.urn ?? "";
    const timeoutMs = (): number | undefined => callContext.getStore()?.timeoutMs;
    this.#session = new Session({ ...host, timeoutMs }, new Known(keyOf, host.others));
    this.#types = resourceTypes(this.#session, (host.time ?? realTime).wall);
  }

  configure(urn: string, args: Properties): void {
    const { lookup, given } = settingsIn(urn, args);
    this.#session.configure(lookup, given);
  }

  /** Warns where everybody who reads the repository can sign in. Only configure is shown what is secret. */
  warnAboutPlainSecret(urn: string, { values, secrets }: Unwrapped): void {
    // An explicit provider's secret is one by the schema.
    if (!isDefaultProvider(urn)) return;
    if (typeof values["clientSecret"] === "string" && !secrets.includes("clientSecret"))
      this.#session.warnOnce(plainSecretWarning(stackIn(urn)));
  }

  /** What is wrong with a provider's settings; what is not known yet is looked at when it is. */
  checkConfig(urn: string, { values, secrets }: Unwrapped): Promise<string[]> {
    return this.#session.call([{ ...values, secretInputs: [...secrets] }], () => {
      if (hasUnknown(values)) return [];
      this.configure(urn, values);
      return this.#session.configurationProblems();
    });
  }

  /**
   * The settings that lead an explicit provider to another account: what the old one has is then made anew. Other
   * credentials of the same account are none. The stack's own configuration never makes anything anew: a wrong paste would
   * end every key, so clients of another account are refused instead, as on the dynamic host.
   */
  diffConfig(urn: string, olds: Properties, news: Properties): Promise<string[]> {
    return this.#session.call([olds, news], async () => {
      const changed = ["clientId", "apiUrl"].filter((key) => olds[key] !== news[key]);
      if (changed.length === 0 || hasUnknown(olds) || hasUnknown(news) || isDefaultProvider(urn)) return [];
      const after = await this.#ownerOf(urn, news);
      const before = await this.#ownerOf(urn, olds).catch((error: unknown) => {
        if (!isKind(error, "Unauthorized", "Forbidden") && !(error instanceof ConfigurationError))
          throw error;
        this.#session.warnOnce(accountNotCompared(nameIn(urn)));
        return undefined;
      });
      return before === undefined || after === undefined || sameId(before, after) ? [] : changed;
    });
  }

  /** The account that credentials open; undefined where the API does not tell. */
  async #ownerOf(urn: string, args: Properties): Promise<string | undefined> {
    const { lookup, given } = settingsIn(urn, args);
    const { abandoned, time = realTime } = this.host;
    const { account, budget, transport } = connect(readConfiguration(lookup, process.env, given), {
      abandoned,
      time,
    });
    try {
      return await account.ownerId(budget());
    } finally {
      transport.close();
    }
  }

  check(
    urn: string,
    olds: Unwrapped,
    news: Unwrapped,
    autonaming: Autonaming | undefined,
  ): Promise<Answer & { readonly failures: readonly { property: string; reason: string }[] }> {
    const before = coreInputs(olds.values);
    const declared = { ...coreInputs(news.values), ...secretInputs(news.secrets) };
    return this.#session.call([before, declared], () => {
      this.#claimImported(urn, before);
      const named = this.#named(urn, before, declared, autonaming);
      const { inputs, failures } = this.#session.checked(this.#typeOf(urn).check(before, named));
      if (failures.length === 0) this.#warnOfWhitelist(inputs, news.secrets);
      if (autonaming?.isDisabled === true && named["name"] === undefined && !isNamed(before))
        return { ...answer({}, []), failures: [{ property: "name", reason: NAME_WANTED }] };
      return { ...answer(engineInputs(urn, inputs), news.secrets), failures };
    });
  }

  /** One client under two resources would end with either. */
  #claimImported(urn: string, state: Properties): void {
    const id = this.#readAnew.get(urn);
    this.#readAnew.delete(urn);
    if (id === undefined || Object.keys(state).length === 0) return;
    if (!this.#session.known.claims.import(id, urn)) throw sharedClient(String(state["name"]), id);
  }

  /** What the SDK of the dynamic provider says to TypeScript programs. */
  #warnOfWhitelist({ allowedOrigins }: Properties, secrets: readonly string[]): void {
    if (!Array.isArray(allowedOrigins)) return;
    const isSecret = secrets.includes("allowedOrigins");
    for (const warning of whitelistWarnings(allowedOrigins.map(String), isSecret))
      this.#session.warnOnce(warning);
  }

  /** Inputs with a name, or with what the provider makes one of. */
  #named(
    urn: string,
    olds: Properties,
    declared: Properties,
    autonaming: Autonaming | undefined,
  ): Properties {
    this.#autoNames.delete(urn);
    const autoName = autoNameOf(nameIn(urn), urn);
    const ofRotation = isRotating(urn) ? { autoName } : {};
    if (declared["name"] !== undefined) return { ...declared, ...ofRotation };
    if (autonaming !== undefined && !isNamed(olds)) {
      const name = autonaming.isDisabled ? undefined : autonaming.proposed;
      return withoutUndefined({ ...declared, name, ...ofRotation });
    }
    this.#autoNames.set(urn, autoName);
    return { ...declared, autoName };
  }

  diff(
    urn: string,
    id: string,
    olds: Unwrapped,
    news: Unwrapped,
    ignoreChanges: readonly string[] = [],
  ): Promise<{
    readonly changes: boolean;
    readonly replaces: readonly string[];
    readonly details: ReadonlyMap<string, Detail>;
    readonly stables: readonly string[];
    readonly step: string | undefined;
  }> {
    const inputs = { ...withSecretInputs(news, []), ignoreChanges };
    // Only a property that a program has made secret since is a difference: state is to be encrypted.
    const isNew = news.secrets.some((key) => key in olds.values && !olds.secrets.includes(key));
    const state = isNew
      ? withSecretInputs(olds, SECRET_OUTPUTS)
      : { ...coreInputs(olds.values), ...secretInputs(news.secrets) };
    return this.#session.call([state, inputs], () => {
      const { changes, replaces, differing, step } = this.#session.warned(
        this.#typeOf(urn).diff(id, state, inputs),
      );
      const details = detailsOf(
        differing.filter((name) => !UNDECLARED.includes(name) && (name in inputs || name in state)),
        replaces,
        state,
        inputs,
      );
      const stables = replaces.length > 0 || isRotating(urn) ? [] : STABLE.filter((name) => name in state);
      return { changes, replaces, details, stables, step };
    });
  }

  create(urn: string, news: Unwrapped, isPreview: boolean): Promise<Answer & { readonly id: string }> {
    const inputs = this.#declaredBy(urn, news);
    return this.#session.call([inputs], async () => {
      const type = this.#typeOf(urn);
      if (isPreview) return { id: "", ...answer(type.plannedCreate(inputs), news.secrets) };
      const { id, outs } = await type.create(inputs);
      return { id, ...answer(outs, news.secrets) };
    });
  }

  /** Without properties, the resource is gone. */
  read(
    urn: string,
    id: string,
    outputs: Unwrapped,
    inputs: Unwrapped,
  ): Promise<{ readonly id: string; readonly outputs: Answer; readonly inputs: Answer } | undefined> {
    const secrets = [...outputs.secrets, ...inputs.secrets];
    const state = withSecretInputs({ values: outputs.values, secrets }, SECRET_OUTPUTS);
    return this.#session.call([state], async () => {
      const type = this.#typeOf(urn);
      const isImport = Object.keys(outputs.values).length === 0;
      const found = isImport ? await type.import(id) : await type.read(id, state);
      if (found.id === undefined || found.props === undefined) return undefined;
      if (isImport) this.#readAnew.set(urn, id);
      const kept = Object.fromEntries(Object.entries(inputs.values).filter(([key]) => key.startsWith("__")));
      const declared =
        found.inputs === undefined ? inputs.values : { ...kept, ...engineInputs(urn, found.inputs) };
      return {
        id: found.id,
        outputs: answer(found.props, secrets),
        inputs: answer(declared, secrets),
      };
    });
  }

  update(
    urn: string,
    id: string,
    olds: Unwrapped,
    news: Unwrapped,
    isPreview: boolean,
    ignoreChanges: readonly string[] = [],
  ): Promise<Answer> {
    const state = withSecretInputs(olds, SECRET_OUTPUTS);
    const inputs = { ...this.#declaredBy(urn, news), ignoreChanges };
    return this.#session.call([state, inputs], async () => {
      const type = this.#typeOf(urn);
      if (isPreview) return answer(type.plannedUpdate(state, inputs), news.secrets);
      return answer((await type.update(id, state, inputs)).outs, news.secrets);
    });
  }

  delete(urn: string, id: string, outputs: Unwrapped): Promise<void> {
    const state = withSecretInputs(outputs, SECRET_OUTPUTS);
    return this.#session.call([state], () => this.#typeOf(urn).delete(id, state));
  }

  /** Calls a function of the schema. */
  invoke(token: string, args: Properties): Promise<Answer> {
    return this.#session.call([args], async () => {
      const warn = (message: string): void => {
        this.#session.warnOnce(message);
      };
      const found = await callFunction(token, withoutUndefined(args), this.#session, warn);
      return { properties: withoutUndefined(found), secrets: SECRET_OUTPUTS };
    });
  }

  /** The clients of the account, for `pulumi do`. RotatingClients are not listed: the account knows only their clients. */
  list(token: string, limit: number): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return this.#session.call([], async () => {
      if (token !== NATIVE_CLIENT_TYPE_TOKEN) return [];
      const clients = await findClients(this.#session.lookupSource, {});
      return limit > 0 ? clients.slice(0, limit) : clients;
    });
  }

  #typeOf(urn: string): ResourceType {
    const token = typeIn(urn);
    const type = this.#types.get(token);
    if (type === undefined) throw new Error(`There is no resource of type ${token}.`);
    return type;
  }

  #declaredBy(urn: string, news: Unwrapped): Properties {
    const autoName = this.#autoNames.get(urn);
    return { ...withSecretInputs(news, []), ...(autoName === undefined ? {} : { autoName }) };
  }
}

/** Whether a client is there: it keeps its name, whatever the project's autonaming has become since. */
const isNamed = (olds: Properties): boolean =>
  usableName(olds["name"]) !== undefined || olds["autoName"] !== undefined;

/** The engine's provider for resources that name none: `default`, with what the program says of its version or address. */
const isDefaultProvider = (urn: string): boolean => /^default(?:_\d|_https?_|$)/.test(nameIn(urn));

const accountNotCompared = (name: string): string =>
  `The credentials that provider "${name}" had before are refused, so whether the new ones open the same account cannot be seen. If they open another one, its clients fail from now on: put the right ones back before anything else.`;

const NAME_WANTED =
  "must be given: the project's pulumi:autonaming is disabled, so no name is generated for a new client";

const isRotating = (urn: string): boolean => typeIn(urn) !== NATIVE_CLIENT_TYPE_TOKEN;

function settingsIn(urn: string, args: Properties): { readonly lookup: Lookup; readonly given: GivenKeys } {
  const keys = Object.keys(args).filter((key) => !OF_ENGINE.includes(key) && !key.startsWith("__"));
  const lookup = (key: string): string | undefined => {
    const value = args[key.slice("thinkgeo:".length)];
    return ["string", "number", "boolean"].includes(typeof value) && value !== UNKNOWN
      ? String(value)
      : undefined;
  };
  return { lookup, given: { keys: keys.map((key) => `thinkgeo:${key}`), project: projectIn(urn) } };
}

const secretInputs = (secrets: readonly string[]): Properties =>
  secrets.length === 0 ? {} : { secretInputs: [...secrets] };

const withSecretInputs = ({ values, secrets }: Unwrapped, others: readonly string[]): Properties => ({
  ...coreInputs(values),
  ...secretInputs([...new Set(secrets)].filter((key) => !others.includes(key))),
});

/** What a rotation's names are made of stands in its inputs; the two underscores keep it out of what previews show. */
const AUTO_NAME = "__autoName";

/** As the provider knows them. State that a dynamic provider wrote has `autoName`, and text that loads that provider. */
function coreInputs(properties: Properties): Properties {
  const { [AUTO_NAME]: autoName, ...rest } = withoutProvider(properties);
  return autoName === undefined ? rest : { ...rest, autoName };
}

/** As state keeps them. A client's name says enough; a rotation's are all made of what stands here. */
function engineInputs(urn: string, inputs: Properties): Properties {
  const { autoName, ...rest } = without(inputs, ["secretInputs"]);
  return isRotating(urn) && autoName !== undefined ? { ...rest, [AUTO_NAME]: autoName } : rest;
}

function answer(outputs: Properties, secrets: readonly string[]): Answer {
  const marked = withSecrets({ ...outputs, ...secretInputs(secrets) });
  return { properties: without(marked, ["secretInputs"]), secrets: [...secrets, ...SECRET_OUTPUTS] };
}
