import type { Call } from "./call";
import { failure, success } from "./envelope";
import type { Fault } from "./faults";
import { faultyReply } from "./faulty-reply";
import type { Reply } from "./request";
import type { RequestEntry, RequestEvent } from "./request-log";
import { serviceReply } from "./service";
import { pause, send, sendFaulty, type Connection, type Wire } from "./wire";

/** The whole life of one request to the service: logged, delayed, hit by a fault, applied, kept, answered. */
export async function serve(call: Call, connection: Connection): Promise<void> {
  const { cloud } = call;
  const entry = cloud.log.begin(call);
  const wire: Wire = {
    ...connection,
    onStatus: (status) => (entry.status = status),
    onEnd: () => {
      cloud.log.end(entry, call);
    },
  };
  try {
    const fault = cloud.faults.take(call);
    entry.fault = fault?.rule.kind ?? null;
    if (cloud.switches.latency > 0) await pause(cloud.switches.latency);
    await runHooks(call, "before", entry);
    if (fault?.when === "before" && !(await wentOn(fault, wire))) return;
    if (cloud.stopped) return;
    const reply = reachesService(fault) ? apply(call, entry) : success(call, null);
    await runHooks(call, "after", entry);
    if (fault?.when === "after" && !(await wentOn(fault, wire))) return;
    if (fault === undefined) await send(wire, reply);
    else await sendFaulty(wire, faultyReply(call, reply, fault.rule), fault.rule);
  } catch (error) {
    await send(wire, unexpected(call, error));
  } finally {
    cloud.log.end(entry, call);
  }
}

async function runHooks(
  { cloud }: Call,
  moment: RequestEvent["moment"],
  request: RequestEntry,
): Promise<void> {
  for (const hook of cloud.hooks) await hook({ moment, request });
}

/** Waits as long as "delay" and "hold" say. A caller that leaves while it is held ends the request there. */
async function wentOn(fault: Fault, wire: Wire): Promise<boolean> {
  const { rule } = fault;
  if (rule.kind === "delay") await pause(rule.ms);
  if (rule.kind !== "hold") return true;
  return Promise.race([fault.held().then(() => true), wire.closed.then(() => false)]);
}

function reachesService(fault: Fault | undefined): boolean {
  return (
    fault === undefined || fault.when === "after" || fault.rule.kind === "delay" || fault.rule.kind === "hold"
  );
}

function apply(call: Call, entry: RequestEntry): Reply {
  entry.handled = true;
  const reply = serviceReply(call);
  entry.client = call.caller?.name ?? null;
  entry.clientId = call.caller?.id ?? null;
  // Nothing is answered that a kill could undo.
  call.cloud.store.save();
  return reply;
}

const unexpected = (call: Call, error: unknown): Reply =>
  failure(call, 500, `The emulator failed: ${error instanceof Error ? error.message : String(error)}`);
