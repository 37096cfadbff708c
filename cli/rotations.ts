import { parseMembers, type Member } from "../provider/model/rotation-state";
import { split } from "../provider/model/rotation-args";
import type { ManagedClient } from "./managed-client";

/** The clients of one RotatingClient, each as if a Client declared it. */
export function clientsOfRotation(resource: ManagedClient): ManagedClient[] {
  const { current, previous, previousClientSecret } = parseMembers(resource.outputs);
  return [
    ...(current === undefined ? [] : [as(resource, current, resource.outputs["clientSecret"], {})]),
    ...(previous === undefined
      ? []
      : [
          as(resource, previous, previousClientSecret ?? resource.outputs["previousClientSecret"], {
            active: previous.active,
          }),
        ]),
  ];
}

function as(
  { outputs, inputs, ...resource }: ManagedClient,
  { id, name, clientId }: Member,
  clientSecret: unknown,
  more: Readonly<Record<string, unknown>>,
): ManagedClient {
  const own = { name, ...more };
  return {
    ...resource,
    id,
    inputs: { ...split(inputs).client, ...own },
    outputs: { ...outputs, ...own, clientId, clientSecret },
  };
}
