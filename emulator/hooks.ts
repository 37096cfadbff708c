import type { RequestEntry } from "./record";

/** A moment in the life of a request, for tests that must act at exactly that moment. */
export interface RequestEvent {
  /** "before" the service sees the request, or "after" it has done what it does and before the answer is sent. */
  readonly moment: "before" | "after";
  readonly request: Readonly<RequestEntry>;
}

/** Called at both moments of every request; the request waits for it. */
export type RequestHook = (event: RequestEvent) => void | Promise<void>;

export async function runHooks(hooks: ReadonlySet<RequestHook>, event: RequestEvent): Promise<void> {
  for (const hook of hooks) await hook(event);
}
