import { withoutUndefined, type Properties } from "../model/values";
import { split } from "../model/rotation";
import { generateName, Known } from "../client/known";

/** The inputs of one client of a rotation, as those of a Client. */
export function clientInputs(inputs: Properties, generation: number): Record<string, unknown> {
  const { client } = split(inputs);
  // The rotation decides what is deleted; the declared policy is for the day when the resource goes.
  return withoutUndefined({
    ...client,
    name: nameOf(client, generation),
    // Only a client whose name is ours alone may be taken over unasked.
    autoName: client["name"] === undefined ? client["autoName"] : undefined,
    adopt: undefined,
    deletionPolicy: "delete",
    __provider: inputs["__provider"],
  });
}

/** A name that is the same in every run, so that what an interrupted run left behind is recognised. */
function nameOf({ name, autoName, type }: Properties, generation: number): unknown {
  if (typeof name === "string") return generation === 1 ? name : `${name} (${generation})`;
  if (typeof autoName !== "string") return undefined;
  // Nothing that this process knows may change it.
  return generateName({ autoName, type, replaceWhenChanged: { generation } }, new Known());
}

const GENERATIONS_BACK = 5;

/** A current client that somebody deleted may have been made again, by a run that was cut off, before it was to be renewed. */
export const namesBefore = (inputs: Properties, generation: number): string[] =>
  Array.from({ length: Math.min(GENERATIONS_BACK, generation - 1) }, (_, index) =>
    String(clientInputs(inputs, generation - 1 - index)["name"]),
  );
