import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { presentable } from "../../cloud/secrets";
import { realTime } from "../../cloud/time";
import { ENGINE_GONE, engineWatch, type EngineAddress } from "../../engine";
import { PartialFailure } from "../../errors";
import { isDebugging, UserError } from "../../troubleshooting";
import { VERSION } from "../../versions";
import { OtherProcesses } from "../other-processes";
import { callContext } from "./context";
import type { Detail } from "./detailed-diff";
import { fromStruct, toStruct } from "./properties";
import { NativeProvider, type Autonaming } from "./provider";
import schema from "./schema.json";

/** As much as Pulumi's own plugins take: the state of a large stack may pass at once. */
const MOST_BYTES = 400 * 1024 * 1024;
const OPTIONS = {
  "grpc.max_receive_message_length": MOST_BYTES,
  "grpc.max_send_message_length": MOST_BYTES,
};

/** Serves the provider to one engine over gRPC on loopback. */
export async function serve(engine: EngineAddress): Promise<{ port: number; stop: () => void }> {
  const log = new EngineLog(engine);
  const cancellation = new Cancellation();
  const isEngineAlive = engineWatch(engine);
  const provider = new NativeProvider({
    debug: isDebugging(process.env)
      ? (line) => {
          log.write(LogSeverity.INFO, line);
        }
      : undefined,
    warn: (message) => {
      log.write(LogSeverity.WARNING, message);
    },
    abandoned: async () =>
      cancellation.isAsked ? "the run was cancelled" : (await isEngineAlive()) ? undefined : ENGINE_GONE,
    others: new OtherProcesses(engine),
    time: { ...realTime, sleep: (ms) => cancellation.sleep(ms) },
  });
  const server = new grpc.Server(OPTIONS);
  server.addService(ResourceProviderService, { ...methodsOf(provider, log), ...ownMethods(cancellation) });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      const stop = (): void => {
        server.forceShutdown();
        log.close();
      };
      if (error === null) resolve({ port, stop });
      else reject(error);
    });
  });
}

/** The engine's own log: a warning stands at the resource that it is about. */
class EngineLog {
  readonly #client: EngineClient;
  #written: Promise<unknown> = Promise.resolve();

  constructor({ host, port }: EngineAddress) {
    this.#client = new EngineClient(`${host}:${port}`, grpc.credentials.createInsecure(), OPTIONS);
  }

  write(severity: LogSeverity, message: string): void {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(presentable(message));
    request.setUrn(callContext.getStore()?.urn ?? "");
    const before = this.#written;
    this.#written = new Promise((resolve) => {
      // An engine that has gone reads nothing any more.
      void before.then(() => this.#client.log(request, resolve));
    });
  }

  close(): void {
    this.#client.close();
  }

  /** Everything that was written has been shown. */
  async flush(): Promise<void> {
    await this.#written;
  }
}

