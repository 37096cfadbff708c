import type { ClientRule } from "./client-rule";
import { matchesAll } from "./pattern";

const NAME = "thinkgeo-no-retain";

/** A retained key goes on working when no program knows of it any more. */
export const noRetain: ClientRule<{ readonly stacks: string }> = {
  name: NAME,
  description: 'deletionPolicy "retain" is not used where it is forbidden.',
  level: "mandatory",
  settings: {
    stacks: {
      type: "string",
      maxLength: 500,
      default: "(.*[-_.])?prod(uction)?([-_.].*)?",
      description:
        'Where "retain" is forbidden: a regular expression that matches the whole of the stack\'s name.',
    },
  },
  findProblems: ({ deletionPolicy, stack }, { stacks }) =>
    deletionPolicy === "retain" && matchesAll(stacks, stack, `"stacks" of ${NAME}`)
      ? [
          `has the deletionPolicy "retain", which leaves a working key behind and is forbidden in the stack ${JSON.stringify(stack)}: use "delete", or "deactivate", which keeps the client switched off.`,
        ]
      : [],
};
