import { altered } from "./altered";
import type { Call, Reply } from "./call";
import { failure, success } from "./envelope";
import type { Fault } from "./faults";
import { runHooks } from "./hooks";
import { pause } from "./pause";
import type { RequestEntry } from "./record";
import { dispatch } from "./router";
import { send, sendFaulty, type Connection, type Wire } from "./wire";

/** The whole life of one request to the service: recorded, delayed, hit by a fault, applied, kept, answered. */
export async function serve(call: Call, connection: Connection): Promise<void> {
  const { cloud } = call;
  const entry = cloud.record.begin(call);
  const wire: Wire = {
    ...connection,
    onStatus: (status) => (entry.status = status),
    onEnd: () => {
      cloud.record.end(entry, call);
    },
  };
  try {
    const fault = cloud.faults.take(call.method, call.path);
    entry.fault = fault?.rule.kind ?? null;
    if (cloud.switches.latency > 0) await pause(cloud.switches.latency);
    await runHooks(cloud.hooks, { moment: "before", request: entry });
    if (fault?.when === "before" && !(await wentOn(fault, wire))) return;
    if (cloud.stopped) return;
    const reply = reachesService(fault) ? apply(call, entry) : success(call, null);
    await runHooks(cloud.hooks, { moment: "after", request: entry });
    if (fault?.when === "after" && !(await wentOn(fault, wire))) return;
    await answer(call, wire, reply, fault);
  } catch (error) {
    await send(wire, unexpected(call, error));
  } finally {
    cloud.record.end(entry, call);
  }
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
  const reply = dispatch(call);
  entry.client = call.caller?.name ?? null;
  entry.clientId = call.caller?.id ?? null;
  // Nothing is answered that a kill could undo.
  call.cloud.store.save();
  return reply;
}

function answer(call: Call, wire: Wire, reply: Reply, fault: Fault | undefined): Promise<void> {
  const rule = fault?.rule;
  if (rule === undefined || rule.kind === "delay" || rule.kind === "hold") return send(wire, reply);
  if (rule.kind === "other-client" || rule.kind === "broken-client")
    return send(wire, altered(call, reply, rule));
  return sendFaulty(wire, reply, rule);
}

const unexpected = (call: Call, error: unknown): Reply =>
  failure(call, 500, `The emulator failed: ${error instanceof Error ? error.message : String(error)}`);
