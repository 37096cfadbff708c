import { parseMembers, type Member, parseRotation, split } from "../../provider/model/rotation";

/** One client that a stack manages, as its state has it. Secrets in it are encrypted, or absent. */
export interface ManagedClient {
  readonly urn: string;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly id: string;
  /** Where the program declares it, as `project:///index.ts#12,5`, where Pulumi knows. */
  readonly sourcePosition: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

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