/** The engine's wish to end the run: waits end, and nothing is repeated. */
class Cancellation {
  isAsked = false;
  #end: () => void = () => undefined;
  readonly #asked = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  ask(): void {
    this.isAsked = true;
    this.#end();
  }

  async sleep(ms: number): Promise<void> {
    await Promise.race([realTime.sleep(ms), this.#asked]);
  }
}

type Handler<Request, Response> = (request: Request) => Promise<Response>;

/** A method whose answer waits until what it has logged is shown. */
const method =
  <Request, Response>(log: EngineLog, handle: Handler<Request, Response>) =>
  (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
    void handle(call.request)
      .then(
        async (response) => {
          await log.flush();
          callback(null, response);
        },
        async (error: unknown) => {
          await log.flush();
          callback(failureOf(error));
        },
      )
      .catch(callback);
  };

/** A call about one resource. */
const about = <T>(
  request: { getUrn(): string; getTimeout?(): number },
  work: () => Promise<T>,
): Promise<T> => {
  const seconds = request.getTimeout?.() ?? 0;
  return callContext.run(
    { urn: request.getUrn(), timeoutMs: seconds > 0 ? seconds * 1000 : undefined },
    work,
  );
};

/** The methods that need no account. */
function ownMethods(cancellation: Cancellation): grpc.UntypedServiceImplementation {
  const answer =
    <Response>(make: () => Response) =>
    (_: unknown, callback: grpc.sendUnaryData<Response>): void => {
      callback(null, make());
    };
  return {
    handshake: answer(() => {
      const response = new rpc.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    getPluginInfo: answer(() => new PluginInfo().setVersion(VERSION)),
    getSchema: answer(() =>
      new rpc.GetSchemaResponse().setSchema(JSON.stringify({ ...schema, version: VERSION })),
    ),
    attach: answer(() => new Empty()),
    cancel: answer(() => {
      cancellation.ask();
      return new Empty();
    }),
  };
}

function methodsOf(provider: NativeProvider, log: EngineLog): grpc.UntypedServiceImplementation {
  const unary = <Request, Response>(handle: Handler<Request, Response>) => method(log, handle);
  return {
    configure: unary((request: rpc.ConfigureRequest) => {
      const [urn, args] = [request.getUrn() ?? "", fromStruct(request.getArgs())];
      provider.configure(urn, args.values);
      callContext.run({ urn }, () => {
        provider.warnAboutPlainSecret(urn, args);
      });
      const response = new rpc.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return Promise.resolve(response);
    }),
    checkConfig: unary((request: rpc.CheckRequest) =>
      about(request, async () => {
        const problems = await provider.checkConfig(request.getUrn(), fromStruct(request.getNews()));
        const response = new rpc.CheckResponse();
        response.setInputs(request.getNews());
        response.setFailuresList(problems.map((reason) => checkFailure({ property: "", reason })));
        return response;
      }),
    ),
    diffConfig: unary((request: rpc.DiffRequest) =>
      about(request, async () => {
        const olds = fromStruct(request.getOldInputs() ?? request.getOlds()).values;
        const news = fromStruct(request.getNews()).values;
        const replaces = await provider.diffConfig(request.getUrn(), olds, news);
        const response = new rpc.DiffResponse();
        response.setReplacesList([...replaces]);
        const isSame = JSON.stringify(olds) === JSON.stringify(news);
        response.setChanges(
          isSame ? rpc.DiffResponse.DiffChanges.DIFF_NONE : rpc.DiffResponse.DiffChanges.DIFF_SOME,
        );
        return response;
      }),
    ),
    check: unary((request: rpc.CheckRequest) =>
      about(request, async () => {
        const { properties, secrets, failures } = await provider.check(
          request.getUrn(),
          fromStruct(request.getOlds()),
          fromStruct(request.getNews()),
          autonamingOf(request),
        );
        const response = new rpc.CheckResponse();
        response.setInputs(toStruct(properties, secrets));
        response.setFailuresList(failures.map(checkFailure));
        return response;
      }),
    ),
    diff: unary((request: rpc.DiffRequest) =>
      about(request, async () => {
        const { changes, replaces, details, stables, step } = await provider.diff(
          request.getUrn(),
          request.getId(),
          fromStruct(request.getOlds()),
          fromStruct(request.getNews()),
          request.getIgnorechangesList(),
        );
        if (step !== undefined) log.write(LogSeverity.INFO, step);
        const response = new rpc.DiffResponse();
        const { DIFF_SOME, DIFF_NONE } = rpc.DiffResponse.DiffChanges;
        response.setChanges(changes ? DIFF_SOME : DIFF_NONE);
        response.setReplacesList([...replaces]);
        response.setStablesList([...stables]);
        response.setDiffsList([...new Set([...details.keys()].map((path) => path.replace(/\[.*/, "")))]);
        response.setHasdetaileddiff(details.size > 0);
        for (const [path, detail] of details) response.getDetaileddiffMap().set(path, propertyDiff(detail));
        return response;
      }),
    ),
    create: unary((request: rpc.CreateRequest) =>
      about(request, async () => {
        const news = fromStruct(request.getProperties());
        const { id, properties, secrets } = await provider.create(
          request.getUrn(),
          news,
          request.getPreview(),
        );
        const response = new rpc.CreateResponse();
        response.setId(id);
        response.setProperties(toStruct(properties, secrets));
        return response;
      }),
    ),
    read: unary((request: rpc.ReadRequest) =>
      about(request, async () => {
        const found = await provider.read(
          request.getUrn(),
          request.getId(),
          fromStruct(request.getProperties()),
          fromStruct(request.getInputs()),
        );
        const response = new rpc.ReadResponse();
        if (found === undefined) return response;
        response.setId(found.id);
        response.setProperties(toStruct(found.outputs.properties, found.outputs.secrets));
        response.setInputs(toStruct(found.inputs.properties, found.inputs.secrets));
        return response;
      }),
    ),
    update: unary((request: rpc.UpdateRequest) =>
      about(request, async () => {
        const { properties, secrets } = await provider.update(
          request.getUrn(),
          request.getId(),
          fromStruct(request.getOlds()),
          fromStruct(request.getNews()),
          request.getPreview(),
          request.getIgnorechangesList(),
        );
        return new rpc.UpdateResponse().setProperties(toStruct(properties, secrets));
      }),
    ),
    delete: unary((request: rpc.DeleteRequest) =>
      about(request, async () => {
        const outputs = fromStruct(request.getProperties());
        await provider.delete(request.getUrn(), request.getId(), outputs);
        return new Empty();
      }),
    ),
    invoke: unary(async (request: rpc.InvokeRequest) => {
      const { properties, secrets } = await provider.invoke(
        request.getTok(),
        fromStruct(request.getArgs()).values,
      );
      return new rpc.InvokeResponse().setReturn(toStruct(properties, secrets));
    }),
    list: (call: grpc.ServerWritableStream<rpc.ListRequest, rpc.ListResponse>): void => {
      provider.list(call.request.getToken(), call.request.getLimit()).then(
        (clients) => {
          for (const { id, name } of clients)
            call.write(
              new rpc.ListResponse().setResult(new rpc.ListResponse.Result().setId(id).setName(name)),
            );
          call.end();
        },
        (error: unknown) => call.emit("error", failureOf(error)),
      );
    },
  };
}

function autonamingOf(request: rpc.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const isDisabled = options.getMode() === rpc.CheckRequest.AutonamingOptions.Mode.DISABLE;
  return { proposed: options.getProposedName(), isDisabled };
}

const checkFailure = ({ property, reason }: { property: string; reason: string }): rpc.CheckFailure =>
  new rpc.CheckFailure().setProperty(property).setReason(reason);

function propertyDiff({ change, replaces }: Detail): rpc.PropertyDiff {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = rpc.PropertyDiff.Kind;
  const kinds = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  } as const;
  return new rpc.PropertyDiff().setKind(kinds[change][replaces ? 1 : 0]);
}

/** An error as gRPC carries it. A partial failure tells the engine that the resource exists, and what state is to say of it. */
function failureOf(error: unknown): Partial<grpc.StatusObject> {
  const message =
    error instanceof UserError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  if (!(error instanceof PartialFailure)) return { code: grpc.status.UNKNOWN, details: message };
  const failed = new rpc.ErrorResourceInitFailed();
  failed.setId(error.id);
  failed.setReasonsList([...error.reasons]);
  failed.setProperties(toStruct(error.properties));
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
