import { check, ClientResource, diff, type Checked, type DiffResult } from "../../client/resource";
import type { Properties } from "../../model/values";
import { checkRotation } from "../../rotation/check";
import { diffRotation } from "../../rotation/diff";
import { RotationLife } from "../../rotation/life";
import { NATIVE_CLIENT_TYPE_TOKEN, NATIVE_ROTATING_CLIENT_TYPE_TOKEN } from "../../shell";
import type { Session } from "../session";
import { plannedClient, plannedRotation, plannedStep, plannedUpdate } from "./planned";

type Outputs = Record<string, unknown>;

/** One type of resource as this host calls it. */
export interface ResourceType {
  check(olds: Properties, news: Properties): Checked;
  /** `step` says why something is to be done where no property differs. */
  diff(id: string, olds: Properties, news: Properties): DiffResult & { readonly step?: string | undefined };
  create(inputs: Properties): Promise<{ id: string; outs: Outputs }>;
  /** Without an id, the resource is gone. */
  read(id: string, outputs: Properties): Promise<{ id?: string; props?: Outputs; inputs?: Outputs }>;
  /** Reads what state does not have. */
  import(id: string): Promise<{ id: string; props: Outputs; inputs: Outputs }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Outputs }>;
  delete(id: string, outputs: Properties): Promise<void>;
  /** What a preview of create shows. */
  plannedCreate(inputs: Properties): Outputs;
  plannedUpdate(olds: Properties, inputs: Properties): Outputs;
}

/** Outputs that never change while the resource lives, so that what depends on them keeps its values in a preview. */
export const STABLE = ["clientId", "apiKey", "clientSecret", "ownerId"];

export function resourceTypes(session: Session, wallTime: () => number): Map<string, ResourceType> {
  const { known } = session;
  const client = (): ClientResource => new ClientResource(session.clients, known);
  const rotation = (): RotationLife => new RotationLife(session.clients, known, wallTime);
  return new Map<string, ResourceType>([
    [
      NATIVE_CLIENT_TYPE_TOKEN,
      {
        check: (olds, news) => check(olds, news, known),
        diff: (id, olds, news) => diff(id, olds, news, known),
        create: (inputs) => client().create(inputs),
        read: (id, outputs) => client().read(id, outputs),
        import: (id) => client().import(id),
        update: (id, olds, news) => client().update(id, olds, news),
        delete: (id, outputs) => client().delete(id, outputs),
        plannedCreate: plannedClient,
        plannedUpdate,
      },
    ],
    [
      NATIVE_ROTATING_CLIENT_TYPE_TOKEN,
      {
        check: (olds, news) => checkRotation(olds, news, known),
        diff: (_id, olds, news) => diffRotation(olds, news, wallTime(), known),
        create: (inputs) => rotation().create(inputs),
        read: (id, outputs) => rotation().read(id, outputs),
        import: (id) => rotation().import(id),
        update: (id, olds, news) => rotation().update(id, olds, news),
        delete: (_id, outputs) => rotation().delete(outputs),
        plannedCreate: plannedRotation,
        plannedUpdate: (olds, inputs) => plannedStep(olds, inputs, wallTime()),
      },
    ],
  ]);
}
