import { AsyncLocalStorage } from "node:async_hooks";

/** Which resource a call of the engine is about, and how long it may take. */
interface CallContext {
  readonly urn: string;
  readonly timeoutMs?: number | undefined;
}

/** The call that is at work: warnings are shown at its resource, and claims know a resource by its URN. */
export const callContext = new AsyncLocalStorage<CallContext>();
