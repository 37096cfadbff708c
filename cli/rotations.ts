import { parseMembers, type Member } from "../provider/model/rotation-state";
import { parseRotation, split } from "../provider/model/rotation-args";
import type { ManagedClient } from "./managed-client";

type Properties = Readonly<Record<string, unknown>>;

/** The clients of one RotatingClient, each as if a Client declared it. */
export function clientsOfRotation(resource: ManagedClient): ManagedClient[] {
  const { inputs, outputs, ...place } = resource;
  const { current, previous, previousClientSecret } = parseMembers(outputs);
  const declared = split(inputs).client;
  const as = ({ id, name, clientId }: Member, own: Properties, clientSecret: unknown): ManagedClient => ({
    ...place,
    id,
    inputs: { ...own, name },
    outputs: { ...outputs, ...own, name, clientId, clientSecret },
  });
  const standing = parseRotation(outputs["rotation"]) ?? parseRotation(inputs["rotation"]);
  const isRetired = standing?.previous !== "valid" || previous?.keptOff === true;
  const ofPrevious = isRetired ? { ...declared, active: false } : declared;
  return [
    ...(current === undefined ? [] : [as(current, declared, outputs["clientSecret"])]),
    ...(previous === undefined
      ? []
      : [as(previous, ofPrevious, previousClientSecret ?? outputs["previousClientSecret"])]),
  ];
}
