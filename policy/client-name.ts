import type { ClientRule } from "./client-rule";
import { matchesAll } from "./pattern";

const NAME = "thinkgeo-client-name";

/** Names tell people in ThinkGeo's console whose a key is. */
export const clientName: ClientRule<{ readonly pattern: string }> = {
  name: NAME,
  description: "Names of clients follow the convention.",
  level: "mandatory",
  settings: {
    pattern: {
      type: "string",
      minLength: 1,
      maxLength: 500,
      default: ".*",
      description:
        "A regular expression that matches the whole of every client's name, declared or else the resource's.",
    },
  },
  findProblems: ({ name }, { pattern }) =>
    name === undefined || matchesAll(pattern, name, `"pattern" of ${NAME}`)
      ? []
      : [`is named ${JSON.stringify(name)}, and the whole name must match ${pattern}: rename it.`],
};
